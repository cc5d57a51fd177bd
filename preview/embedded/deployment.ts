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

/** One preview without Pulumi's engine. */
export interface EmbeddedRun {
  readonly project: PulumiProject;
  /** The stack's name, without an organization. */
  readonly stack: string;
  readonly configuration: Configuration;
  /** Directories of policy packs. */
  readonly policyPacks: readonly string[];
  /** What the packs are configured with. */
  readonly policyPackConfig?: { readonly settings: PolicySettings } | undefined;
  readonly env: Environment;
  /** Ends the program and the packs. */
  readonly signal: AbortSignal;
  /** Told how many resources have been seen, whenever that grows. */
  readonly onProgress?: (resources: number) => void;
  /** Told everything that the program and the policy packs say, as they say it. */
  readonly onLog?: (text: string) => void;
}

/** Everything that a program registered, and what the packs say of it. */
export interface Deployment {
  /** In the order in which they were registered, default providers among them. */
  readonly resources: readonly RegisteredResource[];
  readonly violations: readonly ObservedViolation[];
  readonly warnings: readonly Warning[];
  /** Functions of providers that the program called, each once: nobody answered. */
  readonly unanswered: readonly string[];
}

/** The organization of every stack on a backend of one's own, as the engine calls it. */
const ORGANIZATION = "organization";

/**
 * Runs a program against a resource monitor of our own, and has policy packs judge what it registers.
 *
 * @throws UserError when the program or a pack does not get to its end.
 * @throws the signal's reason when it was aborted.
 *
 * No process is left either way.
 */
export async function deploy(run: EmbeddedRun): Promise<Deployment> {
  run.signal.throwIfAborted();
  const deployment = new Running(run);
  const interrupted = Promise.withResolvers<never>();
  interrupted.promise.catch(() => undefined);
  const interrupt = () => {
    interrupted.reject(run.signal.reason as Error);
  };
  run.signal.addEventListener("abort", interrupt);
  try {
    return await Promise.race([deployment.toEnd(), interrupted.promise]);
  } finally {
    run.signal.removeEventListener("abort", interrupt);
    await deployment.close();
  }
}

/** A deployment that is under way. */
class Running {
  readonly #run: EmbeddedRun;
  readonly #resources: Resources;
  readonly #log: LogService;
  readonly #unanswered = new Set<string>();
  readonly #refused = Promise.withResolvers<never>();
  readonly #packs: PolicyPackProcess[] = [];
  #started: Promise<[Analyzers, ProgramProcess]> | undefined;
  #monitor: Monitor | undefined;
  #service: GrpcService | undefined;
  #program: ProgramProcess | undefined;
  /** What the packs say of the stack as a whole, once the program says that it has nothing left to do. */
  #verdict: Promise<readonly ObservedViolation[]> | undefined;

  constructor(run: EmbeddedRun) {
    this.#run = run;
    this.#resources = new Resources({ project: run.project.name, stack: run.stack }, run.onProgress);
    this.#log = new LogService((text) => run.onLog?.(text));
    this.#refused.promise.catch(() => undefined);
  }

  async toEnd(): Promise<Deployment> {
    this.#started = this.#start();
    const [policies, program] = await this.#started;
    const packFails = policies.ready().then(() => new Promise<never>(() => undefined));
    const packEnds = this.#packs.map(({ gone }) => gone);
    this.#check(await Promise.race([program.ended, this.#refused.promise, packFails, ...packEnds]));
    return {
      violations: await (this.#verdict ?? policies.finish()),
      resources: this.#resources.all,
      warnings: this.#log.warnings,
      unanswered: [...this.#unanswered],
    };
  }

  /** Ends whatever runs, or was about to, and waits until it is gone. */
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
      onRegistered: (registered) => policies.judge(registered),
      onUnanswered: (token) => this.#unanswered.add(token),
      onWarning: (message, urn) => {
        this.#log.warn(message, urn);
      },
      onRefusal: (thrown) => {
        this.#refuse(thrown);
      },
      onShutdown: () => {
        // The program has nothing to add, though it takes its time to leave.
        this.#verdict = policies.finish();
        this.#verdict.catch(() => undefined);
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

  #refuse(thrown: unknown): void {
    if (thrown instanceof EngineError) {
      this.#log.error(thrown.message, thrown.urn);
      this.#refused.reject(new UserError(this.#log.errors.join("\n")));
    } else {
      this.#refused.reject(thrown instanceof Error ? thrown : new Error(thrownMessage(thrown)));
    }
  }

  /** @throws UserError when the program has not come to its end, or says that something is wrong. */
  #check({ code, signal, stderr }: Awaited<ProgramProcess["ended"]>): void {
    const { errors } = this.#log;
    if (errors.length > 0) throw new UserError(errors.join("\n"));
    if (code === 0 && this.#monitor?.isComplete === true) return;
    if (code === 0) {
      throw new UserError(
        "The program left before it had come to its end, with exit code 0. Does it call process.exit, or wait for something that never comes?",
      );
    }
    const how = signal === null ? `ended with exit code ${code ?? "none"}` : `was ended by ${signal}`;
    const why = code === ERROR_REPORTED || stderr === "" ? ", and gave no reason." : `:\n${stderr}`;
    throw new UserError(`The program ${how}${why}`);
  }
}
