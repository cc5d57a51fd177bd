import { closest } from "fastest-levenshtein";
import { listed } from "./listed.ts";
import { readTrust, type Trust } from "./trust-schema.ts";

/**
 * The pack's configuration: what `--policy-pack-config` gives each policy. The pack and the preview read it alike,
 * so that both refuse what Pulumi ignores in silence.
 */

/** Pulumi's enforcement levels, from the lowest. */
export const LEVELS = ["disabled", "advisory", "mandatory", "remediate"] as const;
export type EnforcementLevel = (typeof LEVELS)[number];

/** What stands for every policy in a configuration. */
export const ALL = "all";

/** What a configuration gives one policy. */
export interface PolicySetting {
  /** Absent where the policy keeps its own. */
  readonly enforcementLevel?: EnforcementLevel;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What a configuration gives the policies, by their names. */
export type PolicySettings = ReadonlyMap<string, PolicySetting>;

/** A policy that a configuration gives a lower enforcement level than the pack does. */
export interface LoweredLevel {
  readonly policy: string;
  readonly from: EnforcementLevel;
  readonly to: EnforcementLevel;
}

/** What policies are evaluated with, beyond the resources. */
export interface Configuration {
  readonly trust: Trust;
  readonly lowered: readonly LoweredLevel[];
}

/** A pack without a configuration: it trusts what the program declares. */
export const UNCONFIGURED: Configuration = { trust: {}, lowered: [] };

/** A policy as far as its configuration goes. */
export interface Configurable {
  readonly name: string;
  readonly enforcement: "mandatory" | "advisory";
  readonly parameters?: Parameters;
  readonly informs?: boolean;
  readonly levelFixed?: boolean;
}

/** Whether a policy keeps its enforcement level, whatever a configuration gives it. */
export function hasFixedLevel({ informs = false, levelFixed = false }: Configurable): boolean {
  return informs || levelFixed;
}

/** Says in one sentence each what is wrong in a configuration, beginning with the policy it is about. */
export function settingsFaults(
  policies: readonly Configurable[],
  settings: PolicySettings,
): readonly string[] {
  const names = policies.map(({ name }) => name);
  return [...settings].flatMap(([name, { parameters }]) => {
    const policy = policies.find((one) => one.name === name);
    if (policy === undefined && name !== ALL)
      return [`${name}: there is no such policy. Did you mean ${closest(name, names)}?`];
    const known = policy?.parameters;
    if (known !== undefined) return known.faults(parameters).map((fault) => `${name}: ${fault}`);
    return Object.keys(parameters).map((one) => `${name}: it has no parameter ${one}, only enforcementLevel`);
  });
}

/** The policies whose enforcement level a configuration lowers, in the pack's order. */
export function loweredLevels(
  policies: readonly Configurable[],
  settings: PolicySettings,
): readonly LoweredLevel[] {
  const all = settings.get(ALL)?.enforcementLevel;
  const changeable = policies.filter((policy) => !hasFixedLevel(policy));
  return changeable.flatMap(({ name, enforcement }) => {
    const to = settings.get(name)?.enforcementLevel ?? all ?? enforcement;
    return LEVELS.indexOf(to) < LEVELS.indexOf(enforcement) ? [{ policy: name, from: enforcement, to }] : [];
  });
}

/** Lowered enforcement levels in the words of a message, one text for each change: "A, B from mandatory to advisory". */
export function loweredTexts(lowered: readonly LoweredLevel[]): readonly string[] {
  const changes = Map.groupBy(lowered, ({ from, to }) => `from ${from} to ${to}`);
  return [...changes].map(([change, all]) => `${listed(all.map(({ policy }) => policy))} ${change}`);
}

/**
 * What policies are evaluated with, from settings without faults.
 *
 * @throws Error that says every fault.
 */
export function configurationOf(policies: readonly Configurable[], settings: PolicySettings): Configuration {
  const faults = settingsFaults(policies, settings);
  if (faults.length > 0) throw new Error(faults.join("\n"));
  const read = readTrust(settings.get("trust")?.parameters ?? {});
  return { trust: "trust" in read ? read.trust : {}, lowered: loweredLevels(policies, settings) };
}

/** The parameters that a guardrail takes from the pack's configuration. */
export interface Parameters {
  /** The JSON schema of each, by name. */
  readonly properties: Readonly<Record<string, object>>;
  /** Says in one sentence each what is wrong with given parameters. */
  faults(parameters: unknown): readonly string[];
}
