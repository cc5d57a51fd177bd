import assert from "node:assert/strict";
import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { parseOverride } from "../../../preview/project/config-path.ts";
import { previewStack } from "../../../preview/commands/preview.ts";
import type { PreviewOptions, Validate } from "../../../preview/preview-options.ts";
import { UserError } from "../../../preview/user-error.ts";
import type { Report } from "../../../preview/report/report.ts";
import type { Toolchain } from "../../../preview/toolchain/find-toolchain.ts";
import { guardrails } from "../fixtures/pack/guardrails.ts";
import { toolchainOrSkip } from "../../toolchain.ts";
import { fingerprint, fixture, inTemporaryDirectory, loggedOut } from "../support.ts";

/** A toolchain that has these tools alone. */
async function limitedTo(tools: readonly string[], { binDir }: Toolchain, dir: string): Promise<Toolchain> {
  for (const tool of tools) await symlink(join(binDir, tool), join(dir, tool));
  return { source: "PATH", binDir: dir, pluginsDir: join(dir, "plugins") };
}

describe("A preview by the engine", function () {
  this.timeout(60_000);
  let toolchain: Toolchain;

  before(async function () {
    toolchain = await toolchainOrSkip(this);
  });

  /** Previews the stack `dev` of the fixture `things`, and makes sure that the fixture stays as it is. */
  async function preview(more: Partial<PreviewOptions> = {}, overrides: string[] = []): Promise<Report> {
    return inTemporaryDirectory(async (home) => {
      const root = more.root ?? fixture("things");
      const before = await fingerprint(root);
      try {
        return await previewStack({
          root,
          stack: "dev",
          toolchain,
          env: loggedOut(home),
          pulumiHome: home,
          signal: new AbortController().signal,
          policyPacks: [fixture("pack")],
          guardrails,
          overrides: overrides.map(parseOverride),
          ...more,
        });
      } finally {
        assert.equal(await fingerprint(root), before);
      }
    });
  }

  it("shows everything as new where there is no state, by project, and says so", async () => {
    const report = await preview();
    assert.deepEqual(report.mode, {
      kind: "engine",
      comparedWith: {
        kind: "nothing",
        because: "not logged in to a Pulumi backend",
        remediation: "pulumi login, then pulumi stack init dev",
      },
    });
    assert.deepEqual(
      report.resources.map(({ name, kind, group, operation }) => [
        name,
        kind,
        group.kind === "project" ? group.name : "",
        operation,
      ]),
      [
        ["grows", "resource", "first-project", "create"],
        ["moves", "resource", "first-project", "create"],
        ["goes", "resource", "second-project", "create"],
        ["kept", "resource", "second-project", "create"],
        ["stays", "resource", "second-project", "create"],
        ["shelf", "component", "", "create"],
        ["things-dev", "stack", "", "create"],
      ],
    );
    assert.deepEqual(report.violations, []);
    assert.deepEqual(report.warnings, []);
  });

  it("shows every violation, and the whole diff, when a mandatory guardrail is not kept", async () => {
    const report = await preview({}, ["things.grows.size=20", "things.moves.place=right", "fault=warns"]);
    assert.equal(report.totals.resources.create, 5);
    assert.deepEqual(
      report.violations.map(({ guardrail, enforcement, severity, resource, reason, remediation }) => ({
        guardrail,
        enforcement,
        severity,
        resource,
        reason,
        remediation,
      })),
      [
        {
          guardrail: "small",
          enforcement: "mandatory",
          severity: "high",
          resource: "grows",
          reason: "size 20 is more than 10",
          remediation: ["Measure it.", "Shrink it."],
        },
        {
          guardrail: "left",
          enforcement: "advisory",
          severity: "low",
          resource: "moves",
          reason: "it is on the right",
          remediation: ["Move it."],
        },
      ],
    );
    assert.deepEqual(
      report.warnings.map(({ message }) => message),
      ["the shelf is full"],
    );
  });

  it("leaves a stack file alone whose secrets are encrypted with a key that is out of reach", async () => {
    const file = await readFile(join(fixture("things"), "stacks", "Pulumi.locked.yaml"), "utf8");
    assert.match(file, /^secretsprovider: .*^encryptedkey: .*secure: /ms);
    const report = await preview({ stack: "locked" });
    assert.deepEqual(report.notes, [
      `Secrets were not decrypted without the stack's own backend: each has the value "secret".`,
    ]);
    assert.equal(report.totals.resources.create, 1);
  });

  it("says what the program says when it throws", async () => {
    await assert.rejects(preview({}, ["fault=throws"]), new UserError("the shelf is broken"));
  });

  it("is none when the policy pack fails to load, though the engine would go on", async () => {
    await assert.rejects(
      preview({ policyPacks: [fixture("broken-pack")] }),
      new UserError("The policy pack failed to load: the list of guardrails is torn"),
    );
    await assert.rejects(preview({ policyPacks: [fixture("no-pack")] }), {
      name: "UserError",
      message: /failed to load Pulumi policy project located at ".*no-pack"/,
    });
  });

  it("asks whether the configuration is right before anything is started", async () => {
    const asked: unknown[] = [];
    const validate: Validate = (...args) => {
      asked.push(args);
      return { error: "not like this" };
    };
    const nowhere = { ...toolchain, binDir: "/nowhere" };
    await assert.rejects(
      preview({ validate, toolchain: nowhere }, ["fault=1"]),
      new UserError("not like this"),
    );
    const [[file, values]] = asked as [[string, Record<string, unknown>]];
    assert.equal(file, join("stacks", "Pulumi.dev.yaml"));
    assert.deepEqual(Object.keys(values).sort(), ["fault", "password", "things"]);
    assert.equal(values.fault, 1);
  });

  it("fails with the system's error when the Pulumi CLI cannot be started", async () => {
    await inTemporaryDirectory(async (dir) => {
      const withoutCli = await limitedTo(["pulumi-language-nodejs"], toolchain, dir);
      await assert.rejects(preview({ toolchain: withoutCli }), {
        name: "UserError",
        message: /^The Pulumi CLI could not be started: spawn .*ENOENT$/,
      });
    });
  });

  it("says which plugin is missing, without looking for it in the network", async () => {
    await inTemporaryDirectory(async (dir) => {
      const bare = await limitedTo(["pulumi", "pulumi-language-nodejs"], toolchain, dir);
      await assert.rejects(
        preview({
          root: fixture("clouds"),
          toolchain: bare,
          env: { ...loggedOut(dir), PATH: "/usr/bin:/bin" },
        }),
        {
          name: "UserError",
          message:
            /^google: no resource plugin 'pulumi-resource-gcp' found in the workspace at version v[\d.]+ or on your \$PATH\nnpm run toolchain lists /,
        },
      );
    });
  });
});
