import assert from "node:assert/strict";
import { join } from "node:path";
import { guardrails } from "../../../policy-pack/list.ts";
import { previewStack } from "../../../preview/commands/preview.ts";
import { render } from "../../../preview/report/render-terminal.ts";
import type { Report } from "../../../preview/report/report.ts";
import { validateStack } from "../../../preview/validate-stack.ts";
import { matchJsonSnapshot, matchSnapshot, normalized } from "../../snapshot.ts";
import { guardrails as small } from "../fixtures/pack/guardrails.ts";
import { fixture, inTemporaryDirectory, loggedOut, repository, write } from "../support.ts";

const snapshot = (name: string) => join(import.meta.dirname, "..", "snapshots", "policy-config", name);

/** Previews a stack against our pack, with a configuration of its own where one is given. */
function preview(root: string, stack: string, config?: string | object): Promise<Report> {
  return inTemporaryDirectory(async (home) => {
    const file = typeof config === "object" ? join(home, "policy.json") : config;
    if (typeof config === "object") await write(join(home, "policy.json"), JSON.stringify(config));
    const report = await previewStack({
      root,
      stack,
      env: loggedOut(home),
      pulumiHome: home,
      signal: new AbortController().signal,
      policyPacks: [join(repository, "policy-pack")],
      guardrails,
      because: "--embedded",
      ...(root === repository ? { validate: validateStack } : { allowMissingFile: true }),
      ...(file !== undefined && { policyPackConfigFile: file }),
    });
    return JSON.parse(JSON.stringify(report).replaceAll(home, "HOME")) as Report;
  });
}

const page = (report: Report) => normalized(render(report, (_, text) => text));

describe("A preview in embedded mode with a policy pack configuration", function () {
  this.timeout(60_000);
  const attack = (name: string) => join(repository, "test/policy-pack/attacks", name);
  const PROD = join(repository, "stacks/policy.prod.json");

  for (const name of ["fake-root", "own-attestor"]) {
    it(`stops the attack ${name} by what prod pins, and without pins says what was trusted`, async () => {
      const free = await preview(attack(name), "dev");
      assert.equal(free.totals.violations.mandatory, 0);
      assert.equal(free.policyPackConfig?.file, null);
      assert.ok(free.policyPackConfig.trusted.length > 0);
      matchSnapshot(snapshot(`${name}.txt`), page(free));
      const stopped = await preview(attack(name), "dev", PROD);
      assert.ok(stopped.violations.some(({ resource }) => resource === "miner"));
      assert.deepEqual(stopped.policyPackConfig?.trusted, []);
      matchSnapshot(snapshot(`${name}-pinned.txt`), page(stopped));
      matchJsonSnapshot(snapshot(`${name}-pinned.json`), stopped);
    });
  }

  for (const stack of ["prod", "prod-signing", "tutorial"]) {
    it(`uses the file of ${stack} by itself, which pins all that the stack declares`, async () => {
      const { policyPackConfig, violations, notes } = await preview(repository, stack);
      assert.deepEqual(policyPackConfig, {
        file: `stacks/policy.${stack}.json`,
        fixed: stack !== "tutorial",
        lowered: [],
        trusted: [],
      });
      assert.deepEqual([violations, notes.filter((note) => /trusted|lowers/i.test(note))], [[], []]);
    });
  }

  it("says for kind, which has no attestors and no file, what was trusted", async () => {
    const { policyPackConfig, notes, violations } = await preview(repository, "kind");
    assert.deepEqual(violations, []);
    matchJsonSnapshot(snapshot("kind.json"), {
      notes: notes.filter((note) => note.startsWith("Trusted")),
      policyPackConfig,
    });
  });

  it("says which enforcement levels are lowered, and lowers them", async () => {
    const report = await preview(attack("fake-root"), "dev", {
      all: "advisory",
      "image-attested": "disabled",
      trust: { unattestedImages: [] },
    });
    assert.deepEqual(report.totals.violations, { mandatory: 0, advisory: 1 });
    // The pack grows.
    matchSnapshot(snapshot("lowered.txt"), page(report).replace(/and \d+ more from/, "and N more from"));
  });

  it("does not lower them where the configuration fixes them, and stops", async () => {
    const report = await preview(attack("fake-root"), "dev", {
      "image-attested": "disabled",
      trust: { enforcementLevel: "disabled", enforcementLevels: "fixed", unattestedImages: [] },
    });
    assert.deepEqual(
      report.violations.map(({ guardrail, enforcement }) => [guardrail, enforcement]),
      [
        ["image-attested", "mandatory"],
        ["trust", "mandatory"],
        ["trust", "mandatory"],
      ],
    );
    matchSnapshot(snapshot("fixed.txt"), page(report));
  });

  it("shows what is exempted, by whom, why and until when, and expired and unused exemptions as violations", async () => {
    const exemption = {
      policy: "image-attested",
      urn: "urn:pulumi:dev::fake-root::kubernetes:apps/v1:Deployment::miner",
      owner: "platform team",
      reason: "replaced in the next release",
      expires: "2999-12-31",
    };
    const unused = { ...exemption, policy: "pod-hardened" };
    const expired = { ...exemption, policy: "no-basic-roles", expires: "2000-01-01" };
    const report = await preview(attack("fake-root"), "dev", {
      trust: { unattestedImages: [] },
      exemptions: { exempt: [exemption, unused, expired] },
    });
    const { owner, reason, expires } = exemption;
    assert.deepEqual(
      report.violations.map(({ guardrail, enforcement, exempted }) => [guardrail, enforcement, exempted]),
      [
        ["trust", "mandatory", undefined],
        ["exemptions", "mandatory", undefined],
        ["exemptions-used", "mandatory", undefined],
        ["image-attested", "advisory", { owner, reason, expires }],
      ],
    );
    assert.deepEqual(
      report.policyPackConfig?.exemptions?.map(({ called, expired: over }) => [called, over]),
      [
        ["exempt[0]", false],
        ["exempt[1]", false],
        ["exempt[2]", true],
      ],
    );
    matchSnapshot(snapshot("exempted.txt"), page(report));
  });

  it("says which guardrails are not selected, and does not evaluate them", async () => {
    const selection = { frameworks: ["CIS GKE Benchmark"] };
    const report = await preview(attack("fake-root"), "dev", { trust: {}, selection });
    assert.equal(report.policyPackConfig?.selection?.by, "frameworks CIS GKE Benchmark");
    assert.ok(report.policyPackConfig.selection.deselected.includes("no-basic-roles"));
    assert.ok(report.notes.some((note) => note.startsWith("Not evaluated, since ")));
    assert.deepEqual(report.violations, []);
  });

  it("configures another pack as well", async () => {
    await inTemporaryDirectory(async (home) => {
      const file = join(home, "policy.json");
      await write(file, '{ "small": "advisory" }');
      const { violations, notes } = await previewStack({
        root: fixture("things"),
        stack: "dev",
        env: loggedOut(home),
        pulumiHome: home,
        signal: new AbortController().signal,
        policyPacks: [fixture("pack")],
        guardrails: small,
        overrides: [{ path: ["things", "grows", "size"], value: 20 }],
        policyPackConfigFile: file,
      });
      assert.deepEqual(
        violations.map(({ guardrail, enforcement }) => [guardrail, enforcement]),
        [["small", "advisory"]],
      );
      assert.ok(notes.includes(`${file} lowers enforcement levels: small from mandatory to advisory.`));
    });
  });
});
