import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Duplex, Readable } from "node:stream";
import { killSession } from "../engine/kill-session.ts";
import type { Environment } from "../toolchain/find-toolchain.ts";

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What a process is started with. */
export interface ChildOptions {
  /** For Node, then the script, which has to load leash.cjs first, and what is for it. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Environment;
  /** Told what it writes to its standard output and its standard error. */
  readonly onText: (text: string, stream: "stdout" | "stderr") => void;
  /** Told each line that it writes to the preview. */
  readonly onMessage?: (line: string) => void;
}

/** A process of this very Node that ends when the preview does, however that ends. */
export class Child {
  readonly #process: ChildProcess;
  readonly ended: Promise<ProcessEnd>;

  constructor({ args, cwd, env, onText, onMessage }: ChildOptions) {
    this.#process = spawn(process.execPath, args, {
      cwd,
      env,
      // A session of its own: what it starts can then be found, and the terminal's Ctrl-C reaches it through the preview.
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    this.ended = endOf(this.#process);
    this.ended.catch(() => undefined);
    const [, stdout, stderr, leash] = this.#process.stdio as unknown as [null, Readable, Readable, Duplex];
    for (const [stream, name] of [
      [stdout, "stdout"],
      [stderr, "stderr"],
    ] as const) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        onText(text, name);
      });
    }
    leash.on("error", () => undefined); // it has ended
    eachLine(leash, onMessage ?? (() => undefined));
  }

  /** Ends it with everything that it started, and waits until it is gone. */
  async end(): Promise<void> {
    const { pid } = this.#process;
    if (pid === undefined) return;
    if (this.#process.exitCode === null && this.#process.signalCode === null) this.#process.kill("SIGKILL");
    await killSession(pid);
    await this.ended.catch(() => undefined);
  }
}

/** How long to wait for the last of its text, in milliseconds, once it has ended. */
const PATIENCE = 1_000;

/** Waits until a process has ended and everything that it wrote has been read. */
async function endOf(child: ChildProcess): Promise<ProcessEnd> {
  const closed = once(child, "close");
  closed.catch(() => undefined);
  const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
  // What it started may hold its pipes open for ever: in its session, that is ended with it, and beyond it, not listened to.
  if (child.pid !== undefined) await killSession(child.pid);
  const enough = setTimeout(() => {
    for (const stream of child.stdio) stream?.destroy();
  }, PATIENCE);
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
