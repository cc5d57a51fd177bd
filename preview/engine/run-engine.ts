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

/** One preview by Pulumi's engine. */
export interface EngineRun {
  /** The Pulumi CLI, an absolute path. */
  readonly cli: string;
  /** Directory of the Pulumi.yaml. */
  readonly root: string;
  /** The stack as the backend knows it; it has to exist there. */
  readonly stack: string;
  /** The stack file to use, which the engine may write to: a copy. */
  readonly configFile: string;
  /** Directories of policy packs. */
  readonly policyPacks: readonly string[];
  /** The file that they are configured by. */
  readonly policyPackConfig?: { readonly path: string } | undefined;
  /** Whether to read the real state of the world first. */
  readonly refresh: boolean;
  readonly env: Environment;
  /** Ends the engine and whatever it started. */
  readonly signal: AbortSignal;
  /** How long it may take to wind up, in milliseconds, before it is told again, and then is killed. Defaults to 5 s. */
  readonly patience?: number;
  /** Told how many resources have been seen, whenever that grows. */
  readonly onProgress?: (resources: number) => void;
  /** Told everything that the program, the policy packs and the engine say, as they say it. */
  readonly onLog?: (text: string) => void;
}

const PATIENCE = 5_000;

/**
 * Previews a stack by one call of the CLI, which streams the engine's events as lines of JSON. That is what the
 * Automation API does too, with several calls more.
 *
 * @throws UserError when the preview did not get to its end, with the reason in the program's or the engine's words.
 * @throws the signal's reason when it was aborted.
 *
 * No process is left either way.
 */
export async function runEngine(run: EngineRun): Promise<Observation> {
  run.signal.throwIfAborted();
  const log = new EngineLog();
  const child = start(run);
  const end = exitOf(child);
  const interrupt = () => {
    windUp(child, run.patience ?? PATIENCE);
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
  // What a missing plugin means is clear enough when the program asks for it; looking for them all takes time.
  args.push("--skip-plugin-pre-install");
  if (refresh) args.push("--refresh");
  for (const pack of policyPacks) {
    args.push("--policy-pack", pack);
    if (policyPackConfig !== undefined) args.push("--policy-pack-config", policyPackConfig.path);
  }
  return spawn(cli, args, {
    env: { ...env, PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true", PULUMI_SKIP_UPDATE_CHECK: "1" },
    // A session of its own: in the terminal's, Ctrl-C would reach it twice, which it takes for "at once, leave all".
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

async function exitOf(child: Engine): Promise<number | null> {
  try {
    const [code] = (await once(child, "close")) as [number | null];
    return code;
  } catch (cause) {
    throw new UserError(`The Pulumi CLI could not be started: ${thrownMessage(cause)}`, { cause });
  }
}

/** Has the engine end, which then stops its plugins, the program and the policy packs. */
function windUp(child: Engine, patience: number): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.stdout.resume(); // an engine that nobody listens to does not end
  child.kill("SIGINT");
  const again = setTimeout(() => child.kill("SIGINT"), patience);
  const enough = setTimeout(() => child.kill("SIGKILL"), patience * 1.5);
  child.once("close", () => {
    clearTimeout(again);
    clearTimeout(enough);
  });
}
