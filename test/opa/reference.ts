import type { ClinicRules } from "./requests.ts";

/**
 * What the policy is to allow, once more: in another language, by other means, on what a test knows of its request and
 * not on the request itself.
 */

const UID = /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))*$/;
const NAME = /^[A-Za-z0-9][\w.-]*$/;
const VIEWS = ["metadata", "rendered", "thumbnail"];

interface Route {
  readonly clinic: string;
  readonly transaction: "search" | "retrieve" | "store";
  readonly study: string | undefined;
}

/** The route of a request, read from left to right; undefined where it is none. */
export function routeOf(method: string, target: string): Route | undefined {
  const [path = ""] = target.split("?");
  const found = metacell(path) ?? google(path);
  if (!found?.names.every((name) => NAME.test(name))) return undefined;
  const [, study] = found.rest[0] === "studies" ? found.rest : [];
  const transaction = transactionOf(method, found.rest);
  return transaction && { clinic: found.names[0] ?? "", transaction, study };
}

function metacell(path: string) {
  const [root, clinic, one = "", store, two = "", dicomweb, ...rest] = path.split("/");
  if (root !== "" || clinic !== "clinic" || store !== "store" || dicomweb !== "dicomweb") return undefined;
  return { names: [one, two], rest };
}

function google(path: string) {
  const [root, v1, ...parts] = path.split("/");
  if (root !== "" || v1 !== "v1") return undefined;
  const keys = ["projects", "locations", "datasets", "dicomStores"];
  if (keys.some((key, index) => parts[2 * index] !== key) || parts[8] !== "dicomWeb") return undefined;
  return { names: keys.map((_, index) => parts[2 * index + 1] ?? ""), rest: parts.slice(9) };
}

function transactionOf(method: string, rest: readonly string[]): Route["transaction"] | undefined {
  if (method === "POST")
    return rest[0] === "studies" && (rest.length === 1 || isStudy(rest)) ? "store" : undefined;
  if (method !== "GET") return undefined;
  if (rest.length === 1)
    return ["studies", "series", "instances"].includes(rest[0] ?? "") ? "search" : undefined;
  const levels = ["studies", "series", "instances"];
  let level = 0;
  while (level < 3 && rest[2 * level] === levels[level] && UID.test(rest[2 * level + 1] ?? "")) level++;
  const end = rest.slice(2 * level);
  if (level === 0) return undefined;
  if (end.length === 0) return "retrieve";
  const [first = "", ...others] = end;
  if (others.length === 0 && levels.slice(level).includes(first)) return "search";
  if (others.length === 0 && VIEWS.includes(first)) return "retrieve";
  return level === 3 && isPart(first, others) ? "retrieve" : undefined;
}

function isStudy([, uid = "", ...more]: readonly string[]): boolean {
  return UID.test(uid) && more.length === 0;
}

/** Frames or bulk data of an instance. */
function isPart(kind: string, [first = "", ...others]: readonly string[]): boolean {
  if (kind === "bulkdata") return [first, ...others].every((segment) => /^[A-Za-z0-9]+$/.test(segment));
  if (kind !== "frames" || !first.split(",").every((frame) => /^[1-9]\d*$/.test(frame))) return false;
  return others.length === 0 || (others.length === 1 && ["rendered", "thumbnail"].includes(others[0] ?? ""));
}

/** Whether a clinic's rules allow a route to a member of groups, `minute` minutes after midnight where the clinic is. */
export function clinicAllows(
  rules: ClinicRules | undefined,
  { clinic, transaction, study }: Route,
  groups: readonly string[],
  minute: number,
): boolean {
  if (rules === undefined || !groups.includes(clinic)) return false;
  const { transactions = ["search", "retrieve", "store"], hours, studies = {} } = rules;
  if (!transactions.includes(transaction)) return false;
  if (hours !== undefined && !isWithin(hours, minute)) return false;
  return Object.entries(studies)
    .filter(([uid]) => study === undefined || uid === study)
    .every(([, only]) => only.groups.some((group) => groups.includes(group)));
}

/** Walks the shift minute by minute, around the clock where need be. */
function isWithin({ from, to }: { from: string; to: string }, minute: number): boolean {
  const [start, end] = [from, to].map((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
  for (let at = start ?? 0; at !== end; at = (at + 1) % 1440) if (at === minute) return true;
  return false;
}
