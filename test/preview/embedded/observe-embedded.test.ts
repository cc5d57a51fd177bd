import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { parseOverride } from "../../../preview/project/config-path.ts";
import { previewStack } from "../../../preview/commands/preview.ts";
import type { PreviewOptions } from "../../../preview/preview-options.ts";
import { UserError } from "../../../preview/user-error.ts";
import type { Report } from "../../../preview/report/report.ts";
import { guardrails } from "../fixtures/pack/guardrails.ts";
import { fingerprint, fixture, inTemporaryDirectory, loggedOut, repository, write } from "../support.ts";

const NODE = "runtime: { name: nodejs, options: { typescript: false } }";

/** Previews the stack `dev` of a project without the engine, and makes sure that the project stays as it is. */
async function preview(root: string, more: Partial<PreviewOptions> = {}): Promise<Report> {
  return inTemporaryDirectory(async (home) => {
    const before = await fingerprint(root);
    try {
      return await previewStack({
        root,
        stack: "dev",
        env: loggedOut(home),
        pulumiHome: home,
        signal: new AbortController().signal,
        policyPacks: [fixture("pack")],
        guardrails,
        ...more,
      });
    } finally {
      assert.equal(await fingerprint(root), before);
    }
  });
}

function overriding(...overrides: string[]): Partial<PreviewOptions> {
  return { overrides: overrides.map(parseOverride) };
}

/** Lends a project of this one file, beside the SDK. */
function project<T>(yaml: string, program: string, use: (root: string) => Promise<T>): Promise<T> {
  return inTemporaryDirectory(async (root) => {
    await symlink(join(repository, "node_modules"), join(root, "node_modules"));
    await write(join(root, "Pulumi.yaml"), `name: made\n${yaml}\n`);
    await write(join(root, "Pulumi.dev.yaml"), "config: {}\n");
    await write(join(root, "package.json"), '{ "type": "module" }');
    await write(join(root, "index.ts"), program);
    return use(root);
  });
}

describe("A preview in embedded mode", function () {
  this.timeout(60_000);

  it("shows everything as new, by project, and says what it cannot know", async () => {
    const { mode, resources, violations, warnings, notes } = await preview(fixture("things"));
    assert.deepEqual(mode, {
      kind: "embedded",
      because: "no Pulumi CLI was found",
      comparedWith: { kind: "nothing", because: "embedded mode has no engine" },
      notKnown: [
        "the state, so every resource is to be created",
        "what providers validate, default or return",
      ],
    });
    assert.deepEqual(
      resources.map(({ name, kind, group, operation }) => [
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
    assert.deepEqual([violations, warnings], [[], []]);
    assert.deepEqual(notes, [
      `Secrets were not decrypted without the stack's own backend: each has the value "secret".`,
    ]);
  });

  it("shows every violation, with what the pack says of the guardrail, and the program's warnings", async () => {
    const report = await preview(
      fixture("things"),
      overriding("things.grows.size=20", "things.moves.place=right", "fault=warns"),
    );
    assert.deepEqual(
      report.violations.map(({ guardrail, enforcement, severity, resource, reason, remediation }) => [
        guardrail,
        enforcement,
        severity,
        resource,
        reason,
        remediation,
      ]),
      [
        ["small", "mandatory", "high", "grows", "size 20 is more than 10", ["Measure it.", "Shrink it."]],
        ["left", "advisory", "low", "moves", "it is on the right", ["Move it."]],
      ],
    );
    assert.deepEqual(
      report.warnings.map(({ message }) => message),
      ["the shelf is full"],
    );
  });

  it("does not judge by a guardrail what is not known yet, and says so", async () => {
    const { violations } = await preview(fixture("features"));
    const sealed = violations.filter(({ guardrail }) => guardrail === "sealed");
    assert.deepEqual(
      sealed.map(({ resource, enforcement, downgraded }) => [resource, enforcement, downgraded]),
      [
        ["detailed", "mandatory", false],
        ["sealed", "advisory", true],
        ["transformed too", "advisory", true],
      ],
    );
  });

  it("has a placeholder for each secret, and says so", async () => {
    const { notes, totals } = await preview(fixture("things"), { stack: "locked" });
    assert.deepEqual(notes, [
      `Secrets were not decrypted without the stack's own backend: each has the value "secret".`,
    ]);
    assert.equal(totals.resources.create, 1);
  });

  it("says which functions nobody answered, and what it could not look at", async () => {
    const program = `
      import { getProjectOutput } from "@pulumi/gcp/organizations/getProject.js";
      import { KeyRing } from "@pulumi/gcp/kms/keyRing.js";
      import { Provider } from "@pulumi/gcp/provider.js";
      const provider = new Provider("google");
      const { projectId } = getProjectOutput({}, { provider });
      new KeyRing("ring", { project: projectId, location: "l" }, { provider, import: "projects/p/locations/l/keyRings/r" });
    `;
    const { notes, resources } = await project(NODE, program, (root) => preview(root));
    assert.deepEqual(notes, [
      "Without providers the results of these functions are unknown: gcp:organizations/getProject:getProject.",
      "Without providers resources to import were not read: ring.",
    ]);
    assert.equal(resources.find(({ name }) => name === "ring")?.operation, "import");
  });

  it("has every part of a function's result unknown, and never makes a text of it", async () => {
    const reading = (use: string) => `
      import { getZones } from "@pulumi/gcp/compute/getZones.js";
      import { KeyRing } from "@pulumi/gcp/kms/keyRing.js";
      import { Provider } from "@pulumi/gcp/provider.js";
      import * as pulumi from "@pulumi/pulumi";
      const provider = new Provider("google");
      const zones = getZones({}, { provider });
      ${use}
    `;
    const sound = reading(`
      new KeyRing("directly", { location: zones.then(({ names }) => names[0]) }, { provider });
      const first = pulumi.output(zones).apply(({ names }) => { throw new Error("it is known"); });
      new KeyRing("as an output", { location: first }, { provider });
      new KeyRing("by its name", { location: pulumi.output(zones).names[0] }, { provider });
    `);
    await project(NODE, sound, async (root) => {
      const { resources } = await preview(root);
      assert.equal(resources.filter(({ kind }) => kind === "resource").length, 3);
    });
    for (const use of ["`${zone.names[0]}-a`", "[...zone.names]", "zone.names.length > 1"]) {
      const careless = reading(`const zone = await zones; ${use};`);
      await project(NODE, careless, (root) =>
        assert.rejects(
          preview(root),
          new UserError(
            "The result of gcp:compute/getZones:getZones is unknown in embedded mode, which has no providers, and this program requires it.",
          ),
        ),
      );
    }
  });

  it("is none when a policy pack does not load, or fails", async () => {
    const refused = (policyPacks: readonly string[], message: string | RegExp) =>
      assert.rejects(preview(fixture("things"), { policyPacks }), { name: "UserError", message });
    await refused([fixture("broken-pack")], "The policy pack failed to load: the list of guardrails is torn");
    await refused([fixture("no-pack")], /failed to load Pulumi policy project located at ".*no-pack"/);
    await inTemporaryDirectory(async (dir) => {
      const file = join(dir, "PulumiPolicy.yaml");
      await write(file, "runtime: python\n");
      await refused([dir], `Embedded mode supports only the runtime nodejs: ${file} has python.`);
      await write(file, "runtime: nodejs\nmain: gone.js\n");
      await refused([dir], `${file}: main: gone.js does not exist.`);
      await write(file, "runtime: nodejs\nmain: leaves.cjs\n");
      await symlink(join(repository, "node_modules"), join(dir, "node_modules"));
      await write(join(dir, "package.json"), '{ "name": "leaves", "version": "1.0.0" }');
      await write(join(dir, "leaves.cjs"), "process.exit(7);\n");
      await refused([dir], "The policy pack failed to load: it exited with code 7");
      const doing = (what: string) =>
        write(
          join(dir, "leaves.cjs"),
          `const { PolicyPack } = require("@pulumi/policy");
           const validateResource = () => { ${what}; };
           new PolicyPack("fails", { policies: [{ name: "fails", description: "It fails.", validateResource }] });`,
        );
      await doing('throw new Error("who knows")');
      await refused([dir], /^The policy pack failed: [^]*policy 'fails'[^]*who knows/);
      await doing("process.exit(7)");
      await refused([dir], "The policy pack failed: it exited with code 7");
      await doing('Promise.reject(new Error("nobody waits"))');
      await refused([dir], /^The policy pack failed: Error: nobody waits\n/);
    });
  });

  it("is none for a program that is not for Node.js, not there, or without its SDK", async () => {
    const refused = (yaml: string, message: string | RegExp) =>
      project(yaml, "", (root) => assert.rejects(preview(root), { name: "UserError", message }));
    await refused("runtime: yaml", "Embedded mode supports only the runtime nodejs: Pulumi.yaml has yaml.");
    await refused(`${NODE}\nmain: gone.ts`, "Pulumi.yaml: main: gone.ts does not exist.");
    await inTemporaryDirectory(async (root) => {
      await write(join(root, "Pulumi.yaml"), `name: made\n${NODE}\n`);
      await assert.rejects(
        preview(root, { allowMissingFile: true }),
        new UserError(`Cannot find the npm package @pulumi/pulumi from ${root}: run npm install first.`),
      );
    });
  });

  it("says in Pulumi's words what is wrong with the configuration", async () => {
    const refused = (config: string, message: string) =>
      project(`${NODE}\nconfig:\n${config}`, "", (root) =>
        assert.rejects(preview(root), new UserError(message)),
      );
    await refused("  a: { type: string }", "Stack 'dev' is missing configuration value 'a'");
    await refused(
      "  c: { type: string }\n  a: { type: string }\n  b: { type: integer }",
      "Stack 'dev' is missing configuration values 'a', 'b' and 'c'",
    );
  });

  it("runs programs that are no ES modules, TypeScript that has to be transpiled, and plain JavaScript", async () => {
    const typescript = `import * as pulumi from "@pulumi/pulumi";
      enum Kind { Big = "big" }
      new pulumi.ComponentResource("a:b:C", __dirname.endsWith("x") ? "x" : Kind.Big);
      const wrong: number = "no number";
      export = { wrong };`;
    await project("runtime: nodejs", typescript, async (root) => {
      await write(join(root, "package.json"), "{}");
      assert.deepEqual(
        (await preview(root)).resources.map(({ name }) => name),
        ["big", "made-dev"],
      );
    });
    const javascript = `new (require("@pulumi/pulumi").ComponentResource)("a:b:C", "plain");`;
    await project("runtime: nodejs\nmain: src", "", async (root) => {
      await write(join(root, "package.json"), "{}");
      await write(join(root, "src", "index.js"), javascript);
      assert.deepEqual(
        (await preview(root)).resources.map(({ name }) => name),
        ["made-dev", "plain"],
      );
    });
  });
});
