import assert from "node:assert/strict";
import { createRequire, Module } from "node:module";
import fc from "fast-check";
import { DynamicProvider, providerText } from "../../../components/gcp/dynamic-provider.ts";
import { declared } from "../mocks.ts";

type Props = Record<string, unknown>;

interface Provider {
  create: (inputs: Props) => Promise<{ id: string; outs: Props }>;
  diff: (id: string, olds: Props, news: Props) => Promise<{ changes: boolean; replaces: string[] }>;
}

/** Evaluates the text of a provider as a CommonJS module without a file, as Pulumi's dynamic provider does. */
function evaluated(text: string): Provider {
  const module = new Module("") as Module & { _compile: (code: string, filename: string) => void };
  module._compile(text, "");
  return (module.exports as { handler: () => Provider }).handler();
}

const FIXTURE = "./test/components/gcp/fixture-operations.ts";

describe("the provider's text", () => {
  it("creates by the operation of the checkout that runs", async () => {
    const provider = evaluated(providerText(FIXTURE, "echo", []));
    assert.deepEqual(await provider.create({ keyVersion: "v" }), {
      id: "id-of-echo",
      outs: { keyVersion: "v", echoed: true },
    });
  });

  it("finds the operations of this project by the name that package.json gives them", async () => {
    const path = createRequire(`${process.cwd()}/`).resolve("#key-operations");
    assert.equal(path, new URL("../../../components/gcp/key-operations.ts", import.meta.url).pathname);
    const operations = (await import(path)) as Props;
    for (const operation of ["fetchPublicKey", "signPayload"]) {
      assert.equal(typeof operations[operation], "function");
    }
  });

  it("replaces the resource if and only if an input that makes another one has changed", async () => {
    const { diff } = evaluated(providerText(FIXTURE, "echo", ["a", "b"]));
    const props = fc.dictionary(
      fc.constantFrom("a", "b", "c", "__provider"),
      fc.constantFrom("x", "y", { z: [1] }).map((value) => structuredClone(value)),
    );
    await fc.assert(
      fc.asyncProperty(props, props, async (olds, news) => {
        const changed = ["a", "b"].filter((key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key]));
        assert.deepEqual(await diff("id", olds, news), { changes: changed.length > 0, replaces: changed });
      }),
    );
  });

  it("makes no diff of its own text, nor of the way to the key", async () => {
    const { diff } = evaluated(providerText("#key-operations", "signPayload", ["keyVersion", "payload"]));
    const olds = { keyVersion: "v", payload: "p", __provider: "old", endpoint: "a", serviceAccount: "b" };
    const news = { keyVersion: "v", payload: "p", __provider: "new" };
    assert.deepEqual(await diff("id", olds, news), { changes: false, replaces: [] });
  });

  it("quotes what it is given, whatever that is", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string(),
        fc.string(),
        fc.array(fc.string()),
        async (specifier, operation, keys) => {
          const { diff } = evaluated(providerText(specifier, operation, keys));
          assert.deepEqual(await diff("id", {}, {}), { changes: false, replaces: [] });
        },
      ),
    );
  });
});

describe("DynamicProvider", () => {
  it("is the provider of dynamic resources, declared by name", async () => {
    const { all } = await declared(
      ({ transformations }) => new DynamicProvider("dynamic", { transformations }),
    );
    const found = all.map(({ type, name }) => `${type} ${name}`).sort();
    assert.deepEqual(found, ["pulumi:providers:gcp given", "pulumi:providers:pulumi-nodejs dynamic"]);
  });
});
