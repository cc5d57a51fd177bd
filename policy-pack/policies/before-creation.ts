import type { RegisteredResources, Resource } from "@attested-fhir/stack-model";
import type { OrderedGuardrail, StackGuardrail } from "../guardrail.ts";

/** The parts of stack guardrails that are decided before a resource is created. */

type Before = Pick<OrderedGuardrail, "types" | "check">;

/**
 * Evaluates a stack guardrail for each resource of certain types, among the few registered ones that decide about it:
 * what it reports with the resource and not without it is reported.
 *
 * @param related finds those few by an index, so that no resource costs more than the one before it
 */
export function amongRelated(
  types: Before["types"],
  related: (resource: Resource, registered: RegisteredResources) => readonly Resource[],
  check: StackGuardrail["check"],
): Before {
  return {
    types,
    check(resource, registered, report, configuration) {
      const others = related(resource, registered);
      const found = (resources: readonly Resource[]) => {
        const violations = new Map<string, { readonly message: string; readonly about: Resource }>();
        check(
          resources,
          (message, about = resource) => violations.set(`${about.urn} ${message}`, { message, about }),
          configuration,
        );
        return violations;
      };
      const without = others.length === 0 ? new Map<string, never>() : found(others);
      for (const [key, { message, about }] of found([...others, resource]))
        if (!without.has(key)) report(message, about);
    },
  };
}
