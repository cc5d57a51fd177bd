import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { type PathPattern, toRe2 } from "../../components/cilium/path-pattern.ts";
import { re2ProgramSize as sizeOfPath } from "../../components/cilium/re2-size.ts";
import { re2ProgramSize } from "../../policy-pack/re2-program-size.ts";

/** Expressions that google-re2 has measured: those of FHIR, and generated ones. */
const MEASURED = readFileSync(new URL("re2-program-sizes.tsv", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => {
    const [source = "", size] = line.split("\t");
    return { source, size: Number(size) };
  });

describe("The size of the program of any expression", () => {
  it("is never below what google-re2 makes of it, and the very same where it says so", () => {
    assert.ok(MEASURED.length > 500);
    for (const { source, size } of MEASURED) {
      const said = re2ProgramSize(source);
      assert.ok(said.exact ? said.size === size : said.size >= size, `${source}: ${said.size}, not ${size}`);
    }
  });

  it("is at most four times of that for nine in ten, so that what fits well is taken", () => {
    const ratios = MEASURED.map(({ source, size }) => re2ProgramSize(source).size / size);
    const far = ratios.filter((ratio) => ratio > 4.5).length;
    assert.ok(far < MEASURED.length / 10, `${far} of ${MEASURED.length}`);
  });

  it("is, for the paths that grants turn into, what grants are held against", () => {
    const pattern: fc.Arbitrary<PathPattern> = fc.record({
      literal: fc.stringMatching(/^(?:\/[A-Za-z0-9.?=_-]+)+$/),
      versionId: fc.boolean(),
    });
    fc.assert(
      fc.property(pattern, (path) => {
        assert.deepEqual(re2ProgramSize(toRe2(path)), { size: sizeOfPath(path), exact: true });
      }),
    );
  });
});
