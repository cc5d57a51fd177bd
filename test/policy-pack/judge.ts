import { type Configuration, UNCONFIGURED } from "../../packages/policy-config/configuration.ts";
import { Registrations } from "../../packages/stack-model/registered-resources.ts";
import { type Guardrail, type OrderedPart, appliesTo, beforeCreation } from "../../policy-pack/guardrail.ts";
import { accessEvaluable } from "../../policy-pack/policies/access/access-evaluable.ts";
import type { Resource } from "../../packages/stack-model/resource.ts";

/** Evaluates resources against one guardrail and returns its violations, as `RESOURCE: MESSAGE`, or `stack: MESSAGE`;
 * `advisory: …` where one is below the guardrail's own level. */
export function judge(guardrail: Guardrail, ...resources: readonly Resource[]): readonly string[] {
  return configured(UNCONFIGURED, guardrail, ...resources);
}

/** The same for a guardrail on access to FHIR servers, after what keeps it from being evaluated. */
export function judgeAccess(guardrail: Guardrail, ...resources: readonly Resource[]): readonly string[] {
  return [...judge(accessEvaluable, ...resources), ...judge(guardrail, ...resources)];
}

/** The same with a configuration of the pack. */
export function configured(
  configuration: Configuration,
  guardrail: Guardrail,
  ...resources: readonly Resource[]
): readonly string[] {
  const violations: string[] = [];
  if (guardrail.kind === "stack") {
    guardrail.check(
      resources,
      (message, resource, level) =>
        violations.push(`${level === undefined ? "" : `${level}: `}${resource?.name ?? "stack"}: ${message}`),
      configuration,
    );
    return violations;
  }
  register(guardrail, resources, configuration, (resource, message) => {
    violations.push(`${resource.name}: ${message}`);
  });
  return violations;
}

function register(
  guardrail: Guardrail,
  resources: readonly Resource[],
  configuration: Configuration,
  report: (resource: Resource, message: string) => void,
): void {
  const registered = new Registrations();
  const part = guardrail.kind === "stack" ? beforeCreation(guardrail) : guardrail;
  if (part === undefined) throw new Error(`${guardrail.name} reports nothing before a resource is created`);
  for (const resource of resources) {
    const reportOn = (message: string) => {
      report(resource, message);
    };
    if (appliesTo(part, resource.type)) {
      if (guardrail.kind === "resource") guardrail.check(resource, reportOn, configuration);
      else (part as OrderedPart).check(resource, registered, reportOn, configuration);
    }
    registered.add(resource);
  }
}
