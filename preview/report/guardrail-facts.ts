import type { Resource } from "@attested-fhir/stack-model";
import type { Parameters } from "@attested-fhir/policy-config";
import type { Enforcement, Severity } from "./observation.ts";

/** The metadata of a guardrail in the policy pack. */
export interface GuardrailFacts {
  readonly name: string;
  readonly description?: string;
  readonly severity?: Severity;
  readonly remediation?: readonly string[];
  /** The same where it depends on what the stack has; undefined where the remediation above fits. */
  readonly remediationFor?: (resources: readonly Resource[]) => readonly string[] | undefined;
  /** Where its rule is written down. */
  readonly framework?: { readonly name: string; readonly version: string; readonly reference: string };
  /** Defaults to mandatory. */
  readonly enforcement?: Enforcement;
  /** Whether it reports facts and not violations: a page has them in its notes. Defaults to false. */
  readonly informs?: boolean;
  /** Whether no configuration may change its enforcement level. Defaults to false. */
  readonly levelFixed?: boolean;
  /** Whether a configuration may exempt resources from it. Defaults to true. */
  readonly exemptible?: boolean;
  /** The parameters of its configuration. Defaults to none. */
  readonly parameters?: Parameters;
}
