import { closest } from "fastest-levenshtein";
import { type Configurable, hasFixedLevel } from "./configurable.ts";
import { Exemptions } from "./exemptions.ts";
import { listed } from "./listed.ts";
import { readSelection, type Selection } from "./selection.ts";
import { type EnforcementLevel, LEVELS, type PolicySettings } from "./settings.ts";
import { readTrust, type Trust } from "./trust-schema.ts";

/**
 * The pack's configuration: what `--policy-pack-config` gives each policy. The pack and the preview read it alike,
 * so that both refuse what Pulumi ignores in silence.
 */

/** What stands for every policy in a configuration. */
export const ALL = "all";

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
  readonly exemptions: Exemptions;
  readonly selection: Selection;
}

/** A pack without a configuration: it trusts what the program declares, and exempts nothing. */
export const UNCONFIGURED: Configuration = {
  trust: {},
  lowered: [],
  exemptions: new Exemptions([], new Date(0)),
  selection: { by: "", deselected: [] },
};

/** Says in one sentence each what is wrong in a configuration, beginning with the policy it is about. */
export function settingsFaults(
  policies: readonly Configurable[],
  settings: PolicySettings,
): readonly string[] {
  const names = policies.map(({ name }) => name);
  return [...settings].flatMap(([name, { enforcementLevel, parameters }]) => {
    const policy = policies.find((one) => one.name === name);
    if (policy === undefined && name !== ALL)
      return [`${name}: there is no such policy. Did you mean ${closest(name, names)}?`];
    if (policy !== undefined && hasFixedLevel(policy) && isLower(enforcementLevel, policy.enforcement))
      return [`${name}: its enforcement level is fixed, ${policy.enforcement}: leave enforcementLevel out`];
    const known = policy?.parameters;
    if (known !== undefined) return known.faults(parameters, policies).map((fault) => `${name}: ${fault}`);
    return Object.keys(parameters).map((one) => `${name}: it has no parameter ${one}, only enforcementLevel`);
  });
}

function isLower(level: EnforcementLevel | undefined, than: EnforcementLevel): boolean {
  return level !== undefined && LEVELS.indexOf(level) < LEVELS.indexOf(than);
}

/** The policies whose enforcement level a configuration lowers and that it does not deselect, in the pack's order. */
function loweredLevels(
  policies: readonly Configurable[],
  settings: PolicySettings,
  { deselected }: Selection,
): readonly LoweredLevel[] {
  const all = settings.get(ALL)?.enforcementLevel;
  const changeable = policies.filter((policy) => !hasFixedLevel(policy) && !deselected.includes(policy.name));
  return changeable.flatMap(({ name, enforcement }) => {
    const to = settings.get(name)?.enforcementLevel ?? all ?? enforcement;
    return isLower(to, enforcement) ? [{ policy: name, from: enforcement, to }] : [];
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
 * @param now the moment of the evaluation
 * @throws Error that says every fault.
 */
export function configurationOf(
  policies: readonly Configurable[],
  settings: PolicySettings,
  now: Date,
): Configuration {
  const faults = settingsFaults(policies, settings);
  if (faults.length > 0) throw new Error(faults.join("\n"));
  const read = readTrust(settings.get("trust")?.parameters ?? {});
  const selection = readSelection(settings.get("selection")?.parameters ?? {}, policies);
  return {
    trust: "trust" in read ? read.trust : {},
    lowered: loweredLevels(policies, settings, selection),
    selection,
    exemptions: Exemptions.read(settings.get("exemptions")?.parameters ?? {}, now),
  };
}
