import { setTimeout } from "node:timers/promises";
import { type ServiceError, status } from "@grpc/grpc-js";
import type { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzer, {
  type AnalyzeDiagnostic,
  type AnalyzeResponse,
  type AnalyzerInfo,
  type AnalyzerStackConfigureResponse,
  type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type { PolicySettings } from "@attested-fhir/policy-config";
import type { ObservedViolation, Severity } from "../report/observation.ts";
import { thrownMessage, UserError } from "../user-error.ts";
import type { Configuration } from "./configuration.ts";
import { configureRequest } from "./configure-pack.ts";
import type { PolicyPackProcess } from "./policy-pack-process.ts";
import { analyzeRequest, analyzerResource } from "./policy-messages.ts";
import type { RegisteredResource, Resources } from "./resources.ts";
import { callRpc } from "./grpc.ts";
import { stackUrn } from "./urns.ts";
import { fromStruct } from "./property-wire.ts";

/** A pack that is loaded and configured. */
interface ConfiguredPack {
  readonly client: AnalyzerClient;
  readonly exited: Promise<never>;
  /** Severities by policy; absent for a policy without one. */
  readonly severities: ReadonlyMap<string, Severity>;
  /** Whether a policy of the pack has the enforcement level remediate. */
  readonly remediates: boolean;
}

/** The policy packs, and what they evaluate. */
export interface PolicyOptions {
  readonly packs: readonly Pick<PolicyPackProcess, "client" | "exited">[];
  readonly resources: Resources;
  readonly configuration: Configuration;
  /** The configuration of each pack. */
  readonly settings: PolicySettings;
  readonly organization: string;
}

/**
 * Evaluates policy packs in the engine's order (`generateSteps` and `AnalyzeResources` in step_generator.go): first each
 * resource with its inputs, then the stack with the outputs.
 */
export class Analyzers {
  readonly #packs: readonly Promise<ConfiguredPack>[];
  readonly #resources: Resources;
  readonly #violations: ObservedViolation[] = [];
  readonly #pending: Promise<void>[] = [];
  /** The last analysis of each pack. */
  readonly #last = new Map<Promise<ConfiguredPack>, Promise<void>>();

  constructor(options: PolicyOptions) {
    this.#resources = options.resources;
    this.#packs = options.packs.map((pack) => configurePack(pack, options));
    for (const pack of this.#packs) pack.catch(() => undefined);
  }

  /** Resolves once every pack is ready; rejects with a UserError if one fails. */
  async ready(): Promise<void> {
    await Promise.all(this.#packs);
  }

  /** Evaluates the packs for a resource. Does not wait for the result, unless a policy may change the resource. */
  async analyzeResource(resource: RegisteredResource): Promise<void> {
    for (const loading of this.#packs) {
      const pack = await loading;
      if (pack.remediates) await this.#remediate(pack, resource);
    }
    if (this.#packs.length === 0) return;
    const request = analyzeRequest(resource, this.#resources.findProvider(resource), true);
    for (const loading of this.#packs) {
      // One after the other, as the engine does: a pack may go by the order in which resources are registered.
      const last = this.#last.get(loading) ?? Promise.resolve();
      const analysis = last.then(() => this.#analyze(loading, request, resource.urn));
      analysis.catch(() => undefined); // finish() reports it
      this.#last.set(loading, analysis);
      this.#pending.push(analysis);
    }
  }

  /**
   * Evaluates the packs for the whole stack, after all its resources.
   *
   * @returns every violation
   * @throws UserError if a policy fails.
   */
  async finish(): Promise<readonly ObservedViolation[]> {
    await Promise.all(this.#pending);
    if (this.#packs.length === 0) return [];
    const request = new analyzer.AnalyzeStackRequest().setResourcesList(
      this.#resources.all
        .filter(({ operation }) => operation !== "read")
        .map((resource) => analyzerResource(resource, this.#resources.findProvider(resource))),
    );
    for (const loading of this.#packs) {
      const pack = await loading;
      const response = await callPack<AnalyzeResponse>(
        (answer) => pack.client.analyzeStack(request, answer),
        pack.exited,
      );
      for (const found of response.getDiagnosticsList()) {
        const isOurs = this.#resources.get(found.getUrn()) !== undefined;
        const urn = isOurs ? found.getUrn() : stackUrn(this.#resources.stack);
        this.#violations.push(toViolation(found, urn, pack));
      }
    }
    return this.#violations;
  }

  async #analyze(
    loading: Promise<ConfiguredPack>,
    request: ReturnType<typeof analyzeRequest>,
    urn: string,
  ): Promise<void> {
    const pack = await loading;
    const response = await callPack<AnalyzeResponse>(
      (answer) => pack.client.analyze(request, answer),
      pack.exited,
    );
    for (const found of response.getDiagnosticsList()) this.#violations.push(toViolation(found, urn, pack));
  }

  async #remediate(
    { client, exited, severities }: ConfiguredPack,
    resource: RegisteredResource,
  ): Promise<void> {
    const request = analyzeRequest(resource, this.#resources.findProvider(resource), false);
    const response = await callPack<RemediateResponse>((answer) => client.remediate(request, answer), exited);
    for (const remediation of response.getRemediationsList()) {
      const [guardrail, message] = [remediation.getPolicyname(), remediation.getDiagnostic()];
      if (message === "") resource.inputs = fromStruct(remediation.getProperties());
      else {
        const severity = severities.get(guardrail);
        const rated = severity === undefined ? {} : { severity };
        this.#violations.push({ guardrail, urn: resource.urn, enforcement: "advisory", message, ...rated });
      }
    }
  }
}

async function configurePack(
  { client: loading, exited }: Pick<PolicyPackProcess, "client" | "exited">,
  { resources: { stack }, configuration, settings, organization }: PolicyOptions,
): Promise<ConfiguredPack> {
  const client = await loading;
  const about = new analyzer.AnalyzerStackConfigureRequest()
    .setStack(stack.stack)
    .setProject(stack.project)
    .setOrganization(organization)
    .setDryRun(true)
    .setConfigSecretKeysList([...configuration.secretKeys]);
  for (const [key, value] of configuration.values) about.getConfigMap().set(key, value);
  const [info] = await Promise.all([
    callPack<AnalyzerInfo>((answer) => client.getAnalyzerInfo(new empty.Empty(), answer), exited),
    callPack<AnalyzerStackConfigureResponse>((answer) => client.configureStack(about, answer), exited).catch(
      unlessMissing,
    ),
  ]);
  const configure = configureRequest(info, settings);
  if (info.getSupportsconfig()) {
    await callPack<empty.Empty>((answer) => client.configure(configure, answer), exited);
  }
  const policies = info.getPoliciesList();
  const rated = policies.flatMap((policy) => {
    const severity = toSeverity(policy.getSeverity());
    return severity === undefined ? [] : [[policy.getName(), severity] as const];
  });
  return {
    client,
    exited,
    severities: new Map(rated),
    remediates: [...configure.getPolicyconfigMap().entries()].some(
      ([, config]) => config.getEnforcementlevel() === analyzer.EnforcementLevel.REMEDIATE,
    ),
  };
}

/** Older packs do not implement ConfigureStack. */
function unlessMissing(error: unknown): void {
  if ((error as { cause?: Partial<ServiceError> }).cause?.code !== status.UNIMPLEMENTED) throw error;
}

function toViolation(
  found: AnalyzeDiagnostic,
  urn: string,
  { severities }: ConfiguredPack,
): ObservedViolation {
  const severity = toSeverity(found.getSeverity()) ?? severities.get(found.getPolicyname());
  const isAdvice = found.getEnforcementlevel() === analyzer.EnforcementLevel.ADVISORY;
  return {
    guardrail: found.getPolicyname(),
    urn,
    enforcement: isAdvice ? "advisory" : "mandatory",
    message: found.getMessage(),
    ...(severity !== undefined && { severity }),
  };
}

function toSeverity(severity: analyzer.PolicySeverity): Severity | undefined {
  switch (severity) {
    case analyzer.PolicySeverity.POLICY_SEVERITY_LOW:
      return "low";
    case analyzer.PolicySeverity.POLICY_SEVERITY_MEDIUM:
      return "medium";
    case analyzer.PolicySeverity.POLICY_SEVERITY_HIGH:
      return "high";
    case analyzer.PolicySeverity.POLICY_SEVERITY_CRITICAL:
      return "critical";
    case analyzer.PolicySeverity.POLICY_SEVERITY_UNSPECIFIED:
      return undefined;
  }
}

/** How long an unavailable pack may take to exit, in milliseconds. */
const EXIT_TIMEOUT = 1_000;

/**
 * Calls a pack.
 *
 * @param exited rejects with the error of a pack that has exited
 * @throws UserError if the call fails.
 */
async function callPack<Response>(
  method: (answer: (error: ServiceError | null, response: Response) => void) => unknown,
  exited: Promise<never>,
): Promise<Response> {
  try {
    return await callRpc(method);
  } catch (cause) {
    const { code, details } = cause as Partial<ServiceError>;
    if (code === status.UNAVAILABLE)
      await Promise.race([exited, setTimeout(EXIT_TIMEOUT, undefined, { ref: false })]);
    throw new UserError(`The policy pack failed: ${details ?? thrownMessage(cause)}`, { cause });
  }
}
