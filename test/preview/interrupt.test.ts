import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { on, once } from "node:events";
import { existsSync, watch } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { toolchainOrSkip } from "../toolchain.ts";
import { command, inTemporaryDirectory, leftIn, loggedOut, processesWith } from "./support.ts";
import { skipWithout } from "../toolchain/skip.ts";

/** A preview that would not end by itself. */
interface Endless {
  readonly child: ChildProcess;
  readonly temporary: string;
  /** What the program, the policy pack and the engine say, line by line. */
  readonly lines: NodeJS.EventEmitter;
  readonly mark: string;
}

describe("An interrupted preview", function () {
  this.timeout(60_000);

  before(async function () {
    if (!existsSync("/proc/self/environ")) skipWithout(this, "/proc");
    await toolchainOrSkip(this);
  });

  /** Interrupts a preview at some moment, in the way of a terminal: every process of its group gets the signal. */
  async function interrupted(signal: NodeJS.Signals, moment: (preview: Endless) => Promise<unknown>) {
    return inTemporaryDirectory(async (dir) => {
      const temporary = join(dir, "tmp");
      await mkdir(temporary);
      const mark = randomUUID();
      const args = [command, "things", "--stack", "dev", "--verbose", "--config", "fault=never ends"];
      const env = { ...loggedOut(join(dir, "home")), TMPDIR: temporary, TEST_MARK: mark };
      const child = spawn(process.execPath, args, {
        env,
        detached: true,
        stdio: ["ignore", "ignore", "pipe"],
      });
      const lines = createInterface({ input: child.stderr });
      let last = "";
      lines.on("line", (line) => (last = line));
      const ended = once(child, "close") as Promise<[number | null]>;
      await moment({ child, temporary, lines, mark });
      process.kill(-(child.pid ?? assert.fail("it did not start")), signal);
      const [code] = await ended;
      return { code, last, files: await leftIn(temporary), processes: await processesWith(mark) };
    });
  }

  /** The program runs, and with it the engine, its plugins and the policy pack. */
  async function whileTheProgramRuns({ lines, mark }: Endless): Promise<void> {
    for await (const [line] of on(lines, "line") as AsyncIterable<[string]>)
      if (line === "the shelf waits") break;
    const running = await processesWith(mark);
    for (const part of ["pulumi\0preview", "pulumi-language-nodejs", "run-policy-pack"]) {
      assert.ok(
        running.some((one) => one.includes(part)),
        part,
      );
    }
  }

  /** The temporary directory has just been made. */
  async function atTheStart({ temporary }: Endless): Promise<void> {
    const watcher = watch(temporary);
    await once(watcher, "change");
    watcher.close();
  }

  const nothingLeft = { last: "Interrupted.", files: [], processes: [] };

  it("leaves no file and no process, and ends with 130", async () => {
    assert.deepEqual(await interrupted("SIGINT", whileTheProgramRuns), { code: 130, ...nothingLeft });
  });

  it("leaves nothing when it has hardly begun either", async () => {
    assert.deepEqual(await interrupted("SIGINT", atTheStart), { code: 130, ...nothingLeft });
  });

  it("ends likewise when it is told to terminate", async () => {
    assert.deepEqual(await interrupted("SIGTERM", whileTheProgramRuns), { code: 143, ...nothingLeft });
  });
});
