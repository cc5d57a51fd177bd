import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Order, Report } from "./supervisor.ts";

const LAST_LINES = 15;

type Waiting = ReturnType<typeof Promise.withResolvers<undefined>>;
/** An order without its number. `Omit` on the union would forget which fields belong together. */
type Unnumbered = { [Order_ in Order as Order_["to"]]: Omit<Order_, "id"> }[Order["to"]];

/**
 * Processes that end when this one ends, in whatever way, and a temporary directory that goes with them. Each writes
 * its log there and runs in there.
 *
 * It does not keep this process alive: what was forgotten to be stopped is stopped at the end.
 */
export class Supervision {
  /** Absolute path of the temporary directory. */
  readonly directory: string;
  /** The supervisor's process id. */
  readonly pid: number;
  private readonly supervisor: ChildProcess;
  private readonly end = new AbortController();
  private readonly meantToEnd = new Set<string>();
  private readonly orders = new Map<number, Waiting>();
  private orderCount = 0;
  private stopping = false;

  private constructor(supervisor: ChildProcess, directory: string) {
    this.supervisor = supervisor;
    this.pid = supervisor.pid ?? 0;
    this.directory = directory;
    supervisor.on("message", (report: Report) => {
      this.hear(report);
    });
    supervisor.once("exit", () => {
      this.over();
    });
  }

  static async begin(): Promise<Supervision> {
    const supervisor = fork(join(import.meta.dirname, "supervisor.ts"), {
      // A process group of its own: an interrupt from the keyboard is for us alone.
      detached: true,
      execArgv: [],
      // A reader of our stderr until its end has also waited for the supervisor's.
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const first = await Promise.race([once(supervisor, "message"), once(supervisor, "exit")]);
    const report = first[0] as Report | number | null;
    if (typeof report !== "object" || report?.of !== "directory")
      throw new Error("The supervisor did not start.");
    const supervision = new Supervision(supervisor, report.path);
    supervision.holdThisProcess(false);
    return supervision;
  }

  /** Aborted as soon as something ends that was not meant to, and by `stop`. The reason says what and why. */
  get ended(): AbortSignal {
    return this.end.signal;
  }

  /** Starts a process under a name that no running one has. Resolves when it runs; what it does then is seen by its log. */
  async start(name: string, command: readonly string[]): Promise<void> {
    this.meantToEnd.delete(name);
    await this.order({ to: "start", name, command });
  }

  /** Kills a process the hard way and waits until it is gone. Does nothing where it does not run. */
  async kill(name: string): Promise<void> {
    this.meantToEnd.add(name);
    await this.order({ to: "kill", name });
  }

  /** All that a process has written so far. */
  log(name: string): Promise<string> {
    return readFile(this.logFile(name), "utf8");
  }

  /** Ends everything. Resolves when all processes and the directory are gone. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.end.abort(new Error("Everything was stopped."));
    if (this.supervisor.exitCode !== null || this.supervisor.signalCode !== null) return;
    const gone = once(this.supervisor, "exit");
    this.supervisor.ref();
    if (this.supervisor.connected) this.supervisor.disconnect();
    await gone;
  }

  private order(order: Unnumbered): Promise<undefined> {
    this.ended.throwIfAborted();
    const id = ++this.orderCount;
    const waiting = Promise.withResolvers<undefined>();
    this.orders.set(id, waiting);
    this.holdThisProcess(true);
    this.supervisor.send({ ...order, id });
    return waiting.promise;
  }

  private hear(report: Report): void {
    if (report.of === "done") {
      this.orders.get(report.id)?.resolve(undefined);
      this.orders.delete(report.id);
      if (this.orders.size === 0 && !this.stopping) this.holdThisProcess(false);
    } else if (report.of === "end" && !this.meantToEnd.has(report.name)) {
      this.fail(`${report.name} has ended: ${report.how}. Its last lines:\n${this.lastLines(report.name)}`);
    }
  }

  private over(): void {
    if (!this.stopping) this.fail("The supervisor has ended.");
    for (const { reject } of this.orders.values()) reject(this.ended.reason);
    // Where it was killed, this is left to us; the processes may need a moment to die.
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }

  private fail(message: string): void {
    this.end.abort(new Error(message));
  }

  private lastLines(name: string): string {
    return readFileSync(this.logFile(name), "utf8").trimEnd().split("\n").slice(-LAST_LINES).join("\n");
  }

  private logFile(name: string): string {
    return join(this.directory, `${name}.log`);
  }

  private holdThisProcess(hold: boolean): void {
    if (hold) {
      this.supervisor.ref();
      this.supervisor.channel?.ref();
    } else {
      this.supervisor.unref();
      this.supervisor.channel?.unref();
    }
  }
}
