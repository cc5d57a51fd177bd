import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { stringify } from "yaml";
import { makeThrowaway, type Throwaway } from "../../preview/throwaway.ts";
import type { Environment, Toolchain } from "../../preview/toolchain.ts";
import { REPOSITORY } from "../toolchain.ts";

/** The real engine and the real providers, run by their own CLI on a backend that is thrown away. */

const run = promisify(execFile);
const PROJECT = "attested-fhir";

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
  readonly code: number;
  readonly output: string;
}

/** One stack on a backend of its own. */
export class Engine {
  private readonly dir: string;
  private readonly stack: string;
  private readonly throwaway: Throwaway;
  private readonly tools: Toolchain;
  private readonly extra: Environment;
  /** The directory with Pulumi.yaml. */
  private project = REPOSITORY;

  private constructor(
    dir: string,
    stack: string,
    throwaway: Throwaway,
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
   * @param extra variables beside those of the throwaway backend
   */
  static async start(
    tools: Toolchain,
    stack: string,
    stackFile: string,
    extra: Environment = {},
  ): Promise<Engine> {
    const dir = await mkdtemp(join(tmpdir(), "attested-fhir-e2e-"));
    const throwaway = await makeThrowaway(dir, PROJECT, stack, tools, process.env);
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
   * @param extra variables beside those of the throwaway backend
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
    const { args, env } = this.invocation(command);
    try {
      const { stdout } = await run("pulumi", args, { env, maxBuffer: 1e8 });
      return { code: 0, output: stdout };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: unknown; stdout: string; stderr: string };
      if (typeof code !== "number") throw error;
      return { code, output: stdout + stderr };
    }
  }

  /**
   * Starts a command and does not wait for it.
   *
   * @param extra variables for it and for all that it starts
   */
  launch(extra: Environment, ...command: readonly string[]): ChildProcess {
    const { args, env } = this.invocation(command);
    return spawn("pulumi", args, { env: { ...env, ...extra }, stdio: "ignore" });
  }

  private invocation(command: readonly string[]): { args: string[]; env: NodeJS.ProcessEnv } {
    const [verb = ""] = command;
    const config = ["stack", "cancel"].includes(verb)
      ? []
      : ["--config-file", join(this.dir, `Pulumi.${this.stack}.yaml`)];
    const args = [...command, "--stack", this.stack, "--cwd", this.project, "--non-interactive", ...config];
    const path = [this.tools.binDir, dirname(process.execPath), process.env.PATH].join(delimiter);
    const own = { PULUMI_SKIP_UPDATE_CHECK: "1", PATH: path };
    return { args, env: { ...this.throwaway.env, ...own, ...this.extra } };
  }

  /** Throws backend and state away. */
  async stop(): Promise<void> {
    await this.throwaway.close();
    await rm(this.dir, { recursive: true, force: true });
  }
}
