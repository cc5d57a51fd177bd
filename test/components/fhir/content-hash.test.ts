import assert from "node:assert/strict";
import fc from "fast-check";
import { contentHash } from "../../../components/fhir/content-hash.ts";

describe("the hash of a content", () => {
  it("is the same for the same, and fits into the name of a Kubernetes object", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (texts) => {
        assert.equal(contentHash(...texts), contentHash(...texts));
        assert.match(contentHash(...texts), /^[0-9a-f]{10}$/);
      }),
    );
  });

  it("differs for texts whose concatenation is the same", () => {
    assert.notEqual(contentHash("ab", "c"), contentHash("a", "bc"));
    assert.notEqual(contentHash("a"), contentHash("a", ""));
  });
});
