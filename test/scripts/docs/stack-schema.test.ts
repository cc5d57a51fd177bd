import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { CONFIG_NAMESPACE } from "../../../infra/config/parse-stack.ts";
import { stackSchema } from "../../../infra/config/schema/stack.ts";
import { STACK_NAMES } from "../../stack-names.ts";

const STACKS = new URL("../../../stacks/", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, STACKS), "utf8");

type Config = Record<string, unknown>;

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(read("stack.schema.json")) as object,
);

/** The errors that an editor shows for a stack file with this configuration. */
function errors(config: Config, others: Config = {}): string[] {
  validate({ config, ...others });
  return (validate.errors ?? []).map(({ instancePath, message = "" }) => `${instancePath} ${message}`);
}

function configOf(name: string): Config {
  return (parse(read(`Pulumi.${name}.yaml`)) as { config: Config }).config;
}

describe("stacks/stack.schema.json", () => {
  for (const name of STACK_NAMES) {
    it(`is the schema that stacks/Pulumi.${name}.yaml names for editors, and takes the file`, () => {
      const [first] = read(`Pulumi.${name}.yaml`).split("\n");
      assert.equal(first, "# yaml-language-server: $schema=./stack.schema.json");
      assert.deepEqual(errors(configOf(name)), []);
    });

    it(`takes stacks/Pulumi.${name}.yaml without the project's name before its keys`, () => {
      const entries = Object.entries(configOf(name));
      const prefix = `${CONFIG_NAMESPACE}:`;
      const short = entries.map(([key, value]) => [key.replace(prefix, ""), value]);
      assert.deepEqual(errors(Object.fromEntries(short) as Config), []);
    });
  }

  it("takes a truth value as pulumi config set writes it, the keys of Pulumi and of other namespaces", () => {
    const config = { layers: ["fhir"], denyAll: "true", "gcp:project": "elsewhere" };
    assert.deepEqual(errors(config, { secretsprovider: "gcpkms://k", encryptedkey: "k" }), []);
  });

  it("rejects unknown keys, wrong values and a stack without layers, at their place", () => {
    const layers = ["fhir"];
    const unknown = "must NOT have additional properties";
    assert.deepEqual(errors({ layers, "attested-fhir:bogus": 1 }), [`/config ${unknown}`]);
    assert.deepEqual(errors({ layers, bogus: 1 }), [`/config ${unknown}`]);
    assert.deepEqual(errors({ layers, signingKey: { keyRing: "r", key: "k", location: "us", ring: 1 } }), [
      `/config/signingKey ${unknown}`,
    ]);
    assert.match(errors({ layers: ["fihr"] }).join(), /^\/config\/layers\/0 must be equal to one of/);
    assert.match(errors({ layers, mllpAdapter: {} }).join(), /\/config\/mllpAdapter must have required/);
    assert.match(errors({ layers, denyAll: "maybe" }).join(), /^\/config\/denyAll must be equal to one of/);
    assert.match(errors({}).join(), /must have required property 'layers'/);
  });

  it("describes every key, and keeps nothing that only the documents need", () => {
    const text = read("stack.schema.json");
    const { definitions } = JSON.parse(text) as { definitions: Record<string, { description?: string }> };
    assert.deepEqual(Object.keys(definitions), Object.keys(stackSchema.shape));
    for (const [key, { description }] of Object.entries(definitions)) assert.ok(description, key);
    assert.doesNotMatch(text, /"shape"|"keys"|`/);
  });
});
