import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { command, inTemporaryDirectory, leftIn, loggedOut, processesWith, run } from "../support.ts";

const COME_TO_END =
  "The program exited with code 0 before it registered its stack outputs. Does it call process.exit, or await a promise that never settles?\n";

describe("In embedded mode, a program that", function () {
  this.timeout(60_000);

  /** Previews the program with a fault, and makes sure that it leaves neither a file nor a process. */
  function previewing(fault: string, ...more: string[]) {
    return inTemporaryDirectory(async (dir) => {
      const temporary = join(dir, "tmp");
      await mkdir(temporary);
      const mark = randomUUID();
      const env = { ...loggedOut(join(dir, "home")), TMPDIR: temporary, TEST_MARK: mark };
      const args = ["faults", "--stack", "dev", "--embedded", "--config", `fault=${fault}`, ...more];
      const ended = await run([command, ...args], env);
      assert.deepEqual(await leftIn(temporary), []);
      if (existsSync("/proc/self/environ")) assert.deepEqual(await processesWith(mark), []);
      return ended;
    });
  }

  async function refused(fault: string, message: string | RegExp): Promise<void> {
    const { code, stdout, stderr } = await previewing(fault);
    assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
    if (typeof message === "string") assert.equal(stderr, message);
    else assert.match(stderr, message);
  }

  it("throws is shown by its own words, with exit code 2", () => refused("throws", "the shelf is broken\n"));

  it("waits for an output that never comes is told which resource waits", () =>
    refused(
      "never resolves an input",
      /^The program exited with code 1:\nThe Pulumi runtime detected .*\n.*\n  \* "part" \[faults:index:Part\] was waiting for the value of its input property "value"\n/,
    ));

  it("leaves early is told so, by whatever exit code", async () => {
    await refused(
      "leaves with 0",
      /^The program exited with code 1:\nThe Pulumi runtime detected that \d+ promises/,
    );
    await refused("leaves with 3", "The program exited with code 3, without an error message.\n");
    await refused("leaves unseen", COME_TO_END);
    await refused("waits for what never comes", COME_TO_END);
    await refused("gives out what never comes", COME_TO_END);
    await refused("kills itself", "The program was killed by SIGKILL, without an error message.\n");
  });

  it("prints megabytes is previewed all the same, and its text is shown to who wants it", async () => {
    const { code, stdout, stderr } = await previewing("prints megabytes");
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    assert.match(stdout, /^Resources:  no changes$/m);
    const verbose = await previewing("prints megabytes", "--verbose");
    assert.equal(verbose.code, 0);
    // The two streams may break into each other's lines.
    assert.equal(verbose.stderr.replace(/[^x]/g, "").length, (8192 + 1024) * 1023);
  });

  it("leaves something running that holds its output open is previewed all the same", async () => {
    const { code, stderr } = await previewing("leaves a process running");
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  });

  it("declares a remote component is previewed, with a note that its content is not rendered", async () => {
    const { code, stdout } = await previewing("declares a remote component");
    assert.equal(code, 0);
    assert.match(
      stdout.replace(/\s+/g, " "),
      /Not rendered: kubernetes:helm\.sh\/v4:Chart "chart" \(only its provider can construct this remote component\)\./,
    );
  });

  it("asks for what only a provider could do is told what that is", async () => {
    await refused(
      "calls a method",
      "Embedded mode does not support the method gcp:kms/keyRing:KeyRing/rotate: only the provider of its resource can run it. Preview with the Pulumi CLI.\n",
    );
  });
});
