import assert from "node:assert/strict";
import fc from "fast-check";
import { at, entries, items, said, UNKNOWN, type Value } from "../../../packages/stack-model/value.ts";

describe("a property of a resource", () => {
  it("is found by its path, and is unknown as soon as a step of it is", () => {
    const value: Value = { a: { b: [1], u: UNKNOWN, n: null } };
    assert.deepEqual(at(value, "a", "b"), [1]);
    assert.equal(at(value, "a", "u"), UNKNOWN);
    assert.equal(at(value, "a", "u", "deeper"), UNKNOWN);
    assert.equal(at(value, "a", "n"), undefined);
    assert.equal(at(value, "a", "b", "c"), undefined);
    assert.equal(at(value, "a", "toString"), undefined);
    assert.equal(at(undefined, "a"), undefined);
  });

  it("gives an unknown item for an unknown list, so that a check of every item sees it", () => {
    assert.deepEqual(items(UNKNOWN), [UNKNOWN]);
    assert.deepEqual(items([1, UNKNOWN]), [1, UNKNOWN]);
    assert.deepEqual(items("one"), ["one"]);
    assert.deepEqual([...items(undefined), ...items(null)], []);
    assert.deepEqual(entries(UNKNOWN), [["?", UNKNOWN]]);
    assert.deepEqual(entries({ a: 1 }), [["a", 1]]);
    assert.deepEqual(entries("a"), []);
  });

  it("is never printed when it is an object or a list, which may hold a secret", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9]{12,20}$/), (secret) => {
        for (const value of [{ secret }, [secret], { deep: [{ secret }] }])
          assert.ok(!said(value).includes(secret));
      }),
    );
  });
});
