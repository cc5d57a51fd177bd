import type { RegisteredResources, Resource } from "@attested-fhir/stack-model";
import type { OrderedGuardrail, StackGuardrail } from "../guardrail.ts";

/** The parts of stack guardrails that are decided before a resource is created. */

type Before = Pick<OrderedGuardrail, "types" | "check">;

/**
 * Evaluates a stack guardrail for each resource of certain types, among the few registered ones that decide about it:
 * what it reports with the resource and not without it is reported on the resource.
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
      const messages = (resources: readonly Resource[]) => {
        const found = new Set<string>();
        const add = (message: string, about = resource) =>
          found.add(about === resource ? message : `${about.name}: ${message}`);
        check(resources, add, configuration);
        return found;
      };
      const without = others.length === 0 ? new Set<string>() : messages(others);
      for (const message of messages([...others, resource])) if (!without.has(message)) report(message);
    },
  };
}
