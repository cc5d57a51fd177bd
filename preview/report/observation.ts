import type { Change } from "./property-changes.ts";

/** What a preview has observed, before it is grouped and evaluated. Both modes return the same plain data. */
export interface Observation {
  readonly resources: readonly ObservedResource[];
  readonly violations: readonly ObservedViolation[];
  readonly warnings: readonly Warning[];
  /** What the reader has to know about the observation, in whole sentences. Defaults to none. */
  readonly notes?: readonly string[];
}

/** The operation on a resource. `same`: none; `read`: a lookup. */
export type Operation = "create" | "update" | "replace" | "delete" | "import" | "read" | "same";

/** A resource and its planned operation. */
export interface ObservedResource {
  readonly urn: string;
  /** Pulumi's type token, `gcp:kms/keyRing:KeyRing`. */
  readonly type: string;
  /** URN of the parent; absent for the stack itself. */
  readonly parent?: string;
  /** URN of the provider; absent for components, providers and the stack. */
  readonly provider?: string;
  readonly operation: Operation;
  /** The changed properties, each once; empty unless updated or replaced. */
  readonly changes: readonly Change[];
  /** Paths of the properties that force the replacement. */
  readonly replacedFor: readonly string[];
  /** Whether a deletion only removes the resource from the state and retains the real one. */
  readonly retained: boolean;
  /** Inputs at the top level without unknown and secret values. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The same inputs in the state; absent if the state does not contain the resource. */
  readonly before?: Readonly<Record<string, unknown>>;
}

/** A violation of a guardrail. */
export interface ObservedViolation {
  /** The guardrail's name in the policy pack. */
  readonly guardrail: string;
  /** URN of the resource; absent for a violation of the whole stack. */
  readonly urn?: string;
  readonly enforcement: Enforcement;
  /** The guardrail's message. */
  readonly message: string;
  readonly severity?: Severity;
}

/** Mandatory violations fail an update; advisory ones do not. */
export type Enforcement = "mandatory" | "advisory";

/** From worst to least. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A warning of the program, the engine or a provider. */
export interface Warning {
  /** URN of the resource, if it is about one. */
  readonly urn?: string;
  readonly message: string;
}
