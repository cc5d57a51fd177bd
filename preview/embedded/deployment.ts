import engineService from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import monitorService from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import type { PolicySettings } from "@attested-fhir/policy-config";
import type { ObservedViolation, Warning } from "../report/observation.ts";
import { thrownMessage, UserError } from "../user-error.ts";
import type { PulumiProject } from "../project/project.ts";
import type { Environment } from "../toolchain/find-toolchain.ts";
import type { Configuration } from "./configuration.ts";
import { LogService } from "./log-service.ts";
import { Monitor } from "./monitor.ts";
import { PolicyPackProcess } from "./policy-pack-process.ts";
import { Analyzers } from "./analyzers.ts";
import { ERROR_REPORTED, type ProgramProcess, startProgram } from "./program-process.ts";
import { EngineError } from "./engine-error.ts";
import { type RegisteredResource, Resources } from "./resources.ts";
import { type GrpcService, serve } from "./grpc.ts";

/** The arguments of one preview without Pulumi's engine. */
export interface EmbeddedRun {
  readonly project: PulumiProject;
  /** The stack's name, without an organization. */
  readonly stack: string;
  readonly configuration: Configuration;
  /** Directories of policy packs. */
  readonly policyPacks: readonly string[];
  /** The configuration of the packs. */
  readonly policyPackConfig?: { readonly settings: PolicySettings } | undefined;
  readonly env: Environment;
  /** Stops the program and the packs. */
  readonly signal: AbortSignal;
  /** Called with the number of resources seen so far, whenever it grows. */
  readonly onProgress?: (resources: number) => void;
  /** Called with all output of the program and the policy packs, as it comes. */
  readonly onLog?: (text: string) => void;
}

/** Everything that a program registered, and the violations that the packs found. */
export interface Deployment {
  /** In the order of their registration; includes default providers. */
  readonly resources: readonly RegisteredResource[];
  readonly violations: readonly ObservedViolation[];
  readonly warnings: readonly Warning[];
  /** Tokens of the provider functions that the program called and that got no result, each once. */
  readonly unanswered: readonly string[];
}

/** The engine's name for the organization of every stack in a DIY backend. */
const ORGANIZATION = "organization";

/**
 * Runs a program against our own resource monitor, and evaluates policy packs for what it registers.
 *
 * @throws UserError if the program or a pack fails.
 * @throws the signal's reason if it was aborted.
 *
 * No process is left in any case.
 */
export async function deploy(run: EmbeddedRun): Promise<Deployment> {
  run.signal.throwIfAborted();
  const deployment = new RunningDeployment(run);
  const interrupted = Promise.withResolvers<never>();
  interrupted.promise.catch(() => undefined);
  const interrupt = () => {
    interrupted.reject(run.signal.reason as Error);
  };
  run.signal.addEventListener("abort", interrupt);
  try {
    return await Promise.race([deployment.run(), interrupted.promise]);
  } finally {
    run.signal.removeEventListener("abort", interrupt);
    await deployment.close();
  }
}

/** A deployment in progress. */
class RunningDeployment {
  readonly #run: EmbeddedRun;
  readonly #resources: Resources;
  readonly #log: LogService;
  readonly #unanswered = new Set<string>();
  readonly #failed = Promise.withResolvers<never>();
  readonly #packs: PolicyPackProcess[] = [];
  #started: Promise<[Analyzers, ProgramProcess]> | undefined;
  #monitor: Monitor | undefined;
  #service: GrpcService | undefined;
  #program: ProgramProcess | undefined;
  /** The violations of the whole stack, evaluated once the program signals that it is done. */
  #stackViolations: Promise<readonly ObservedViolation[]> | undefined;

  constructor(run: EmbeddedRun) {
    this.#run = run;
    this.#resources = new Resources({ project: run.project.name, stack: run.stack }, run.onProgress);
    this.#log = new LogService((text) => run.onLog?.(text));
    this.#failed.promise.catch(() => undefined);
  }

  async run(): Promise<Deployment> {
    this.#started = this.#start();
    const [policies, program] = await this.#started;
    const packFails = policies.ready().then(() => new Promise<never>(() => undefined));
    const packEnds = this.#packs.map(({ exited }) => exited);
    this.#check(await Promise.race([program.ended, this.#failed.promise, packFails, ...packEnds]));
    return {
      violations: await (this.#stackViolations ?? policies.finish()),
      resources: this.#resources.all,
      warnings: this.#log.warnings,
      unanswered: [...this.#unanswered],
    };
  }

  /** Stops everything that runs or is starting, and waits until it has exited. */
  async close(): Promise<void> {
    await this.#started?.catch(() => undefined);
    await Promise.all([this.#program?.child.end(), ...this.#packs.map((pack) => pack.end())]);
    this.#service?.close();
    this.#monitor?.close();
  }

  async #start(): Promise<[Analyzers, ProgramProcess]> {
    const policies = await this.#startPacks();
    this.#run.signal.throwIfAborted();
    return [policies, await this.#startProgram(policies)];
  }

  async #startPacks(): Promise<Analyzers> {
    const { configuration, policyPacks, env } = this.#run;
    const onLog = (text: string) => this.#run.onLog?.(text);
    const common = { stack: this.#resources.stack, organization: ORGANIZATION, configuration, env, onLog };
    for (const dir of policyPacks) this.#packs.push(await PolicyPackProcess.start({ ...common, dir }));
    return new Analyzers({
      packs: this.#packs,
      resources: this.#resources,
      configuration,
      settings: this.#run.policyPackConfig?.settings ?? new Map(),
      organization: ORGANIZATION,
    });
  }

  async #startProgram(policies: Analyzers): Promise<ProgramProcess> {
    const { project, configuration, env } = this.#run;
    this.#monitor = new Monitor({
      resources: this.#resources,
      configuration,
      organization: ORGANIZATION,
      onRegistered: (registered) => policies.analyzeResource(registered),
      onUnanswered: (token) => this.#unanswered.add(token),
      onWarning: (message, urn) => {
        this.#log.warn(message, urn);
      },
      onError: (thrown) => {
        this.#fail(thrown);
      },
      onShutdown: () => {
        // The program registers nothing more, though its process takes a while to exit.
        this.#stackViolations = policies.finish();
        this.#stackViolations.catch(() => undefined);
      },
    });
    this.#service = await serve([
      [monitorService.ResourceMonitorService, this.#monitor.service],
      [engineService.EngineService, this.#log.service],
    ]);
    this.#program = await startProgram({
      project,
      stack: this.#resources.stack,
      organization: ORGANIZATION,
      configuration,
      address: this.#service.address,
      env,
      onLog: (text) => this.#run.onLog?.(text),
    });
    return this.#program;
  }

  #fail(thrown: unknown): void {
    if (thrown instanceof EngineError) {
      this.#log.error(thrown.message, thrown.urn);
      this.#failed.reject(new UserError(this.#log.errors.join("\n")));
    } else {
      this.#failed.reject(thrown instanceof Error ? thrown : new Error(thrownMessage(thrown)));
    }
  }

  /** @throws UserError if the program logged an error, failed, or exited before it registered its stack outputs. */
  #check({ code, signal, stderr }: Awaited<ProgramProcess["ended"]>): void {
    const { errors } = this.#log;
    if (errors.length > 0) throw new UserError(errors.join("\n"));
    if (code === 0 && this.#monitor?.isComplete === true) return;
    if (code === 0) {
      throw new UserError(
        "The program exited with code 0 before it registered its stack outputs. Does it call process.exit, or await a promise that never settles?",
      );
    }
    const how = signal === null ? `exited with code ${code ?? "none"}` : `was killed by ${signal}`;
    const why = code === ERROR_REPORTED || stderr === "" ? ", without an error message." : `:\n${stderr}`;
    throw new UserError(`The program ${how}${why}`);
  }
}
