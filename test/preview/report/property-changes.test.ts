import assert from "node:assert/strict";
import fc from "fast-check";
import { type Change, changesIn, type StepChanges } from "../../../preview/report/property-changes.ts";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
type Values = Readonly<Record<string, unknown>>;

/** The changes between two sets of inputs, where the engine names the properties at the top only. */
function changes(old: Values, after: Values, more: Partial<StepChanges> = {}): readonly Change[] {
  return changesIn({ old: { inputs: old }, new: { inputs: after }, ...more });
}

/** The only change of a property `a`. */
function change(old: unknown, after: unknown): Change {
  const [only, ...others] = changes({ a: old }, { a: after }, { diffs: ["a"] });
  assert.deepEqual(others, []);
  return only ?? assert.fail("nothing differs");
}

describe("A changed property", () => {
  it("shows its value before and after, or that there is none", () => {
    assert.deepEqual(changes({ a: 1, b: "left", c: true }, { a: 1, b: "right", d: ["x", 2] }), [
      { path: "b", old: '"left"', new: '"right"' },
      { path: "c", old: "true", new: null },
      { path: "d", old: null, new: '["x",2]' },
    ]);
  });

  it("shows the value under the path that the provider names", () => {
    const old = { spec: { ports: [{ port: 1 }], labels: { "a.b/c": "x" } } };
    const after = { spec: { ports: [{ port: 2 }], labels: { "a.b/c": "y" } } };
    const detailedDiff = {
      "spec.ports[0].port": { diffKind: "update" },
      'spec.labels["a.b/c"]': { diffKind: "update" },
    };
    assert.deepEqual(changes(old, after, { detailedDiff }), [
      { path: "spec.ports[0].port", old: "1", new: "2" },
      { path: 'spec.labels["a.b/c"]', old: '"x"', new: '"y"' },
    ]);
  });

  it("is compared with what the provider answered before, unless the provider compares inputs", () => {
    const old = { inputs: { size: 1 }, outputs: { size: 2 } };
    const step = (inputDiff: boolean) =>
      changesIn({
        old,
        new: { inputs: { size: 3 } },
        detailedDiff: { size: { diffKind: "update", inputDiff } },
      });
    assert.deepEqual(step(false), [{ path: "size", old: "2", new: "3" }]);
    assert.deepEqual(step(true), [{ path: "size", old: "1", new: "3" }]);
  });

  it("shows no secret and nothing within one, and says what is not known yet", () => {
    assert.deepEqual(change("[secret]", "[secret]"), { path: "a", old: "[secret]", new: "[secret]" });
    assert.deepEqual(change("x", UNKNOWN), { path: "a", old: '"x"', new: "[unknown]" });
    assert.deepEqual(change({ key: "[secret]" }, { key: UNKNOWN }), {
      path: "a",
      old: '{"key":"[secret]"}',
      new: '{"key":"[unknown]"}',
    });
    const detailedDiff = { "a.b": { diffKind: "update" } };
    assert.deepEqual(changes({ a: "[secret]" }, { a: UNKNOWN }, { detailedDiff }), [
      { path: "a.b", old: "[secret]", new: "[unknown]" },
    ]);
  });

  it("is shown without values where the path leads nowhere, and not at all where it is Pulumi's own", () => {
    const detailedDiff = { "a[": { diffKind: "update" }, __meta: { diffKind: "update" } };
    assert.deepEqual(changes({ a: 1, __meta: 1 }, { a: 2, __meta: 2 }, { detailedDiff }), [
      { path: "a[", old: null, new: null },
    ]);
  });

  it("shows of long values what differs", () => {
    const [before, after] = [
      `${"a".repeat(300)}left${"b".repeat(300)}`,
      `${"a".repeat(300)}right${"b".repeat(300)}`,
    ];
    const { old, new: shown } = change(before, after);
    assert.match(old ?? "", /^…a{20}left[^]{1,60}…$/);
    assert.match(shown ?? "", /^…a{20}right[^]{1,60}…$/);
    assert.deepEqual(change("a".repeat(300), `${"a".repeat(300)}b`), {
      path: "a",
      old: `…${"a".repeat(20)}"`,
      new: `…${"a".repeat(20)}b"`,
    });
  });

  it("takes one line, is short, and holds nothing that a terminal obeys, whatever the values are", () => {
    const value = fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), fc.jsonValue());
    fc.assert(
      fc.property(value, value, (before, after) => {
        const { old, new: shown } = change(before, after);
        for (const text of [old ?? "", shown ?? ""]) {
          assert.doesNotMatch(text, /[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
          assert.ok(Array.from(text).length <= 81, text);
        }
        if (JSON.stringify(before) !== JSON.stringify(after)) assert.notEqual(old, shown);
      }),
    );
  });
});
