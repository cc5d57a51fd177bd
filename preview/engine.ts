import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { EngineLog, parseEvent } from "./engine-events.ts";
import type { Observation } from "./observation.ts";
import { messageOf, Problem } from "./problem.ts";
import type { Environment } from "./toolchain.ts";

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
  /** Whether to read the real state of the world first. */
  readonly refresh: boolean;
  readonly env: Environment;
  /** Ends the engine and whatever it started. */
  readonly signal: AbortSignal;
  /** Told how many resources have been seen, whenever that grows. */
  readonly onProgress?: (resources: number) => void;
  /** Told everything that the program, the policy packs and the engine say, as they say it. */
  readonly onLog?: (text: string) => void;
}

/** How long the engine may take to wind up after an interrupt before it is told again, and then is killed. */
const PATIENCE = 5_000;

/**
 * Previews a stack by one call of the CLI, which streams the engine's events as lines of JSON. That is what the
 * Automation API does too, with several calls more.
 *
 * @throws Problem when the preview did not get to its end, with the reason in the program's or the engine's words.
 * @throws the signal's reason when it was aborted; no process is left then.
 */
export async function runEngine(run: EngineRun): Promise<Observation> {
  run.signal.throwIfAborted();
  const child = start(run);
  const stopListening = interruptOn(run.signal, child);
  try {
    const log = new EngineLog();
    const [exitCode, stderr] = await Promise.all([
      exitOf(child),
      text(child.stderr),
      readEvents(child, log, run),
    ]);
    run.signal.throwIfAborted();
    run.onLog?.(stderr);
    return log.result({ exitCode, stderr, policyPacks: run.policyPacks.length });
  } finally {
    stopListening();
  }
}

type Engine = ChildProcessByStdio<null, Readable, Readable>;

function start({ cli, root, stack, configFile, policyPacks, refresh, env }: EngineRun): Engine {
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
  for (const pack of policyPacks) args.push("--policy-pack", pack);
  return spawn(cli, args, {
    env: { ...env, PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true", PULUMI_SKIP_UPDATE_CHECK: "1" },
    // Out of the terminal's process group: Ctrl-C would reach it twice, which it takes for "at once, leave everything".
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
    throw new Problem(`The Pulumi CLI could not be started: ${messageOf(cause)}`, { cause });
  }
}

/** Interrupts the engine when the signal says so: it then stops its plugins, the program and the policy packs. */
function interruptOn(signal: AbortSignal, child: Engine): () => void {
  const timers: NodeJS.Timeout[] = [];
  const interrupt = () => {
    child.kill("SIGINT");
    timers.push(setTimeout(() => child.kill("SIGINT"), PATIENCE));
    timers.push(setTimeout(() => child.kill("SIGKILL"), PATIENCE * 1.5));
  };
  signal.addEventListener("abort", interrupt, { once: true });
  return () => {
    signal.removeEventListener("abort", interrupt);
    timers.forEach(clearTimeout);
  };
}
