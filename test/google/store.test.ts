import fc from "fast-check";
import assert from "node:assert/strict";
import { GoogleError } from "./errors.ts";
import { policiesOf, Store } from "./store.ts";

const is = (status: string) => (error: unknown) => error instanceof GoogleError && error.status === status;

describe("The simulated Google's store", () => {
  it("creates a name once", () => {
    const store = new Store();
    store.create("s", "projects/p/things/a", { size: 1 });
    assert.throws(() => {
      store.create("s", "projects/p/things/a", {});
    }, is("ALREADY_EXISTS"));
    assert.deepEqual(store.get("s", "projects/p/things/a"), { size: 1 });
  });

  it("finds nothing under a name that was not stored, nor under another service's", () => {
    const store = new Store();
    store.create("s", "projects/p/things/a", {});
    assert.throws(() => store.get("s", "projects/p/things/b"), is("NOT_FOUND"));
    assert.throws(() => store.get("t", "projects/p/things/a"), is("NOT_FOUND"));
    assert.throws(() => {
      store.delete("s", "projects/p/things");
    }, is("NOT_FOUND"));
  });

  it("lists what is directly in a collection, in the order of creation", () => {
    const store = new Store();
    for (const name of ["a/x", "a/b/c", "ab/x", "a/y", "b/x"]) store.create("s", name, { name });
    assert.deepEqual(store.list("s", "a"), [{ name: "a/x" }, { name: "a/y" }]);
  });

  it("forgets a resource with all below it and with their policies, and nothing else", () => {
    const store = new Store();
    for (const name of ["a", "a/b/c", "ab"]) {
      store.create("s", name, { name });
      store.put(policiesOf("s"), name, {});
    }
    store.delete("s", "a");
    for (const service of ["s", policiesOf("s")]) {
      assert.deepEqual(
        ["a", "a/b/c", "ab"].map((name) => store.find(service, name) !== undefined),
        [false, false, true],
      );
    }
  });

  it("stores and returns copies", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.array(fc.integer()), { noNullPrototype: true }), (value) => {
        const store = new Store();
        store.put("s", "a", value);
        const before = structuredClone(value);
        value.added = [1];
        store.get("s", "a").other = [2];
        assert.deepEqual(store.get("s", "a"), before);
      }),
    );
  });
});
