import type { Change } from "./property-changes.ts";

/** What a mode of the preview has seen, before anything is grouped or judged. Each mode fills in the same plain data. */
export interface Observation {
  readonly resources: readonly ObservedResource[];
  readonly violations: readonly ObservedViolation[];
  readonly warnings: readonly Warning[];
  /** What the reader has to know of how this was seen, in whole sentences. Defaults to nothing. */
  readonly notes?: readonly string[];
}

/** What happens to a resource. `same`: nothing; `read`: only looked up. */
export type Operation = "create" | "update" | "replace" | "delete" | "import" | "read" | "same";

/** A resource and what would happen to it. */
export interface ObservedResource {
  readonly urn: string;
  /** Pulumi's type token, `gcp:kms/keyRing:KeyRing`. */
  readonly type: string;
  /** URN of the parent; absent for the stack itself. */
  readonly parent?: string;
  /** URN of the provider; absent for components, providers and the stack. */
  readonly provider?: string;
  readonly operation: Operation;
  /** The properties that differ, each once; empty unless updated or replaced. */
  readonly changes: readonly Change[];
  /** Paths of the properties that force the replacement. */
  readonly replacedFor: readonly string[];
  /** Whether a deletion leaves the real thing where it is, and only Pulumi forgets it. */
  readonly retained: boolean;
  /** Known inputs at the top level; what is unknown or secret is absent. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The same inputs as the state has them; absent where the state has no such resource, or there is no state. */
  readonly before?: Readonly<Record<string, unknown>>;
}

/** A guardrail that is not kept. */
export interface ObservedViolation {
  /** The guardrail's name in the policy pack. */
  readonly guardrail: string;
  /** URN of the resource it is about; absent when it is about the whole stack. */
  readonly urn?: string;
  readonly enforcement: Enforcement;
  /** What is wrong, in the guardrail's words. */
  readonly message: string;
  readonly severity?: Severity;
}

/** Mandatory violations stop an update; advisory ones are only told. */
export type Enforcement = "mandatory" | "advisory";

/** From worst to mildest. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something that the program, the engine or a provider warns of. */
export interface Warning {
  /** URN of the resource it is about, where there is one. */
  readonly urn?: string;
  readonly message: string;
}
