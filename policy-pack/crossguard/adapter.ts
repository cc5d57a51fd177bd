import type {
  ReportViolation,
  ResourceValidation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidation,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { Configuration } from "@attested-fhir/policy-config";
import {
  appliesTo,
  beforeCreation,
  type Guardrail,
  type OrderedGuardrail,
  type OrderedPart,
  type ResourceGuardrail,
  type StackGuardrail,
} from "../guardrail.ts";
import { STACK, type StackReport } from "@attested-fhir/stack-model";
import { exempting } from "./exempt.ts";
import { Run } from "./run.ts";

/** Turns guardrails into policies of Pulumi's policy host, under the same names and with the same facts. */

/** What the guardrails are evaluated with at this moment: the host configures a pack after it has loaded it. */
export type CurrentConfiguration = () => Configuration;

type Policy = ResourceValidationPolicy | StackValidationPolicy;

/**
 * The policies of a pack, for one process of the host. A stack guardrail of which a part is decided before resources
 * are created is one policy with both validations.
 *
 * @throws Error when no guardrail is called for every resource, so that the inputs would not be kept.
 */
export function toPolicies(guardrails: readonly Guardrail[], configuration: CurrentConfiguration): Policy[] {
  const isForAll = (one: Guardrail) =>
    one.kind === "resource" ? onlyTypeOf(one) === undefined : one.kind === "ordered";
  if (!guardrails.some(isForAll)) {
    throw new Error(
      "no guardrail looks at more than one type of resource, so stack guardrails would see no inputs",
    );
  }
  const context = { run: new Run(), configuration };
  return guardrails.map((guardrail, turn) => policyOf(guardrail, { ...context, turn }));
}

/** What a guardrail is called with, and its place among the others. */
interface Context {
  readonly run: Run;
  readonly turn: number;
  readonly configuration: CurrentConfiguration;
}

function policyOf(guardrail: Guardrail, context: Context): Policy {
  const common = facts(guardrail);
  if (guardrail.kind === "resource")
    return { ...common, validateResource: resourceValidation(guardrail, context) };
  if (guardrail.kind === "ordered")
    return { ...common, validateResource: orderedValidation(guardrail, guardrail, context) };
  const validateStack = stackValidation(guardrail, context);
  const before = beforeCreation(guardrail);
  return before === undefined
    ? { ...common, validateStack }
    : { ...common, validateStack, validateResource: orderedValidation(guardrail, before, context) };
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
  { run, turn, configuration }: Context,
): ResourceValidation {
  const validate: ResourceValidation = (args, report) => {
    const resource = run.resource(turn, args);
    if (!appliesTo(guardrail, resource.type)) skip(guardrail, args);
    const current = configuration();
    guardrail.check(resource, exempting(guardrail, current, args.urn, report), current);
  };
  const only = onlyTypeOf(guardrail);
  // The mark that `validateResourceOfType` leaves: with it, the host skips other types without reading their
  // properties, which it otherwise does once for each policy.
  return only === undefined ? validate : Object.assign(validate, { __pulumiType: only });
}

/** Without the mark: whatever levels other policies have, an ordered guardrail is called for every resource itself. */
function orderedValidation(
  guardrail: OrderedGuardrail | StackGuardrail,
  part: OrderedPart,
  { run, turn, configuration }: Context,
): ResourceValidation {
  const { name } = guardrail;
  return (args: ResourceValidationArgs, report: ReportViolation) => {
    const resource = run.resource(turn, args);
    if (!appliesTo(part, resource.type)) skip(guardrail, args);
    const current = configuration();
    const reporters = new Map<string, ReturnType<typeof exempting>>();
    const reportOn: StackReport = (message, about = resource, level) => {
      run.report(name, about.urn);
      const reporter = reporters.get(about.urn) ?? exempting(guardrail, current, about.urn, report);
      reporters.set(about.urn, reporter);
      // The engine takes whatever is reported here for the evaluated resource's.
      reporter(about.urn === resource.urn ? message : `${about.name}: ${message}`, undefined, level);
    };
    part.check(resource, run.registered, reportOn, current);
  };
}

function skip({ name }: Guardrail, args: ResourceValidationArgs): never {
  return args.notApplicable(`${name} does not look at this type`);
}

function stackValidation(guardrail: StackGuardrail, { run, turn, configuration }: Context): StackValidation {
  return ({ resources }, report) => {
    const current = configuration();
    const stack = resources.find(({ type }) => type === STACK);
    const reportOrExempt = exempting(guardrail, current, stack?.urn, report);
    const reportOn: StackReport = (message, resource, level) => {
      if (run.hasReported(guardrail.name, resource?.urn)) return;
      reportOrExempt(message, resource?.urn, level);
    };
    guardrail.check(run.stack(turn, resources), reportOn, current);
  };
}
