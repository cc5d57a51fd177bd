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
import { propertiesOf } from "./property-wire.ts";

/** A pack that has been asked what is in it. */
interface Ready {
  readonly client: AnalyzerClient;
  readonly gone: Promise<never>;
  /** By policy; absent where the pack does not rate it. */
  readonly severities: ReadonlyMap<string, Severity>;
  /** Whether a policy of the pack changes resources. */
  readonly remediates: boolean;
}

/** What the packs judge by. */
export interface PolicyOptions {
  readonly packs: readonly Pick<PolicyPackProcess, "client" | "gone">[];
  readonly resources: Resources;
  readonly configuration: Configuration;
  /** What each pack is configured with. */
  readonly settings: PolicySettings;
  readonly organization: string;
}

/**
 * Has policy packs judge a stack, in the engine's order (`generateSteps` and `AnalyzeResources` in step_generator.go):
 * each resource first, by its inputs, then the stack, by its outputs.
 */
export class Analyzers {
  readonly #packs: readonly Promise<Ready>[];
  readonly #resources: Resources;
  readonly #violations: ObservedViolation[] = [];
  readonly #pending: Promise<void>[] = [];
  /** The last analysis of each pack. */
  readonly #last = new Map<Promise<Ready>, Promise<void>>();

  constructor(options: PolicyOptions) {
    this.#resources = options.resources;
    this.#packs = options.packs.map((pack) => prepare(pack, options));
    for (const pack of this.#packs) pack.catch(() => undefined);
  }

  /** Resolves once every pack is ready; rejected with a UserError when one is not. */
  async ready(): Promise<void> {
    await Promise.all(this.#packs);
  }

  /** Has a resource judged. Returns at once, unless a policy may want to change it. */
  async judge(resource: RegisteredResource): Promise<void> {
    for (const loading of this.#packs) {
      const pack = await loading;
      if (pack.remediates) await this.#remediate(pack, resource);
    }
    if (this.#packs.length === 0) return;
    const request = analyzeRequest(resource, this.#resources.providerOf(resource), true);
    for (const loading of this.#packs) {
      // One after the other, as the engine does: a pack may go by the order in which resources are registered.
      const last = this.#last.get(loading) ?? Promise.resolve();
      const analysis = last.then(() => this.#analyze(loading, request, resource.urn));
      analysis.catch(() => undefined); // told at the end
      this.#last.set(loading, analysis);
      this.#pending.push(analysis);
    }
  }

  /**
   * Has the whole stack judged, once everything in it has been.
   *
   * @returns every violation
   * @throws UserError when a policy fails.
   */
  async finish(): Promise<readonly ObservedViolation[]> {
    await Promise.all(this.#pending);
    if (this.#packs.length === 0) return [];
    const request = new analyzer.AnalyzeStackRequest().setResourcesList(
      this.#resources.all
        .filter(({ operation }) => operation !== "read")
        .map((resource) => analyzerResource(resource, this.#resources.providerOf(resource))),
    );
    for (const loading of this.#packs) {
      const pack = await loading;
      const response = await asked<AnalyzeResponse>(
        (answer) => pack.client.analyzeStack(request, answer),
        pack.gone,
      );
      for (const found of response.getDiagnosticsList()) {
        const isOurs = this.#resources.get(found.getUrn()) !== undefined;
        const urn = isOurs ? found.getUrn() : stackUrn(this.#resources.stack);
        this.#violations.push(violationOf(found, urn, pack));
      }
    }
    return this.#violations;
  }

  async #analyze(
    loading: Promise<Ready>,
    request: ReturnType<typeof analyzeRequest>,
    urn: string,
  ): Promise<void> {
    const pack = await loading;
    const response = await asked<AnalyzeResponse>(
      (answer) => pack.client.analyze(request, answer),
      pack.gone,
    );
    for (const found of response.getDiagnosticsList()) this.#violations.push(violationOf(found, urn, pack));
  }

  async #remediate({ client, gone, severities }: Ready, resource: RegisteredResource): Promise<void> {
    const request = analyzeRequest(resource, this.#resources.providerOf(resource), false);
    const response = await asked<RemediateResponse>((answer) => client.remediate(request, answer), gone);
    for (const remediation of response.getRemediationsList()) {
      const [guardrail, message] = [remediation.getPolicyname(), remediation.getDiagnostic()];
      if (message === "") resource.inputs = propertiesOf(remediation.getProperties());
      else {
        const severity = severities.get(guardrail);
        const rated = severity === undefined ? {} : { severity };
        this.#violations.push({ guardrail, urn: resource.urn, enforcement: "advisory", message, ...rated });
      }
    }
  }
}

async function prepare(
  { client: loading, gone }: Pick<PolicyPackProcess, "client" | "gone">,
  { resources: { stack }, configuration, settings, organization }: PolicyOptions,
): Promise<Ready> {
  const client = await loading;
  const about = new analyzer.AnalyzerStackConfigureRequest()
    .setStack(stack.stack)
    .setProject(stack.project)
    .setOrganization(organization)
    .setDryRun(true)
    .setConfigSecretKeysList([...configuration.secretKeys]);
  for (const [key, value] of configuration.values) about.getConfigMap().set(key, value);
  const [info] = await Promise.all([
    asked<AnalyzerInfo>((answer) => client.getAnalyzerInfo(new empty.Empty(), answer), gone),
    asked<AnalyzerStackConfigureResponse>((answer) => client.configureStack(about, answer), gone).catch(
      unlessMissing,
    ),
  ]);
  const configure = configureRequest(info, settings);
  if (info.getSupportsconfig()) {
    await asked<empty.Empty>((answer) => client.configure(configure, answer), gone);
  }
  const policies = info.getPoliciesList();
  const rated = policies.flatMap((policy) => {
    const severity = severityOf(policy.getSeverity());
    return severity === undefined ? [] : [[policy.getName(), severity] as const];
  });
  return {
    client,
    gone,
    severities: new Map(rated),
    remediates: [...configure.getPolicyconfigMap().entries()].some(
      ([, config]) => config.getEnforcementlevel() === analyzer.EnforcementLevel.REMEDIATE,
    ),
  };
}

/** Older packs need not be told of the stack. */
function unlessMissing(error: unknown): void {
  if ((error as { cause?: Partial<ServiceError> }).cause?.code !== status.UNIMPLEMENTED) throw error;
}

function violationOf(found: AnalyzeDiagnostic, urn: string, { severities }: Ready): ObservedViolation {
  const severity = severityOf(found.getSeverity()) ?? severities.get(found.getPolicyname());
  const isAdvice = found.getEnforcementlevel() === analyzer.EnforcementLevel.ADVISORY;
  return {
    guardrail: found.getPolicyname(),
    urn,
    enforcement: isAdvice ? "advisory" : "mandatory",
    message: found.getMessage(),
    ...(severity !== undefined && { severity }),
  };
}

function severityOf(severity: analyzer.PolicySeverity): Severity | undefined {
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

/** How long a pack that does not answer any more may take to end, in milliseconds. */
const PATIENCE = 1_000;

/**
 * Asks a pack, and says that it was the pack that failed when it does.
 *
 * @param gone rejected with what a pack that ended has to say of that
 */
async function asked<Response>(
  method: (answer: (error: ServiceError | null, response: Response) => void) => unknown,
  gone: Promise<never>,
): Promise<Response> {
  try {
    return await callRpc(method);
  } catch (cause) {
    const { code, details } = cause as Partial<ServiceError>;
    if (code === status.UNAVAILABLE)
      await Promise.race([gone, setTimeout(PATIENCE, undefined, { ref: false })]);
    throw new UserError(`The policy pack failed: ${details ?? thrownMessage(cause)}`, { cause });
  }
}
