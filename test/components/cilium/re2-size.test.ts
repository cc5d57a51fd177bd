import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { type PathPattern, toRe2 } from "../../../components/cilium/path-pattern.ts";
import { re2ProgramSize } from "../../../components/cilium/re2-size.ts";

/** Patterns that google-re2 has measured. The first line says which releases of it. */
function measured(): { pattern: PathPattern; regexp: string; size: number }[] {
  const lines = readFileSync(new URL("re2-program-sizes.tsv", import.meta.url), "utf8").split("\n");
  return lines
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [literal = "", versionId, regexp = "", size] = line.split("\t");
      return { pattern: { literal, versionId: versionId === "true" }, regexp, size: Number(size) };
    });
}

describe("The size of an RE2 program", () => {
  it("is what google-re2 computes, for every pattern that it has measured", () => {
    const rows = measured();
    assert.ok(rows.length > 100);
    for (const { pattern, regexp, size } of rows) {
      assert.equal(toRe2(pattern), regexp);
      assert.equal(re2ProgramSize(pattern), size, regexp);
    }
  });

  it("is measured on both sides of Envoy's limit, with a version and without", () => {
    const sizes = (versionId: boolean) =>
      measured().flatMap(({ pattern, size }) => (pattern.versionId === versionId ? [size] : []));
    assert.ok(sizes(false).includes(98) && sizes(false).includes(101));
    assert.ok(sizes(true).includes(100) && sizes(true).includes(101));
  });

  it("grows by one for every character, whichever it is", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string({ minLength: 1, maxLength: 1 }),
        fc.boolean(),
        (text, more, versionId) => {
          const size = (literal: string) => re2ProgramSize({ literal, versionId });
          assert.equal(size(text + more), size(text) + 1);
        },
      ),
    );
  });
});
