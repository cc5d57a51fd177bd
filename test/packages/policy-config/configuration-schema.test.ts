import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { z } from "zod";
import { settingsFaults } from "../../../packages/policy-config/configuration.ts";
import type { PolicySettings } from "../../../packages/policy-config/settings.ts";
import { configurationSchema } from "../../../packages/policy-config/configuration-schema.ts";
import { guardrails } from "../../../policy-pack/list.ts";

const STACKS = new URL("../../../stacks/", import.meta.url);
const schema = z.fromJSONSchema(configurationSchema(guardrails) as z.core.JSONSchema.JSONSchema);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, STACKS), "utf8")) as unknown;

/** A configuration as the pack gets it. */
function settings(file: Readonly<Record<string, object>>): PolicySettings {
  return new Map(Object.entries(file).map(([name, parameters]) => [name, { parameters: { ...parameters } }]));
}

describe("the schema of the pack's configuration", () => {
  it("is what npm run policy-schema writes", () => {
    assert.deepEqual(read("policy.schema.json"), configurationSchema(guardrails));
  });

  for (const file of ["policy.prod.json", "policy.prod-signing.json", "policy.tutorial.json"]) {
    it(`takes stacks/${file}, as the pack does`, () => {
      const content = read(file) as Record<string, object>;
      assert.ok(schema.safeParse(content).success);
      assert.deepEqual(settingsFaults(guardrails, settings(content)), []);
    });
  }

  it("takes enforcement levels, alone or in an object, and refuses others", () => {
    for (const good of [
      { all: "advisory" },
      { trust: { enforcementLevel: "mandatory", signers: [] } },
      { "no-basic-roles": { enforcementLevel: "disabled" } },
    ])
      assert.ok(schema.safeParse(good).success, JSON.stringify(good));
    for (const bad of [{ all: "off" }, { all: { signers: [] } }, { "image-attested": 1 }])
      assert.ok(!schema.safeParse(bad).success, JSON.stringify(bad));
  });

  it("takes what the pack takes, and refuses what the pack refuses", () => {
    const name = fc.constantFrom("trust", "image-attested", "all", "trus");
    const field = fc.constantFrom("attestors", "signers", "unattestedImages", "enforcementLevels", "signer");
    const attestor = fc.record(
      {
        name: fc.constantFrom("projects/p/attestors/a", "a"),
        note: fc.constantFrom("projects/p/notes/n", "n"),
        publicKeys: fc.array(fc.record({ id: fc.constantFrom("k", "") }), { maxLength: 2 }),
        notes: fc.constant("n"),
      },
      { requiredKeys: ["name"] },
    );
    const value = fc.oneof(
      fc.array(fc.oneof(attestor, fc.constantFrom("user:a@b.c", "a", "")), { maxLength: 2 }),
      fc.constantFrom("fixed", "free"),
    );
    const file = fc.dictionary(name, fc.dictionary(field, value, { maxKeys: 2 }), { maxKeys: 2 });
    fc.assert(
      fc.property(file, (content) => {
        const faults = settingsFaults(guardrails, settings(content));
        assert.equal(schema.safeParse(content).success, faults.length === 0, faults.join("\n"));
      }),
      { numRuns: 2_000 },
    );
  });
});
