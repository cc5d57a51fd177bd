import type { Configuration } from "./configuration.ts";
import type { Properties } from "./value.ts";

/**
 * The shape of a guardrail: a plain object that evaluates plain data, so that it runs in the engine's policy host,
 * in a test and wherever else resources are seen.
 */

/** A resource as a guardrail sees it. */
export interface Resource {
  readonly urn: string;
  /** Pulumi's type token, `gcp:kms/cryptoKey:CryptoKey`. */
  readonly type: string;
  readonly name: string;
  /** The inputs, as the provider completed them; outputs only for what the program reads and does not make. */
  readonly props: Properties;
  /** Whether the resource is protected from deletion; false where it is not said. */
  readonly protect?: boolean;
  /** URN of the provider; absent for components and for providers themselves. */
  readonly provider?: string;
  /** URN of the parent; absent for the stack itself, and always for a resource guardrail. */
  readonly parent?: string;
  /** URNs of the resources that this one is made from; absent for a resource guardrail. */
  readonly dependencies?: readonly string[];
}

/** Where a guardrail's rule is written down. */
export interface Framework {
  readonly name: string;
  readonly version: string;
  /** The rule's number or name within the framework. */
  readonly reference: string;
  /** The rule's title, and what other scanners call it. */
  readonly specification?: string;
}

interface Facts {
  /** Unique, kebab-case: what a violation is filed under. */
  readonly name: string;
  /** One sentence that says what holds when the guardrail is kept. */
  readonly description: string;
  readonly severity: "low" | "medium" | "high" | "critical";
  readonly framework: Framework;
  /** What to do about a violation, step by step. */
  readonly remediation: readonly string[];
  /** Whether a violation stops the update, or is only reported. */
  readonly enforcement: "mandatory" | "advisory";
  /** What `--policy-pack-config` may give it, beyond an enforcement level. Defaults to nothing. */
  readonly parameters?: Parameters;
}

/** The parameters that a guardrail takes from the pack's configuration. */
export interface Parameters {
  /** The JSON schema of each, by name. */
  readonly properties: Readonly<Record<string, object>>;
  /** Says in one sentence each what is wrong with given parameters. */
  faults(parameters: unknown): readonly string[];
}

/** Evaluates each resource of certain types by itself, before it is made. */
export interface ResourceGuardrail extends Facts {
  readonly kind: "resource";
  /** Type tokens, or patterns of them. */
  readonly types: readonly (string | RegExp)[];
  /** Reports each violation of the resource in one sentence. */
  check(resource: Resource, report: (message: string) => void, configuration: Configuration): void;
}

/** Evaluates all resources of the stack together. */
export interface StackGuardrail extends Facts {
  readonly kind: "stack";
  /** Reports each violation in one sentence, with the resource it is about or, without one, about the stack. */
  check(resources: readonly Resource[], report: StackReport, configuration: Configuration): void;
}

/** Takes a violation that a stack guardrail found. */
export type StackReport = (message: string, resource?: Resource) => void;

export type Guardrail = ResourceGuardrail | StackGuardrail;

/** Whether a guardrail applies to resources of a type. */
export function judges(guardrail: ResourceGuardrail, type: string): boolean {
  return guardrail.types.some((of) => (typeof of === "string" ? of === type : of.test(type)));
}
