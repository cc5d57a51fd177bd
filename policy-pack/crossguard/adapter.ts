import type {
  PolicyResource,
  ResourceValidation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidation,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { Configuration } from "@attested-fhir/policy-config";
import { type Guardrail, appliesTo, type ResourceGuardrail, type StackGuardrail } from "../guardrail.ts";
import { kubernetesType, type Resource, STACK, type StackReport } from "@attested-fhir/stack-model";
import { exempting } from "./exempt.ts";
import { knownText, plain } from "./plain-properties.ts";

/** Turns guardrails into policies of Pulumi's policy host, under the same names and with the same facts. */

/** The inputs of the resources, by URN, as the host last showed them. */
type Inputs = Map<string, ResourceValidationArgs["props"]>;

/** What the guardrails are evaluated with at this moment: the host configures a pack after it has loaded it. */
export type CurrentConfiguration = () => Configuration;

/**
 * The policies of a pack, for one run of the host.
 *
 * The host shows a stack policy the outputs of resources, and there are none where a provider cannot be asked
 * yet: on a first preview everything in a cluster that is still to be made is empty. So each resource's inputs
 * are kept when the host shows them, which it does before it asks about the stack.
 *
 * @throws Error when no resource guardrail is called for every resource, so that the inputs would not be kept.
 */
export function toPolicies(
  guardrails: readonly Guardrail[],
  configuration: CurrentConfiguration,
): (ResourceValidationPolicy | StackValidationPolicy)[] {
  const inputs: Inputs = new Map();
  if (!guardrails.some((guardrail) => guardrail.kind === "resource" && onlyTypeOf(guardrail) === undefined)) {
    throw new Error(
      "no resource guardrail looks at more than one type, so stack guardrails would see no inputs",
    );
  }
  const stacks = new Stacks(inputs);
  return guardrails.map((guardrail, turn) =>
    guardrail.kind === "resource"
      ? { ...facts(guardrail), validateResource: resourceValidation(guardrail, inputs, configuration) }
      : { ...facts(guardrail), validateStack: stackValidation(guardrail, turn, stacks, configuration) },
  );
}

/**
 * The resources of the stack guardrails see them: one list for all guardrails that are asked about one
 * stack, since what one of them finds out about it, the next one need not find out again.
 */
class Stacks {
  private readonly inputs: Inputs;
  private turn = Infinity;
  private seen: readonly Resource[] = [];

  constructor(inputs: Inputs) {
    this.inputs = inputs;
  }

  /**
   * @param turn of the guardrail that asks; the host asks them in their order, and begins anew for another stack
   */
  see(turn: number, resources: readonly PolicyResource[]): readonly Resource[] {
    if (turn <= this.turn) {
      this.seen = resources.map((resource) => stackResource(resource, this.inputs));
    }
    this.turn = turn;
    return this.seen;
  }
}

function facts({ name, description, severity, framework, enforcement, remediation, parameters }: Guardrail) {
  return {
    name,
    description,
    severity,
    framework: { specification: "", ...framework },
    enforcementLevel: enforcement,
    remediationSteps: remediation.map((step, index) => `${index + 1}. ${step}`).join("\n"),
    ...(parameters && { configSchema: { properties: parameters.properties } }),
  };
}

/** The one type that a guardrail looks at; none when it looks at several. */
function onlyTypeOf({ types }: ResourceGuardrail): string | undefined {
  const [only, ...others] = types;
  return typeof only === "string" && others.length === 0 ? only : undefined;
}

function resourceValidation(
  guardrail: ResourceGuardrail,
  inputs: Inputs,
  configuration: CurrentConfiguration,
): ResourceValidation {
  const validate: ResourceValidation = (args, report) => {
    const { urn, name, opts, provider, props } = args;
    inputs.set(urn, props);
    const type = objectType(args.type, props);
    if (!appliesTo(guardrail, type)) args.notApplicable(`${guardrail.name} does not look at this type`);
    const by = provider && { provider: provider.urn, providerInputs: plain(provider.props) };
    const resource = { urn, type, name, protect: opts.protect, ...by, props: plain(props) };
    const current = configuration();
    guardrail.check(resource, exempting(guardrail, current, urn, report), current);
  };
  const only = onlyTypeOf(guardrail);
  // The mark that `validateResourceOfType` leaves: with it, the host skips other types without reading their
  // properties, which it otherwise does once for each policy.
  return only === undefined ? validate : Object.assign(validate, { __pulumiType: only });
}

function stackValidation(
  guardrail: StackGuardrail,
  turn: number,
  stacks: Stacks,
  configuration: CurrentConfiguration,
): StackValidation {
  return ({ resources }, report) => {
    const current = configuration();
    const stack = resources.find(({ type }) => type === STACK);
    const reportOrExempt = exempting(guardrail, current, stack?.urn, report);
    const reportOn: StackReport = (message, resource, level) => {
      reportOrExempt(message, resource?.urn, level);
    };
    guardrail.check(stacks.see(turn, resources), reportOn, current);
  };
}

function objectType(type: string, props: ResourceValidationArgs["props"]): string {
  if (!type.startsWith("kubernetes:")) return type;
  return kubernetesType(type, knownText(props, "apiVersion"), knownText(props, "kind"));
}

function stackResource(resource: PolicyResource, inputs: Inputs): Resource {
  const { provider } = resource;
  let props: Resource["props"] | undefined;
  let providerInputs: Resource["props"] | undefined;
  return {
    urn: resource.urn,
    type: objectType(resource.type, inputs.get(resource.urn) ?? resource.props),
    name: resource.name,
    protect: resource.opts.protect,
    dependencies: resource.dependencies.map(({ urn }) => urn),
    ...(resource.parent && { parent: resource.parent.urn }),
    ...(provider && { provider: provider.urn }),
    // Read when asked for: most guardrails look at a few types only.
    get props() {
      return (props ??= plain(inputs.get(resource.urn) ?? resource.props));
    },
    get providerInputs() {
      return (providerInputs ??= plain(
        provider === undefined ? {} : (inputs.get(provider.urn) ?? provider.props),
      ));
    },
  };
}
