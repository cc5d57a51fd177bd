import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { EngineLog, parseEvent } from "./engine-events.ts";
import type { Observation } from "../report/observation.ts";
import { thrownMessage, UserError } from "../user-error.ts";
import { killSession } from "./kill-session.ts";
import type { Environment } from "../toolchain/find-toolchain.ts";

/** The arguments of one preview by Pulumi's engine. */
export interface EngineRun {
  /** The Pulumi CLI, an absolute path. */
  readonly cli: string;
  /** Directory of the Pulumi.yaml. */
  readonly root: string;
  /** The stack's name in the backend, where it must exist. */
  readonly stack: string;
  /** A copy of the stack file: the engine may write to it. */
  readonly configFile: string;
  /** Directories of policy packs. */
  readonly policyPacks: readonly string[];
  /** Their configuration file. */
  readonly policyPackConfig?: { readonly path: string } | undefined;
  /** Whether to refresh the state first. */
  readonly refresh: boolean;
  readonly env: Environment;
  /** Stops the engine and every process that it started. */
  readonly signal: AbortSignal;
  /** How long a shutdown may take, in milliseconds, before a second SIGINT and then SIGKILL. Defaults to 5 s. */
  readonly shutdownTimeout?: number;
  /** Called with the number of resources seen so far, whenever it grows. */
  readonly onProgress?: (resources: number) => void;
  /** Called with all output of the program, the policy packs and the engine, as it comes. */
  readonly onLog?: (text: string) => void;
}

const SHUTDOWN_TIMEOUT = 5_000;

/**
 * Previews a stack by one call of the CLI, which streams the engine's events as lines of JSON. The Automation API does
 * the same with several calls more.
 *
 * @throws UserError if the preview failed, with the message of the program or the engine.
 * @throws the signal's reason if it was aborted.
 *
 * No process is left in any case.
 */
export async function runEngine(run: EngineRun): Promise<Observation> {
  run.signal.throwIfAborted();
  const log = new EngineLog();
  const child = start(run);
  const end = waitForExit(child);
  const interrupt = () => {
    shutDown(child, run.shutdownTimeout ?? SHUTDOWN_TIMEOUT);
  };
  run.signal.addEventListener("abort", interrupt);
  try {
    const [exitCode, stderr] = await Promise.all([end, text(child.stderr), readEvents(child, log, run)]);
    run.signal.throwIfAborted();
    run.onLog?.(stderr);
    return log.result({ exitCode, stderr, policyPacks: run.policyPacks.length });
  } catch (error) {
    if (!run.signal.aborted) interrupt();
    await end.catch(() => undefined);
    run.signal.throwIfAborted();
    throw error;
  } finally {
    run.signal.removeEventListener("abort", interrupt);
    if (child.pid !== undefined) await killSession(child.pid);
  }
}

type Engine = ChildProcessByStdio<null, Readable, Readable>;

function start({
  cli,
  root,
  stack,
  configFile,
  policyPacks,
  policyPackConfig,
  refresh,
  env,
}: EngineRun): Engine {
  const args = [
    "preview",
    "--json",
    "--non-interactive",
    "--stack",
    stack,
    "--config-file",
    configFile,
    "--cwd",
    root,
  ];
  // A missing plugin fails clearly when the program uses it; searching for all of them takes time.
  args.push("--skip-plugin-pre-install");
  if (refresh) args.push("--refresh");
  for (const pack of policyPacks) {
    args.push("--policy-pack", pack);
    if (policyPackConfig !== undefined) args.push("--policy-pack-config", policyPackConfig.path);
  }
  return spawn(cli, args, {
    env: { ...env, PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true", PULUMI_SKIP_UPDATE_CHECK: "1" },
    // A session of its own: in the terminal's session, Ctrl-C would reach it twice, and a second one terminates at once.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function readEvents(child: Engine, log: EngineLog, { onProgress, onLog }: EngineRun): Promise<void> {
  let seen = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const event = parseEvent(line);
    if (event === undefined) {
      onLog?.(`${line}\n`);
      continue;
    }
    log.take(event);
    if (event.diagnosticEvent && event.diagnosticEvent.severity !== "debug")
      onLog?.(event.diagnosticEvent.message);
    if (log.resources > seen) onProgress?.((seen = log.resources));
  }
}

async function waitForExit(child: Engine): Promise<number | null> {
  try {
    const [code] = (await once(child, "close")) as [number | null];
    return code;
  } catch (cause) {
    throw new UserError(`The Pulumi CLI could not be started: ${thrownMessage(cause)}`, { cause });
  }
}

/** Interrupts the engine, which then stops its plugins, the program and the policy packs. */
function shutDown(child: Engine, shutdownTimeout: number): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.stdout.resume(); // an engine with a full pipe does not exit
  child.kill("SIGINT");
  const again = setTimeout(() => child.kill("SIGINT"), shutdownTimeout);
  const enough = setTimeout(() => child.kill("SIGKILL"), shutdownTimeout * 1.5);
  child.once("close", () => {
    clearTimeout(again);
    clearTimeout(enough);
  });
}
