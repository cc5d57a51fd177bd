import assert from "node:assert/strict";
import { join } from "node:path";
import { guardrails } from "../../../policy-pack/list.ts";
import {
  policyPackNotes,
  policyPackReport,
  readPolicyPackConfig,
} from "../../../preview/project/policy-config.ts";
import { UserError } from "../../../preview/user-error.ts";
import type { PulumiProject } from "../../../preview/project/project.ts";
import { allCreated } from "../observations.ts";
import { root } from "../../policy-pack/resources.ts";
import { inTemporaryDirectory, write } from "../support.ts";

const NOW = new Date("2026-06-15T12:00:00Z");

/** Reads the configuration of the stack `dev` in a project that has these files. */
function read(files: Readonly<Record<string, string>>, given?: string, stack = "dev") {
  return inTemporaryDirectory(async (dir) => {
    for (const [name, text] of Object.entries(files)) await write(join(dir, name), text);
    const project: PulumiProject = {
      root: dir,
      name: "project",
      stacksDir: join(dir, "stacks"),
      runtime: { name: "nodejs", options: {} },
      config: {},
    };
    return readPolicyPackConfig(project, stack, given && join(dir, given), guardrails, NOW);
  });
}

const OWN = "stacks/policy.dev.json";
const PINNED = '{ "trust": { "signers": ["user:signer@example.com"] } }';

/** What is wrong with the text of a configuration. */
async function problem(text: string): Promise<string> {
  const found = await read({ [OWN]: text }).then(
    () => assert.fail("it was taken"),
    (error: unknown) => error,
  );
  assert.ok(found instanceof UserError);
  return found.message;
}

describe("The policy pack's configuration", () => {
  it("is the stack's own file next to its stack file, where there is one", async () => {
    assert.equal(await read({}), undefined);
    assert.equal(await read({ [OWN]: PINNED }, undefined, "other"), undefined);
    for (const stack of ["dev", "organization/dev"]) {
      const config = await read({ [OWN]: PINNED }, undefined, stack);
      assert.deepEqual(config?.configuration.trust, { signers: ["user:signer@example.com"] });
      assert.deepEqual(config.configuration.lowered, []);
      assert.equal(config.name, OWN);
    }
  });

  it("is the file that the user names instead, which has to exist", async () => {
    const config = await read({ [OWN]: PINNED, "other.json": "{}" }, "other.json");
    assert.deepEqual(config?.configuration.trust, {});
    await assert.rejects(
      read({ [OWN]: PINNED }, "missing.json"),
      /configuration .*missing\.json cannot be read: ENOENT/,
    );
  });

  it("may be empty, as Pulumi takes it", async () => {
    assert.deepEqual((await read({ [OWN]: " \n" }))?.settings, new Map());
  });

  it("is refused with every fault and its place, and with the nearest name", async () => {
    assert.equal(
      await problem(
        '{ "trus": {}, "no-basic-roles": { "roles": [] }, "trust": { "signer": [], "attestors": [{}] } }',
      ),
      [
        `The policy pack's configuration ${OWN} is invalid:`,
        "  trus: there is no such policy. Did you mean trust?",
        "  no-basic-roles: it has no parameter roles, only enforcementLevel",
        "  trust: attestors[0].name: Invalid input: expected string, received undefined",
        "  trust: attestors[0].publicKeys: Invalid input: expected array, received undefined",
        "  trust: signer: there is no such field. Did you mean signers?",
      ].join("\n"),
    );
  });

  it("is refused where a value is neither an enforcement level nor an object, and where it is not JSON", async () => {
    const wanted =
      "is neither an enforcement level (disabled, advisory, mandatory, remediate) nor an object with an enforcementLevel or parameters";
    assert.equal(
      await problem('{ "all": "off", "image-attested": 1, "trust": { "enforcementLevel": "warn" } }'),
      [
        `The policy pack's configuration ${OWN} is invalid:`,
        ...["all", "image-attested", "trust"].map((policy) => `  ${policy}: ${wanted}`),
      ].join("\n"),
    );
    assert.match(
      await problem("{"),
      /^The policy pack's configuration stacks\/policy\.dev\.json cannot be read: /,
    );
    assert.match(await problem("[]"), /it is not an object with the names of policies/);
    assert.match(await problem('{ "__proto__": "disabled" }'), /__proto__: there is no such policy/);
  });
});

describe("What a report tells of the policy pack's configuration", () => {
  const resources = allCreated([root({ signer: "user:signer@example.com" })]);
  const notes = async (text?: string) => {
    const config = await read(text === undefined ? {} : { [OWN]: text });
    return policyPackNotes(policyPackReport(config, resources));
  };

  it("is what was trusted for want of a pin, in one sentence", async () => {
    const trusted =
      "Trusted as the program declares it, pinned by no policy pack configuration: signers user:signer@example.com.";
    assert.deepEqual(await notes(), [trusted]);
    assert.deepEqual(await notes('{ "trust": { "attestors": [] } }'), [trusted]);
  });

  it("is nothing where all of it is pinned", async () => {
    assert.deepEqual(await notes(PINNED), []);
  });

  it("is each enforcement level that the file lowers, in one sentence", async () => {
    const lowering = (levels: object) =>
      notes(JSON.stringify({ ...levels, ...(JSON.parse(PINNED) as object) }));
    assert.deepEqual(
      await lowering({ "image-attested": "advisory", "no-basic-roles": { enforcementLevel: "disabled" } }),
      [
        `${OWN} lowers enforcement levels: image-attested from mandatory to advisory; no-basic-roles from mandatory to disabled.`,
      ],
    );
    const [all = ""] = await lowering({ all: "advisory" });
    assert.match(
      all,
      /: trust, declaration-present, attestors-pinned, .* and \d+ more from mandatory to advisory\.$/,
    );
  });

  it("is each policy that the file does not select, and by what, in one sentence", async () => {
    const selecting = { selection: { minimumSeverity: "high" }, ...(JSON.parse(PINNED) as object) };
    const [selected = "", ...others] = await notes(JSON.stringify(selecting));
    assert.match(
      selected,
      /^Not evaluated, .* selects by minimumSeverity high: .*hl7v2-store-rejects-duplicates/,
    );
    assert.deepEqual(others, []);
    const { selection } = policyPackReport(await read({ [OWN]: JSON.stringify(selecting) }), resources);
    assert.equal(selection?.by, "minimumSeverity high");
  });

  it("is nothing where the file raises a level, or repeats the pack's", async () => {
    const text = { all: "mandatory", "no-basic-roles": "remediate", ...(JSON.parse(PINNED) as object) };
    assert.deepEqual(await notes(JSON.stringify(text)), []);
  });
});
