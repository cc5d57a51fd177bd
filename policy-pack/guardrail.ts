import type { Parameters, Configuration } from "@attested-fhir/policy-config";
import type { Declaration, Resource, StackReport } from "@attested-fhir/stack-model";

/**
 * The shape of a guardrail: a plain object that evaluates plain data, so that it runs in the engine's policy host,
 * in a test and wherever else resources are seen.
 */

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
  /** The same where it depends on what the stack has; undefined where the remediation above fits. Not in Pulumi's own output. */
  readonly remediationFor?: (resources: readonly Resource[]) => readonly string[] | undefined;
  /** Whether a violation stops the update, or is only reported. */
  readonly enforcement: "mandatory" | "advisory";
  /** Whether it reports facts and not violations: a page has them in its notes. Defaults to false. */
  readonly informs?: boolean;
  /** Whether no configuration may change its enforcement level, as none may where it informs. Defaults to false. */
  readonly levelFixed?: boolean;
  /** Whether the configuration may exempt resources from it, as it may not where the level is fixed. Defaults to true. */
  readonly exemptible?: boolean;
  /** Sections of the declaration without which it does not apply, so that a stack without a root component keeps it. Defaults to none. */
  readonly needs?: readonly (keyof Declaration)[];
  /** What `--policy-pack-config` may give it, beyond an enforcement level. Defaults to nothing. */
  readonly parameters?: Parameters;
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

export type Guardrail = ResourceGuardrail | StackGuardrail;

/** Whether a guardrail applies to resources of a type. */
export function appliesTo(guardrail: ResourceGuardrail, type: string): boolean {
  return guardrail.types.some((of) => (typeof of === "string" ? of === type : of.test(type)));
}
