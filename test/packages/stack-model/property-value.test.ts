import assert from "node:assert/strict";
import fc from "fast-check";
import {
  propertyAt,
  mapEntries,
  listItems,
  formatValue,
  UNKNOWN,
  type PropertyValue,
} from "../../../packages/stack-model/property-value.ts";

describe("a property of a resource", () => {
  it("is found by its path, and is unknown as soon as a step of it is", () => {
    const value: PropertyValue = { a: { b: [1], u: UNKNOWN, n: null } };
    assert.deepEqual(propertyAt(value, "a", "b"), [1]);
    assert.equal(propertyAt(value, "a", "u"), UNKNOWN);
    assert.equal(propertyAt(value, "a", "u", "deeper"), UNKNOWN);
    assert.equal(propertyAt(value, "a", "n"), undefined);
    assert.equal(propertyAt(value, "a", "b", "c"), undefined);
    assert.equal(propertyAt(value, "a", "toString"), undefined);
    assert.equal(propertyAt(undefined, "a"), undefined);
  });

  it("gives an unknown item for an unknown list, so that a check of every item sees it", () => {
    assert.deepEqual(listItems(UNKNOWN), [UNKNOWN]);
    assert.deepEqual(listItems([1, UNKNOWN]), [1, UNKNOWN]);
    assert.deepEqual(listItems("one"), ["one"]);
    assert.deepEqual([...listItems(undefined), ...listItems(null)], []);
    assert.deepEqual(mapEntries(UNKNOWN), [["?", UNKNOWN]]);
    assert.deepEqual(mapEntries({ a: 1 }), [["a", 1]]);
    assert.deepEqual(mapEntries("a"), []);
  });

  it("is never printed when it is an object or a list, which may hold a secret", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9]{12,20}$/), (secret) => {
        for (const value of [{ secret }, [secret], { deep: [{ secret }] }])
          assert.ok(!formatValue(value).includes(secret));
      }),
    );
  });
});
