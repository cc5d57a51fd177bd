import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Duplex, Readable } from "node:stream";
import { killSession } from "../engine/kill-session.ts";
import type { Environment } from "../toolchain/find-toolchain.ts";

/** How a process exited. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The arguments of a process. */
export interface ChildOptions {
  /** Arguments of Node, the script, which must load exit-with-parent.cjs first, and the script's arguments. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Environment;
  /** Called with what it writes to standard output and standard error. */
  readonly onText: (text: string, stream: "stdout" | "stderr") => void;
  /** Called with each line that it writes to file descriptor 3. */
  readonly onMessage?: (line: string) => void;
}

/** A Node.js process that exits with the preview, however the preview exits. */
export class Child {
  readonly #process: ChildProcess;
  readonly ended: Promise<ProcessEnd>;

  constructor({ args, cwd, env, onText, onMessage }: ChildOptions) {
    this.#process = spawn(process.execPath, args, {
      cwd,
      env,
      // A session of its own: its children can be found, and the terminal's Ctrl-C reaches it only through the preview.
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    this.ended = waitForEnd(this.#process);
    this.ended.catch(() => undefined);
    const [, stdout, stderr, channel] = this.#process.stdio as unknown as [null, Readable, Readable, Duplex];
    for (const [stream, name] of [
      [stdout, "stdout"],
      [stderr, "stderr"],
    ] as const) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        onText(text, name);
      });
    }
    channel.on("error", () => undefined); // it has exited
    eachLine(channel, onMessage ?? (() => undefined));
  }

  /** Kills it with everything that it started, and waits until it has exited. */
  async end(): Promise<void> {
    const { pid } = this.#process;
    if (pid === undefined) return;
    if (this.#process.exitCode === null && this.#process.signalCode === null) this.#process.kill("SIGKILL");
    await killSession(pid);
    await this.ended.catch(() => undefined);
  }
}

/** How long to wait for the rest of its output after it has exited, in milliseconds. */
const DRAIN_TIMEOUT = 1_000;

/** Waits until a process has exited and all its output has been read. */
async function waitForEnd(child: ChildProcess): Promise<ProcessEnd> {
  const closed = once(child, "close");
  closed.catch(() => undefined);
  const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
  // Its children may keep its pipes open: those in its session are killed, the pipes of others are closed after a while.
  if (child.pid !== undefined) await killSession(child.pid);
  const enough = setTimeout(() => {
    for (const stream of child.stdio) stream?.destroy();
  }, DRAIN_TIMEOUT);
  await closed;
  clearTimeout(enough);
  return { code, signal };
}

function eachLine(stream: Readable, take: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(line);
  });
}
