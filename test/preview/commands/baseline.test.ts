import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { chooseBaseline, type StateSearch } from "../../../preview/commands/baseline.ts";
import type { Baseline } from "../../../preview/report/preview-mode.ts";
import { fixture, inTemporaryDirectory, write } from "../support.ts";

const project = { root: fixture("things"), name: "things", stacksDir: fixture("things") };

/** Chooses with a CLI that does what the script says; the CLI writes its arguments to `asked`. */
function choose(script: string, more: Partial<StateSearch> = {}, credentials?: string) {
  return inTemporaryDirectory(async (dir) => {
    const cli = join(dir, "pulumi");
    await write(cli, `#!/bin/sh\necho "$@" > ${join(dir, "asked")}\n${script}\n`, 0o755);
    if (credentials !== undefined) await write(join(dir, "credentials.json"), credentials);
    const search = {
      cli,
      project,
      stack: "dev",
      env: {},
      pulumiHome: dir,
      signal: new AbortController().signal,
    };
    const comparison = await chooseBaseline({ ...search, ...more });
    const asked = await readFile(join(dir, "asked"), "utf8").catch(() => undefined);
    return { comparison, asked };
  });
}

function nothing(because: string, remediation?: string): Baseline {
  return { kind: "nothing", because, ...(remediation !== undefined && { remediation }) };
}

const loggedOut = nothing("not logged in to a Pulumi backend", "pulumi login, then pulumi stack init dev");

const env = { PULUMI_BACKEND_URL: "s3://states", PATH: process.env.PATH };

describe("The state to compare with", () => {
  it("is nothing, without asking anybody, when the user is logged in nowhere", async () => {
    const { comparison, asked } = await choose("exit 0");
    assert.deepEqual(comparison, loggedOut);
    assert.equal(asked, undefined);
    const broken = await choose("exit 0", { env: { PULUMI_BACKEND_URL: "" } }, "{");
    assert.deepEqual(broken.comparison, loggedOut);
  });

  it("is the stack's in the backend that has it, which is asked by a command that creates nothing", async () => {
    const { comparison, asked } = await choose("exit 0", { env, stack: "acme/dev" });
    assert.deepEqual(comparison, { kind: "state", backend: "s3://states", stack: "acme/dev" });
    assert.equal(asked, `stack --show-name --non-interactive --stack acme/dev --cwd ${project.root}\n`);
  });

  it("is looked for in the backend of the environment, else of the project, else of the login", async () => {
    const backendOf = async (more: Partial<StateSearch>, credentials?: string) => {
      const { comparison } = await choose("exit 0", more, credentials);
      return comparison.kind === "state" ? comparison.backend : comparison.because;
    };
    const login = JSON.stringify({ current: "file://~" });
    const own = { ...project, backend: "gs://own" };
    const path = { PATH: process.env.PATH };
    assert.equal(await backendOf({ env, project: own }, login), "s3://states");
    assert.equal(await backendOf({ env: path, project: own }, login), "gs://own");
    assert.equal(await backendOf({ env: path }, login), "file://~");
    assert.equal(await backendOf({ env: { ...path, PULUMI_ACCESS_TOKEN: "t" } }), "https://api.pulumi.com");
    assert.equal(
      await backendOf({ env: path }, JSON.stringify({ current: "" })),
      "not logged in to a Pulumi backend",
    );
  });

  it("is nothing where the backend has no such stack, knows nobody, or cannot be asked", async () => {
    const because = async (script: string) => (await choose(script, { env })).comparison;
    assert.deepEqual(
      await because("exit 6"),
      nothing("s3://states has no stack dev", "pulumi stack init dev"),
    );
    assert.deepEqual(
      await because("exit 3"),
      nothing("not logged in to s3://states", "pulumi login s3://states"),
    );
    const said = "echo hint >&2; echo 'error: no route to s3://states' >&2; exit 1";
    assert.deepEqual(
      await because(said),
      nothing("s3://states could not be queried: no route to s3://states"),
    );
  });

  it("is nothing when the backend does not answer in time", async () => {
    const { comparison } = await choose("exec sleep 60", { env, timeout: 200 });
    assert.deepEqual(comparison, nothing("s3://states did not answer within 0.2 s"));
  });

  it("is told without the backend's password", async () => {
    const url = "postgres://me:pass@db.example/states?sslmode=require";
    const { comparison } = await choose(`echo "error: cannot open ${url}" >&2; exit 1`, {
      env: { ...env, PULUMI_BACKEND_URL: url },
    });
    const shown = "postgres://db.example/states";
    assert.deepEqual(comparison, nothing(`${shown} could not be queried: cannot open ${shown}`));
  });

  it("is no longer looked for after an interrupt", async () => {
    const interruption = new AbortController();
    const reason = new Error("stop");
    setImmediate(() => {
      interruption.abort(reason);
    });
    await assert.rejects(choose("exec sleep 60", { env, signal: interruption.signal }), reason);
  });
});
