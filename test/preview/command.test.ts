import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Report } from "../../preview/report/report.ts";
import { toolchainOrSkip } from "../toolchain.ts";
import { command, inTemporaryDirectory, leftIn, loggedOut, repository, run } from "./support.ts";

describe("npm run preview", function () {
  this.timeout(60_000);

  before(async function () {
    await toolchainOrSkip(this);
  });

  /** Runs the command for the fixture `things`, and asserts that it removes its temporary files. */
  function previewing(args: string[], more = {}) {
    return inTemporaryDirectory(async (dir) => {
      const temporary = join(dir, "tmp");
      await mkdir(temporary);
      const report = join(dir, "report.json");
      const env = { ...loggedOut(join(dir, "home")), TMPDIR: temporary, ...more };
      const ended = await run([command, "things", ...args, "--json", report], env);
      assert.deepEqual(await leftIn(temporary), []);
      const json = await readFile(report, "utf8").catch(() => undefined);
      return { ...ended, report: json === undefined ? undefined : (JSON.parse(json) as Report) };
    });
  }

  it("exits with 0 without violations, and writes the report to standard output and as JSON", async () => {
    const { code, stdout, stderr, report } = await previewing(["--stack", "dev"]);
    assert.equal(code, 0, stderr);
    assert.equal(stderr, "");
    assert.match(stdout, /^Preview of dev by Pulumi's engine, compared with no state \(not logged in/m);
    assert.match(stdout, /^Project first-project: 2 to create$/m);
    assert.match(stdout, /^Violations: 0 mandatory, 0 advisory\n$/m);
    assert.equal(report?.version, 2);
    assert.equal(report.totals.resources.create, 5);
  });

  it("exits with 1 for a mandatory violation, and prints the whole report", async () => {
    const { code, stdout, stderr, report } = await previewing([
      "--stack",
      "dev",
      "--config",
      "things.grows.size=20",
    ]);
    assert.equal(code, 1, stderr);
    assert.match(
      stdout,
      /^Mandatory, high: small\n  resource:    grows .*\n  reason:      size 20 is more than 10\n  remediation: 1\. Measure it\./m,
    );
    assert.match(stdout, /^Resources:  5 to create in 2 projects/m);
    assert.equal(report?.violations.length, 1);
  });

  it("exits with 0 when all violations are advisory", async () => {
    const { code, report } = await previewing(["--stack", "dev", "--config", "things.moves.place=right"]);
    assert.equal(code, 0);
    assert.equal(report?.totals.violations.advisory, 1);
  });

  it("exits with 2 and one message for invalid input or a missing tool", async () => {
    const rejects = async (args: string[], message: string, more = {}) => {
      const { code, stdout, stderr, report } = await previewing(args, more);
      assert.deepEqual(
        { code, stdout, stderr, report },
        { code: 2, stdout: "", stderr: `${message}\n`, report: undefined },
      );
    };
    await rejects(
      ["--stack", "dve"],
      "stack not found: dve. Did you mean dev? The stack files are: Pulumi.dev.yaml, Pulumi.locked.yaml.",
    );
    await rejects(
      ["--stack", "dev", "--config", "nothing.here=1"],
      `--config nothing.here: nothing does not exist in ${join("stacks", "Pulumi.dev.yaml")}.`,
    );
    await rejects(["--stack", "dev"], `PULUMI_TOOLCHAIN: ${repository} does not contain pulumi.`, {
      PULUMI_TOOLCHAIN: repository,
    });
    await rejects(["--stack", "dev", "--config", "fault=throws"], "the shelf is broken");
  });

  it("prints the output of the program and the engine with --verbose", async () => {
    const { code, stderr } = await previewing(["--stack", "dev", "--config", "fault=throws", "--verbose"]);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /failed with an unhandled exception:\nError: the shelf is broken\n    at .*things\/index\.ts/,
    );
  });

  it("colours its report only if colours are enabled", async () => {
    const { stdout } = await previewing(["--stack", "locked"], { NO_COLOR: undefined, FORCE_COLOR: "1" });
    assert.ok(stdout.includes("\u001b[1m"));
    assert.equal((await previewing(["--stack", "locked"])).stdout.includes("\u001b"), false);
  });
});
