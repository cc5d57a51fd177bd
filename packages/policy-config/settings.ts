import { z } from "zod";

/** The content of a configuration's file, as Pulumi reads it: each policy's name with a level, or with an object. */

/** Pulumi's enforcement levels, from the lowest. */
export const LEVELS = ["disabled", "advisory", "mandatory", "remediate"] as const;
export type EnforcementLevel = (typeof LEVELS)[number];

/** What a configuration gives one policy. */
export interface PolicySetting {
  /** Absent where the policy keeps its own. */
  readonly enforcementLevel?: EnforcementLevel;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What a configuration gives the policies, by their names. */
export type PolicySettings = ReadonlyMap<string, PolicySetting>;

const level = z.enum(LEVELS);
const FORM = `is neither an enforcement level (${LEVELS.join(", ")}) nor an object with an enforcementLevel or parameters`;

/**
 * Reads the content of a configuration's file.
 *
 * @returns what it gives the policies, or in a sentence each what has not the form of a configuration
 */
export function readSettings(
  content: unknown,
): { readonly settings: PolicySettings } | { readonly faults: readonly string[] } {
  if (!isObject(content)) return { faults: ["it is not an object with the names of policies"] };
  const read = Object.entries(content).map(([name, given]) => ({ name, setting: settingIn(given) }));
  const faults = read.filter(({ setting }) => setting === undefined).map(({ name }) => `${name}: ${FORM}`);
  if (faults.length > 0) return { faults };
  return {
    settings: new Map(read.flatMap(({ name, setting }) => (setting === undefined ? [] : [[name, setting]]))),
  };
}

function settingIn(given: unknown): PolicySetting | undefined {
  const alone = level.safeParse(given);
  if (alone.success) return { enforcementLevel: alone.data, parameters: {} };
  if (!isObject(given)) return undefined;
  const LEVEL = "enforcementLevel";
  // By entries, since an assignment to __proto__ would lose that name.
  const parameters = Object.fromEntries(Object.entries(given).filter(([name]) => name !== LEVEL));
  if (!Object.hasOwn(given, LEVEL)) return { parameters };
  const read = level.safeParse(given[LEVEL]);
  return read.success ? { enforcementLevel: read.data, parameters } : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
