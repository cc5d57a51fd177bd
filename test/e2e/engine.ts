import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { stringify } from "yaml";
import { killSession } from "../../preview/engine/kill-session.ts";
import { createEphemeralBackend, type EphemeralBackend } from "../../preview/engine/ephemeral-backend.ts";
import type { Environment, Toolchain } from "../../preview/toolchain/find-toolchain.ts";
import { REPOSITORY } from "../toolchain.ts";

/** The real engine and the real providers, run by their own CLI on a backend that is thrown away. */

const PROJECT = "attested-fhir";

/** The commands that read a stack file. */
const CONFIGURED: ReadonlySet<string> = new Set(["preview", "up", "refresh", "destroy"]);

/** A resource as the engine keeps it. */
export interface State {
  readonly urn: string;
  readonly type: string;
  readonly parent?: string;
  /** URN and id of the provider, `URN::ID`. */
  readonly provider?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** URNs of the resources that this one is made from. */
  readonly dependencies?: readonly string[];
}

/** How a command of the CLI ended. */
export interface Outcome {
  /** Exit code; null where a signal ended it. */
  readonly code: number | null;
  readonly output: string;
}

/** A command that runs. */
export interface RunningCommand {
  /** How it ends; resolves once nothing that it started is left. */
  readonly outcome: Promise<Outcome>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** One stack on a backend of its own. */
export class Engine {
  private readonly dir: string;
  private readonly stack: string;
  private readonly throwaway: EphemeralBackend;
  private readonly tools: Toolchain;
  private readonly extra: Environment;
  /** The directory of the program's Pulumi.yaml. */
  private project = REPOSITORY;

  private constructor(
    dir: string,
    stack: string,
    throwaway: EphemeralBackend,
    tools: Toolchain,
    extra: Environment,
  ) {
    this.dir = dir;
    this.stack = stack;
    this.throwaway = throwaway;
    this.tools = tools;
    this.extra = extra;
  }

  /**
   * Starts with an empty state.
   *
   * @param stackFile the text of the stack file
   * @param extra variables in addition to those of the ephemeral backend
   */
  static async start(
    tools: Toolchain,
    stack: string,
    stackFile: string,
    extra: Environment = {},
  ): Promise<Engine> {
    const dir = await mkdtemp(join(tmpdir(), "attested-fhir-e2e-"));
    const throwaway = await createEphemeralBackend(dir, PROJECT, stack, tools, process.env);
    const engine = new Engine(dir, stack, throwaway, tools, extra);
    await engine.configure(stackFile);
    return engine;
  }

  /** Starts with an empty state and a stack of this repository. */
  static async startWith(tools: Toolchain, stack: string): Promise<Engine> {
    return Engine.start(
      tools,
      stack,
      await readFile(join(REPOSITORY, `stacks/Pulumi.${stack}.yaml`), "utf8"),
    );
  }

  /**
   * Starts with an empty state and one of `test/e2e/programs` instead of this repository's program.
   *
   * @param program its file
   * @param extra variables in addition to those of the ephemeral backend
   */
  static async startProgram(tools: Toolchain, program: string, extra: Environment): Promise<Engine> {
    const engine = await Engine.start(tools, "program", stringify({ config: {} }), extra);
    const project = {
      name: PROJECT,
      main: join(import.meta.dirname, "programs", program),
      runtime: { name: "nodejs", options: { typescript: false } },
      config: { "pulumi:disable-default-providers": { value: ["*"] } },
    };
    await writeFile(join(engine.dir, "Pulumi.yaml"), stringify(project));
    engine.project = engine.dir;
    return engine;
  }

  /** Puts another stack file in force. */
  async configure(stackFile: string): Promise<void> {
    await writeFile(join(this.dir, `Pulumi.${this.stack}.yaml`), stackFile);
  }

  /** What a preview would make of each resource, in the engine's order. */
  async planned(): Promise<State[]> {
    const { code, output } = await this.pulumi("preview", "--json");
    if (code !== 0) throw new Error(output);
    const { steps } = JSON.parse(output.slice(output.indexOf("{"))) as { steps: { newState: State }[] };
    return steps.map(({ newState }) => newState);
  }

  /** What the state holds. */
  async resources(): Promise<State[]> {
    const { output } = await this.pulumi("stack", "export");
    // No deployment before the first up.
    const { deployment } = JSON.parse(output) as { deployment: { resources?: State[] } | null };
    return deployment?.resources ?? [];
  }

  /** Runs a command of the CLI on the stack; whatever it prints is its output. */
  async pulumi(...command: readonly string[]): Promise<Outcome> {
    return this.begin(...command).outcome;
  }

  /** Starts a command of the CLI on the stack. */
  begin(...command: readonly string[]): RunningCommand {
    const config = CONFIGURED.has(command[0] ?? "")
      ? ["--config-file", join(this.dir, `Pulumi.${this.stack}.yaml`)]
      : [];
    const args = [...command, "--stack", this.stack, "--cwd", this.project, "--non-interactive", ...config];
    const path = [this.tools.binDir, dirname(process.execPath), process.env.PATH].join(delimiter);
    const env = { ...this.throwaway.env, PULUMI_SKIP_UPDATE_CHECK: "1", PATH: path, ...this.extra };
    // A session of its own, so that whatever the engine started can be ended with it.
    const child = spawn("pulumi", args, { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    return { outcome: outcomeOf(child), kill: (signal) => child.kill(signal) };
  }

  /** Throws backend and state away. */
  async stop(): Promise<void> {
    await this.throwaway.close();
    await rm(this.dir, { recursive: true, force: true });
  }
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

async function outcomeOf(child: Child): Promise<Outcome> {
  // Not "close": a plugin that outlives the engine keeps the pipes open.
  const exit = once(child, "exit") as Promise<[number | null]>;
  const printed = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await exit;
  if (child.pid !== undefined) await killSession(child.pid);
  const [stdout, stderr] = await printed;
  return { code, output: code === 0 ? stdout : stdout + stderr };
}
