import assert from "node:assert/strict";
import fc from "fast-check";
import { stringify } from "yaml";
import { manifestsIn } from "../../../preview/embedded/decode-yaml.ts";

/** What a text is read as where a manifest has it as its data. */
function data(text: string): unknown {
  return manifestsIn(`apiVersion: v1\nkind: ConfigMap\ndata: ${text}`)[0]?.data;
}

describe("A text of Kubernetes manifests", () => {
  it("holds one for each document that has a kind and a version", () => {
    const text = `# nothing
---
apiVersion: v1
kind: A
---
kind: B
---
apiVersion: v1
kind: ""
---
{ "apiVersion": "v1", "kind": "C" }
...
`;
    assert.deepEqual(manifestsIn(text), [
      { apiVersion: "v1", kind: "A" },
      { apiVersion: "v1", kind: "C" },
    ]);
    assert.deepEqual(manifestsIn(""), []);
  });

  it("is read by YAML 1.1, with the types that JSON has", () => {
    const read = (texts: readonly string[]) => texts.map(data);
    assert.deepEqual(read(["yes", "off", "y", "~", "1_000", "1.50"]), [true, false, true, null, 1000, 1.5]);
    assert.deepEqual(read(["0644", "0o644", "0xff", "0b11"]), [420, 420, 255, 3]);
    assert.deepEqual(read(["2001-01-01", "12:30:45", "1:30.5"]), ["2001-01-01", "12:30:45", "1:30.5"]);
    assert.deepEqual(data("{ a: &a { b: 1 }, c: { <<: *a, d: 2 }, a: 3 }"), { a: 3, c: { b: 1, d: 2 } });
  });

  it("gives back whatever JSON was written into it", () => {
    // A name of two arrows merges what it names.
    const json = fc.json().filter((text) => !text.includes('"<<"'));
    fc.assert(
      fc.property(json, (text) => {
        const manifest = { apiVersion: "v1", kind: "A", data: JSON.parse(text) as unknown };
        assert.deepEqual(manifestsIn(JSON.stringify(manifest)), [manifest]);
        assert.deepEqual(manifestsIn(stringify(manifest, { version: "1.1" })), [manifest]);
      }),
    );
  });

  it("is refused when it is no YAML, or not of objects", () => {
    assert.throws(() => manifestsIn("a: ["), /^YAMLParseError: Flow sequence in block collection/);
    assert.throws(() => manifestsIn("a: *b"), /^ReferenceError: Unresolved alias .*: b$/);
    for (const text of ["- a", "text", "1"]) {
      assert.throws(() => manifestsIn(text), { message: "a manifest must be an object" });
    }
  });
});
