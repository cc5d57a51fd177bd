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

  /** Runs the command for the fixture `things`, and makes sure that it takes its temporary files away. */
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

  it("ends with 0 when all is well, with the report on its standard output and as JSON, and nothing else", async () => {
    const { code, stdout, stderr, report } = await previewing(["--stack", "dev"]);
    assert.equal(code, 0, stderr);
    assert.equal(stderr, "");
    assert.match(
      stdout,
      /^Preview of dev by Pulumi's engine, compared with nothing: a throwaway state \(not logged in/m,
    );
    assert.match(stdout, /^Project first-project: 2 to create$/m);
    assert.match(stdout, /^Violations: 0 mandatory, 0 advisory\n$/m);
    assert.equal(report?.version, 2);
    assert.equal(report.totals.resources.create, 5);
  });

  it("ends with 1 when a mandatory guardrail is not kept, and shows the whole report all the same", async () => {
    const { code, stdout, stderr, report } = await previewing([
      "--stack",
      "dev",
      "--config",
      "things.grows.size=20",
    ]);
    assert.equal(code, 1, stderr);
    assert.match(
      stdout,
      /^Mandatory, high: small\n  resource: grows .*\n  reason:   size 20 is more than 10\n  remedy:   1\. Measure it\./m,
    );
    assert.match(stdout, /^Resources:  5 to create in 2 projects/m);
    assert.equal(report?.violations.length, 1);
  });

  it("ends with 0 when only advice is not taken", async () => {
    const { code, report } = await previewing(["--stack", "dev", "--config", "things.moves.place=right"]);
    assert.equal(code, 0);
    assert.equal(report?.totals.violations.advisory, 1);
  });

  it("ends with 2 and one message when there is something to mend first", async () => {
    const refused = async (args: string[], message: string, more = {}) => {
      const { code, stdout, stderr, report } = await previewing(args, more);
      assert.deepEqual(
        { code, stdout, stderr, report },
        { code: 2, stdout: "", stderr: `${message}\n`, report: undefined },
      );
    };
    await refused(
      ["--stack", "dve"],
      'There is no stack "dve". Did you mean dev? The stack files are: Pulumi.dev.yaml, Pulumi.locked.yaml.',
    );
    await refused(
      ["--stack", "dev", "--config", "nothing.here=1"],
      `--config nothing.here: nothing is not there in ${join("stacks", "Pulumi.dev.yaml")}.`,
    );
    await refused(["--stack", "dev"], `PULUMI_TOOLCHAIN names ${repository}, which holds no pulumi.`, {
      PULUMI_TOOLCHAIN: repository,
    });
    await refused(["--stack", "dev", "--config", "fault=throws"], "the shelf is broken");
  });

  it("shows what the program and the engine say when it is asked to", async () => {
    const { code, stderr } = await previewing(["--stack", "dev", "--config", "fault=throws", "--verbose"]);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /failed with an unhandled exception:\nError: the shelf is broken\n    at .*things\/index\.ts/,
    );
  });

  it("colours its report where colours are wanted, and nowhere else", async () => {
    const { stdout } = await previewing(["--stack", "locked"], { NO_COLOR: undefined, FORCE_COLOR: "1" });
    assert.ok(stdout.includes("\u001b[1m"));
    assert.equal((await previewing(["--stack", "locked"])).stdout.includes("\u001b"), false);
  });
});
