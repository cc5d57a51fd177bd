import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { runEmbedded } from "../../../preview/embedded/index.ts";
import { UserError } from "../../../preview/user-error.ts";
import { readProject } from "../../../preview/project/project.ts";
import { command, fixture, inTemporaryDirectory, leftIn, loggedOut, processesWith } from "../support.ts";
import { skipWithout } from "../../toolchain/skip.ts";

/** A preview that would not end by itself, with the program and the policy pack running. */
interface Endless {
  readonly child: ChildProcess;
  readonly mark: string;
}

/** Waits until every process with a mark has ended; a test that waits in vain runs out of time. */
async function gone(mark: string): Promise<string[]> {
  for (;;) {
    const left = await processesWith(mark);
    if (left.length === 0) return left;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("An interrupted preview in embedded mode", function () {
  this.timeout(60_000);

  before(function () {
    if (!existsSync("/proc/self/environ")) skipWithout(this, "/proc");
  });

  /** Starts a preview and ends it in some way while the program runs. */
  async function ended(end: (preview: Endless) => void) {
    return inTemporaryDirectory(async (dir) => {
      const temporary = join(dir, "tmp");
      await mkdir(temporary);
      const mark = randomUUID();
      const args = [
        command,
        "things",
        "--stack",
        "dev",
        "--embedded",
        "--verbose",
        "--config",
        "fault=never ends",
      ];
      const env = { ...loggedOut(join(dir, "home")), TMPDIR: temporary, TEST_MARK: mark };
      const child = spawn(process.execPath, args, {
        env,
        detached: true,
        stdio: ["ignore", "ignore", "pipe"],
      });
      const closed = once(child, "close") as Promise<[number | null]>;
      let last = "";
      for await (const line of createInterface({ input: child.stderr })) {
        last = line;
        if (line !== "the shelf waits") continue;
        const running = await processesWith(mark);
        for (const part of ["program-host.cjs", "pack-host.cjs"])
          assert.ok(
            running.some((one) => one.includes(part)),
            part,
          );
        end({ child, mark });
      }
      const [code] = await closed;
      return { code, last, files: await leftIn(temporary), processes: await gone(mark) };
    });
  }

  const toGroup = (signal: NodeJS.Signals) => (preview: Endless) => {
    process.kill(-(preview.child.pid ?? assert.fail("it did not start")), signal);
  };
  const nothingLeft = { last: "Interrupted.", files: [], processes: [] };

  it("leaves no file and no process, and ends with 130", async () => {
    assert.deepEqual(await ended(toGroup("SIGINT")), { code: 130, ...nothingLeft });
  });

  it("ends likewise when it is told to terminate, or its terminal is gone", async () => {
    assert.deepEqual(await ended(toGroup("SIGTERM")), { code: 143, ...nothingLeft });
    assert.deepEqual(await ended(toGroup("SIGHUP")), { code: 129, ...nothingLeft });
  });

  it("leaves no process when it is killed and can do nothing any more", async () => {
    const { code, processes } = await ended(({ child }) => child.kill("SIGKILL"));
    assert.deepEqual({ code, processes }, { code: null, processes: [] });
  });

  it("leaves no process either when that happens while it starts them", async () => {
    const project = await readProject(fixture("things"));
    for (let turns = 0; turns < 20; turns += 1) {
      const [mark, interruption] = [randomUUID(), new AbortController()];
      const running = runEmbedded({
        project,
        stack: "dev",
        configuration: { values: new Map([["things:things", "{}"]]), secretKeys: [] },
        policyPacks: [fixture("pack")],
        env: { ...process.env, TEST_MARK: mark },
        signal: interruption.signal,
      });
      const refused = assert.rejects(running, { message: "Interrupted." });
      for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      interruption.abort(new UserError("Interrupted."));
      await refused;
      assert.deepEqual(await processesWith(mark), []);
    }
  });
});
