import { z } from "zod";

/** The access modes of a FHIR endpoint, and when each is allowed, as pure logic. */

/** `smart`: SMART protects the routes. `breakGlass`: the endpoint answers without a token. */
export type AccessMode = "smart" | "breakGlass";

/** Who opens the endpoint, why, and until when. */
export interface BreakGlassRequest {
  /** Who is responsible for it. */
  readonly owner: string;
  /** Why it cannot wait. */
  readonly reason: string;
  /** When the endpoint closes by itself, ISO 8601 with time zone, `2026-09-30T12:00:00Z`; at most 72 h ahead. */
  readonly expiry: string;
}

/** What protects the server while its endpoint is open. */
export interface Protection {
  /** Whether deny-all is in force, in both directions. */
  readonly denyAllStands: boolean;
  /** Names of the policies that allow traffic to the server without an HTTP rule. */
  readonly serverOpenWithoutHttpRules: readonly string[];
}

/** The IRIS DebugMode that opens the endpoint: the Star Wars story's "Mass Openness". */
export const OPEN_DEBUG_MODE = 7;

const HOUR = 3_600_000;
const LONGEST = 72 * HOUR;

/** Validates the calendar too: rejects the 30th of February. */
const ISO_8601 = z.iso.datetime({ offset: true });

/**
 * The reasons why the endpoint may not be opened; none where it may be.
 *
 * @param request the stack's `breakGlass`; undefined where it is not set
 * @param now the present
 */
export function breakGlassIssues(
  request: BreakGlassRequest | undefined,
  { denyAllStands, serverOpenWithoutHttpRules: open }: Protection,
  now: Date,
): string[] {
  const { owner = "", reason = "", expiry } = request ?? {};
  return [
    owner.trim() === "" ? "owner is missing: name who is responsible for it" : undefined,
    reason.trim() === "" ? "reason is missing: say why it cannot wait" : undefined,
    expiryFault(expiry, now),
    denyAllStands ? undefined : "deny-all is not in force in both directions",
    open.length === 0
      ? undefined
      : `the server may be reached without an HTTP rule, by ${open.map((name) => `"${name}"`).join(", ")}`,
  ].filter((fault) => fault !== undefined);
}

function expiryFault(expiry: string | undefined, now: Date): string | undefined {
  if (expiry === undefined || expiry.trim() === "") return "expiry is missing: say until when";
  if (!ISO_8601.safeParse(expiry).success) {
    return `expiry = "${expiry}": is not an ISO 8601 time with its zone, such as "${isoSeconds(new Date(now.getTime() + HOUR))}", in quotes`;
  }
  const ahead = new Date(expiry).getTime() - now.getTime();
  if (ahead <= 0) return `expiry = "${expiry}": is in the past, it is now ${isoSeconds(now)}`;
  if (ahead <= LONGEST) return undefined;
  const latest = isoSeconds(new Date(now.getTime() + LONGEST));
  return `expiry = "${expiry}": is more than 72 hours ahead, the latest is ${latest}`;
}

/** The issue of an endpoint's own DebugMode; undefined where SMART can protect the routes with it. */
export function debugModeIssue(debugMode: number): string | undefined {
  if (Number.isInteger(debugMode) && debugMode >= 0 && debugMode < OPEN_DEBUG_MODE) return undefined;
  return `debugMode = ${debugMode}: is not a whole number from 0 to 6; 7 opens the endpoint, which only breakGlass may do`;
}

/** The access mode `smart`, as the mounted script reads it. */
export function smartModeFile(debugMode: number): string {
  return `smart debugMode=${debugMode}\n`;
}

/** The access mode `breakGlass` until a time, and `smart` afterwards, as the mounted script reads it. */
export function breakGlassModeFile(until: string, debugMode: number): string {
  return `breakGlass debugMode=${OPEN_DEBUG_MODE} until=${until} afterwards=${debugMode}\n`;
}

/** A time in whole seconds of UTC, `2026-09-30T12:00:00Z`, never later than the one given. */
export function isoSeconds(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, "Z");
}
