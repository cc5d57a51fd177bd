import assert from "node:assert/strict";
import fc from "fast-check";
import { RE2JS } from "re2js";
import { toRe2 } from "../../../components/cilium/path-pattern.ts";

const ascii = fc.string({ unit: "grapheme-ascii", minLength: 1 });
const versionId = fc.stringMatching(/^[A-Za-z0-9.-]{1,64}$/);

describe("A path as a regular expression", () => {
  it("matches its text, and no other", () => {
    fc.assert(
      fc.property(ascii, ascii, (literal, other) => {
        const pattern = RE2JS.compile(toRe2({ literal, versionId: false }));
        assert.ok(pattern.testExact(literal));
        assert.equal(pattern.testExact(other), other === literal);
        assert.ok(!pattern.testExact(literal + other));
      }),
    );
  });

  it("matches the id of a version behind its text, and nothing else there", () => {
    fc.assert(
      fc.property(ascii, versionId, ascii, (literal, id, other) => {
        const pattern = RE2JS.compile(toRe2({ literal, versionId: true }));
        assert.ok(pattern.testExact(literal + id));
        assert.ok(!pattern.testExact(literal));
        assert.equal(pattern.testExact(literal + other), /^[A-Za-z0-9.-]+$/.test(other));
      }),
    );
  });
});
