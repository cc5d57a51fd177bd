import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, rm, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { parseOverride } from "../../preview/project/config-path.ts";
import { previewStack } from "../../preview/commands/preview.ts";
import { UserError } from "../../preview/user-error.ts";
import type { Report } from "../../preview/report/report.ts";
import type { Environment, Toolchain } from "../../preview/toolchain/find-toolchain.ts";
import { toolchainOrSkip } from "../toolchain.ts";
import { fingerprint, fixture, loggedOut, write } from "./support.ts";

const execute = promisify(execFile);
const stackFile = join(fixture("things"), "stacks", "Pulumi.dev.yaml");

describe("A preview of a stack that exists", function () {
  this.timeout(120_000);
  let toolchain: Toolchain;
  let dir: string;
  let env: Environment;

  before(async function () {
    dir = await mkdtemp(join(tmpdir(), "attested-fhir-test-"));
    toolchain = await toolchainOrSkip(this);
    await mkdir(join(dir, "state"));
    env = {
      ...loggedOut(join(dir, "home")),
      PATH: [toolchain.binDir, dirname(process.execPath), process.env.PATH].join(delimiter),
      PULUMI_BACKEND_URL: `file://${join(dir, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "",
      PULUMI_SKIP_UPDATE_CHECK: "1",
    };
    await bringUp();
  });

  after(() => rm(dir, { recursive: true, force: true }));

  /** Makes the stack with Pulumi's own commands; what they write into the stack file goes to a copy. */
  async function bringUp(): Promise<void> {
    const copy = join(dir, "Pulumi.dev.yaml");
    await copyFile(stackFile, copy);
    await write(join(dir, "bare", "Pulumi.yaml"), "name: things\nruntime: nodejs\n");
    const cli = join(toolchain.binDir, "pulumi");
    await execute(cli, ["stack", "init", "dev", "--cwd", join(dir, "bare")], { env });
    const up = [
      "up",
      "--yes",
      "--stack",
      "dev",
      "--config-file",
      copy,
      "--cwd",
      fixture("things"),
      "--skip-plugin-pre-install",
    ];
    await execute(cli, up, { env });
  }

  function preview(overrides: string[] = [], more = {}): Promise<Report> {
    return previewStack({
      root: fixture("things"),
      stack: "dev",
      toolchain,
      env,
      pulumiHome: join(dir, "home"),
      overrides: overrides.map(parseOverride),
      signal: new AbortController().signal,
      ...more,
    });
  }

  function changes({ resources }: Report): unknown[] {
    return resources
      .filter(({ kind }) => kind === "resource")
      .map(({ name, operation, changed, replacedFor, retained }) => [
        name,
        operation,
        changed,
        replacedFor,
        retained,
      ]);
  }

  const whatIf = [
    "things.grows.size=2",
    "things.moves.place=right",
    "things.goes.absent=true",
    "things.kept.absent=true",
  ];

  it("compares with its state", async () => {
    const report = await preview(whatIf);
    const backend = `file://${join(dir, "state")}`;
    assert.deepEqual(report.mode.comparedWith, { kind: "state", backend, stack: "dev" });
    assert.deepEqual(report.notes, []);
    assert.deepEqual(changes(report), [
      ["grows", "update", ["size"], [], false],
      ["moves", "replace", ["place"], ["place"], false],
      ["goes", "delete", [], [], false],
      ["kept", "delete", [], [], true],
      ["stays", "same", [], [], false],
    ]);
  });

  it("leaves the state and the stack file as they were, where Pulumi's own commands take keys out of it", async () => {
    const before = [await fingerprint(join(dir, "state")), await fingerprint(fixture("things"))];
    await preview(whatIf);
    assert.deepEqual([await fingerprint(join(dir, "state")), await fingerprint(fixture("things"))], before);
    assert.match(await readFile(stackFile, "utf8"), /^secretsprovider: .*\nencryptedkey: /m);
    assert.doesNotMatch(await readFile(join(dir, "Pulumi.dev.yaml"), "utf8"), /secretsprovider|encryptedkey/);
  });

  it("looks at the world first when it is asked to", async () => {
    assert.equal((await preview([], { refresh: true })).totals.resources.same, 5);
  });

  it("compares with nothing when it is asked to", async () => {
    const report = await preview([], { noState: true });
    assert.deepEqual(report.mode.comparedWith, { kind: "nothing", because: "--no-state" });
    assert.equal(report.totals.resources.create, 5);
  });

  it("compares with nothing for a stack that the backend does not have, and does not make it", async () => {
    const before = await fingerprint(join(dir, "state"));
    const report = await preview([], { stack: "locked" });
    const because = `file://${join(dir, "state")} has no stack locked`;
    const remediation = "pulumi stack init locked";
    assert.deepEqual(report.mode.comparedWith, { kind: "nothing", because, remediation });
    assert.equal(await fingerprint(join(dir, "state")), before);
  });

  it("says what is missing when its secrets cannot be read", async () => {
    await assert.rejects(
      preview([], { env: { ...env, PULUMI_CONFIG_PASSPHRASE: "wrong" } }),
      (error) => error instanceof UserError && error.message.endsWith("incorrect passphrase"),
    );
  });
});
