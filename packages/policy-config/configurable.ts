/** The parameters that a guardrail takes from the pack's configuration. */
export interface Parameters {
  /** The JSON schema of each, by name. */
  readonly properties: Readonly<Record<string, object>>;
  /** Says in one sentence each what is wrong with given parameters, in a pack of these policies. */
  faults(parameters: unknown, policies: readonly Configurable[]): readonly string[];
}

/** A policy as far as its configuration goes. */
export interface Configurable {
  readonly name: string;
  readonly enforcement: "mandatory" | "advisory";
  readonly parameters?: Parameters;
  readonly informs?: boolean;
  readonly levelFixed?: boolean;
  readonly exemptible?: boolean;
  readonly severity?: "low" | "medium" | "high" | "critical";
  readonly framework?: { readonly name: string };
}

/** Whether a policy keeps its enforcement level, whatever a configuration gives it. */
export function hasFixedLevel({ informs = false, levelFixed = false }: Configurable): boolean {
  return informs || levelFixed;
}

/** Whether a configuration may exempt resources from a policy, and deselect it. */
export function isExemptible(policy: Configurable): boolean {
  return policy.exemptible !== false && !hasFixedLevel(policy);
}
