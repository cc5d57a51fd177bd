import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A process of its own that keeps processes and their directory. It ends when the channel to the process that started
 * it closes, which the system does however that process ended: by itself, by an error, by any signal. Then it kills
 * what it keeps, the last one first, waits for each, and removes the directory. Nothing in there is worth a gentle end.
 */

/** The supervisor's input. */
export type Order =
  | { readonly id: number; readonly to: "start"; readonly name: string; readonly command: readonly string[] }
  | { readonly id: number; readonly to: "kill"; readonly name: string };

/** What the supervisor tells. */
export type Report =
  | { readonly of: "directory"; readonly path: string }
  | { readonly of: "done"; readonly id: number }
  | { readonly of: "end"; readonly name: string; readonly how: string };

// Should the supervisor itself be killed, the system kills what it keeps, where setpriv knows how to ask for that.
const bound = ["setpriv", "--pdeathsig", "KILL"];
const prefix = spawnSync("setpriv", [...bound.slice(1), "true"]).status === 0 ? bound : [];

const directory = mkdtempSync(join(tmpdir(), "attested-fhir-processes-"));
/** In the order in which they were started. */
const kept = new Map<string, ChildProcess>();
let ending = false;

function tell(report: Report): void {
  // The other end may have exited: ignored.
  if (process.connected) process.send?.(report, undefined, undefined, () => undefined);
}

function start(name: string, command: readonly string[]): void {
  const [program = "", ...args] = [...prefix, ...command];
  const log = openSync(join(directory, `${name}.log`), "a");
  // What the user has set for programs of the same name must not reach them; etcd and kwok look at home, too.
  const env = { PATH: process.env.PATH, HOME: directory, TMPDIR: directory };
  const child = spawn(program, args, { cwd: directory, env, stdio: ["ignore", log, log] });
  closeSync(log);
  const gone = (how: string) => {
    kept.delete(name);
    tell({ of: "end", name, how });
  };
  child.once("error", (error) => {
    gone(error.message);
  });
  child.once("exit", (code, signal) => {
    gone(signal ?? `exit code ${String(code)}`);
  });
  if (child.pid !== undefined) kept.set(name, child);
}

async function kill(name: string): Promise<void> {
  const child = kept.get(name);
  if (child === undefined) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

async function obey(order: Order): Promise<void> {
  if (ending) return;
  if (order.to === "start") start(order.name, order.command);
  else await kill(order.name);
  tell({ of: "done", id: order.id });
}

async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  for (const name of [...kept.keys()].reverse()) await kill(name);
  // A killed process may have a child that still writes there.
  rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  process.exit(code);
}

process.on("message", (order: Order) => void obey(order));
process.on("disconnect", () => void end(0));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end(1));
process.on("uncaughtException", (error) => {
  console.error(error);
  void end(1);
});
tell({ of: "directory", path: directory });
