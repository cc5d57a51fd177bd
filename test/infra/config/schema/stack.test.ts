import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { CONFIG_NAMESPACE } from "../../../../infra/config/parse-stack.ts";
import { stackSchema } from "../../../../infra/config/schema/stack.ts";
import { parsed, stack } from "../../stacks.ts";

interface Declared {
  readonly default?: unknown;
  readonly value?: unknown;
}

const { name, config } = parse(readFileSync(new URL("../../../../Pulumi.yaml", import.meta.url), "utf8")) as {
  name: string;
  config: Record<string, Declared>;
};
const own = Object.fromEntries(Object.entries(config).filter(([key]) => !key.includes(":")));

describe("Pulumi.yaml", () => {
  it("declares exactly the keys of the schema", () => {
    assert.equal(name, CONFIG_NAMESPACE);
    assert.deepEqual(Object.keys(own), Object.keys(stackSchema.shape));
  });

  it("gives every key a default that counts as not given", () => {
    const defaults = Object.fromEntries(Object.entries(own).map(([key, { default: value }]) => [key, value]));
    assert.ok(Object.values(defaults).every((value) => value !== undefined));
    const tutorial = stack("tutorial");
    assert.deepEqual(parsed({ ...defaults, ...tutorial }), parsed(tutorial));
    const data = { ...defaults, layers: ["signing"] };
    assert.throws(() => parsed(data), { message: messageWithout({ layers: ["signing"] }) });
  });

  it("disables every default provider", () => {
    assert.deepEqual(config["pulumi:disable-default-providers"]?.value, ["*"]);
  });
});

function messageWithout(data: Record<string, unknown>): string {
  try {
    parsed(data);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the stack passed");
}
