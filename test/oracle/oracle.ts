import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { BatchAnswer } from "../../packages/cilium-access/query/query-batch.ts";
import { type Version, VERSIONS } from "../../packages/cilium-access/options.ts";
import type { Batch } from "./batch.ts";
import { buildOracle } from "./build.ts";
import { skipWithout } from "../toolchain/skip.ts";

/** Cilium's policy engine of one release, in a process that answers one batch after the other. */
export class Oracle {
  readonly version: Version;
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  constructor(version: Version, program: string) {
    this.version = version;
    this.#child = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** What Cilium says. One question at a time. */
  async ask(batch: Batch): Promise<BatchAnswer> {
    this.#child.stdin.write(`${JSON.stringify(batch)}\n`);
    const line = await this.#lines.next();
    if (line.done === true) throw new Error(`The oracle of Cilium ${this.version} has ended.`);
    return JSON.parse(line.value) as BatchAnswer;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.stdin.end();
    await once(this.#child, "close");
  }
}

/** An oracle of each release; undefined where there is no Go to build them with. */
export async function startOracles(): Promise<Oracle[] | undefined> {
  const programs: [Version, string][] = [];
  for (const version of VERSIONS) {
    const program = await buildOracle(version);
    if (program === undefined) return undefined;
    programs.push([version, program]);
  }
  return programs.map(([version, program]) => new Oracle(version, program));
}

/**
 * The oracles, for a suite that needs them. Where there is no Go the suite is skipped and says so; in CI that is a
 * failure (test/toolchain/skippable.ts).
 */
export async function oraclesOrSkip(suite: Mocha.Context): Promise<Oracle[]> {
  suite.timeout(900_000); // The first time, both are built.
  const oracles = await startOracles();
  if (oracles !== undefined) return oracles;
  return skipWithout(suite, "go", "to build Cilium's policy engine");
}
