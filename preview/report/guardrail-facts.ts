import type { Parameters } from "@attested-fhir/policy-config";
import type { Enforcement, Severity } from "./observation.ts";

/** What the policy pack says about one of its guardrails. */
export interface GuardrailFacts {
  readonly name: string;
  readonly description?: string;
  readonly severity?: Severity;
  readonly remediation?: readonly string[];
  /** Defaults to mandatory. */
  readonly enforcement?: Enforcement;
  /** What its configuration may hold beyond an enforcement level. Defaults to nothing. */
  readonly parameters?: Parameters;
}
