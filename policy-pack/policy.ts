import type {
  PolicyResource,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { type Guardrail, judges, type Resource, type ResourceGuardrail, type StackGuardrail } from "./guardrail.ts";
import { plain } from "./properties.ts";

/** Turns a guardrail into a policy of Pulumi's policy host, under the same name and with the same facts. */
export function toPolicy(guardrail: Guardrail): ResourceValidationPolicy | StackValidationPolicy {
  const { name, description, severity, framework, enforcement, remediation } = guardrail;
  return {
    name,
    description,
    severity,
    framework: { specification: "", ...framework },
    enforcementLevel: enforcement,
    remediationSteps: remediation.map((step, index) => `${index + 1}. ${step}`).join("\n"),
    ...(guardrail.kind === "resource"
      ? { validateResource: resourceValidation(guardrail) }
      : { validateStack: stackValidation(guardrail) }),
  };
}

function resourceValidation(guardrail: ResourceGuardrail): ResourceValidationPolicy["validateResource"] {
  const validate: ResourceValidationPolicy["validateResource"] = (args, report) => {
    if (!judges(guardrail, args.type)) args.notApplicable(`No business of ${guardrail.name}`);
    const { urn, type, name, opts } = args;
    guardrail.check({ urn, type, name, protect: opts.protect, props: plain(args.props) }, report);
  };
  const [only, ...others] = guardrail.types;
  // The mark that `validateResourceOfType` leaves: with it, the host skips other types without reading their
  // properties, which it otherwise does once for each policy.
  return others.length === 0 && typeof only === "string" ? Object.assign(validate, { __pulumiType: only }) : validate;
}

function stackValidation(guardrail: StackGuardrail): StackValidationPolicy["validateStack"] {
  return (args: StackValidationArgs, report) => {
    guardrail.check(args.resources.map(stackResource), (message, resource) => {
      report(message, resource?.urn);
    });
  };
}

function stackResource(resource: PolicyResource): Resource {
  let props: Resource["props"] | undefined;
  return {
    urn: resource.urn,
    type: resource.type,
    name: resource.name,
    protect: resource.opts.protect,
    dependencies: resource.dependencies.map(({ urn }) => urn),
    ...(resource.parent && { parent: resource.parent.urn }),
    ...(resource.provider && { provider: resource.provider.urn }),
    // Read when asked for: most guardrails look at a few types only.
    get props() {
      return (props ??= plain(resource.props as Readonly<Record<string, unknown>>));
    },
  };
}
