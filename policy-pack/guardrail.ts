import type { Parameters, Configuration } from "@attested-fhir/policy-config";
import {
  type Declaration,
  isOneOf,
  type RegisteredResources,
  type Resource,
  ROOT,
  type StackReport,
} from "@attested-fhir/stack-model";

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

/** Evaluates each resource of certain types before it is created, together with what was registered before it. */
export interface OrderedPart {
  /** Type tokens, or patterns of them. */
  readonly types: readonly (string | RegExp)[];
  /**
   * Reports each violation in one sentence. With a resource that was registered before it is that one's violation, which
   * only the evaluated resource completes and so is kept from.
   */
  check(
    resource: Resource,
    registered: RegisteredResources,
    report: StackReport,
    configuration: Configuration,
  ): void;
}

/**
 * Evaluates each resource of certain types before it is created. What it needs and was registered later counts as
 * missing: the order is guaranteed by `dependsOn` only.
 */
export interface OrderedGuardrail extends Facts, OrderedPart {
  readonly kind: "ordered";
}

/** The few resources that decide, with a resource that is registered, what a stack guardrail reports. */
export interface RelatedPart {
  /** Type tokens, or patterns of them. */
  readonly types: readonly (string | RegExp)[];
  /** Finds those few by an index, so that no resource costs more than the one before it. */
  related(resource: Resource, registered: RegisteredResources): readonly Resource[];
  /** Rewords what is reported about the whole stack. Defaults to the same words. */
  reword?(message: string): string;
}

/**
 * Evaluates all resources of the stack together, at the end of a preview and of an update.
 *
 * An update without a preview has created, changed and deleted resources by then. So whatever can be decided
 * earlier is, by `before`; about a resource that is reported there, nothing is reported again at the end.
 */
export interface StackGuardrail extends Facts {
  readonly kind: "stack";
  /** What an update with `--skip-preview` does before this guardrail reports it; a noun phrase. */
  readonly cannotPrevent: string;
  /**
   * The part that is decided before a resource is created: a check of its own, which leaves what is unknown to the
   * stack's; or the stack's check among related resources, of which is reported what the resource adds.
   */
  readonly before?: OrderedPart | RelatedPart;
  /** Reports each violation in one sentence, with the resource it is about or, without one, about the stack. */
  check(resources: readonly Resource[], report: StackReport, configuration: Configuration): void;
}

export type Guardrail = ResourceGuardrail | OrderedGuardrail | StackGuardrail;

/** Whether a guardrail applies to resources of a type. */
export function appliesTo(guardrail: Pick<OrderedPart, "types">, type: string): boolean {
  return isOneOf(guardrail.types, type);
}

/** What a message about something that is missing ends with, for it may be there and only come later. */
export const ADD_DEPENDS_ON = "where the program declares it, add it to dependsOn";

/** The part of a stack guardrail that is decided before a resource is created; undefined where there is none. */
export function beforeCreation(guardrail: StackGuardrail): OrderedPart | undefined {
  const { before } = guardrail;
  if (before === undefined || "check" in before) return before;
  return {
    types: before.types,
    check(resource, registered, report, configuration) {
      const others = before.related(resource, registered);
      const found = (resources: readonly Resource[]) => {
        const violations = new Map<string, () => void>();
        const add: StackReport = (message, about = resource, level) => {
          const reworded = before.reword?.(message) ?? message;
          violations.set(`${about.urn} ${message}`, () => {
            report(reworded, about, level);
          });
        };
        guardrail.check(resources, add, configuration);
        return violations;
      };
      const without = others.length === 0 ? new Map<string, never>() : found(others);
      for (const [key, reportIt] of found([...others, resource])) if (!without.has(key)) reportIt();
    },
  };
}

/** Finds the root component, which declares what the stack is. */
export function theRoot(_resource: Resource, registered: RegisteredResources): readonly Resource[] {
  return registered.ofTypes(ROOT);
}
