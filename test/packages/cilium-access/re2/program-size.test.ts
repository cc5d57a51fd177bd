import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { RE2JS } from "re2js";
import { programSize } from "../../../../packages/cilium-access/re2/program-size.ts";

/** Expressions that google-re2 has measured: of grants, such as policies for FHIR servers have, and generated ones. */
const [GRANTED = [], USUAL = [], GENERATED = []] = readFileSync(
  new URL("re2-program-sizes.tsv", import.meta.url),
  "utf8",
)
  .split(/^# (?=such|generated).*\n/m)
  .slice(1)
  .map((part) => part.split("\n").filter((line) => line !== "" && !line.startsWith("#")))
  .map((lines) =>
    lines.map((line) => {
      const [source = "", size] = line.split("\t");
      return { source, size: Number(size), ours: programSize(source) };
    }),
  );
const LIMIT = 100;

describe("The size of an RE2 program", () => {
  it("is never less than what google-re2 counts, so that nothing is said to fit that does not", () => {
    assert.ok(USUAL.length >= 400 && GENERATED.length >= 500);
    for (const { source, size, ours } of [...USUAL, ...GENERATED]) {
      assert.ok(ours >= size, `${source}: ${ours}, and ${size} by google-re2`);
    }
  });

  it("is what google-re2 counts for all that grants turn into, on both sides of Envoy's limit", () => {
    assert.ok(GRANTED.length > 100);
    for (const { source, size, ours } of GRANTED) assert.equal(ours, size, source);
    for (const isWithVersion of [true, false]) {
      const sizes = GRANTED.filter(({ source }) => source.endsWith("+") === isWithVersion).map(
        ({ size }) => size,
      );
      assert.ok(sizes.includes(101) && sizes.some((size) => size >= 98 && size <= LIMIT));
    }
  });

  it("is what google-re2 counts for such as policies have, but for one in fifty", () => {
    const others = USUAL.filter(({ size, ours }) => ours !== size);
    assert.ok(others.length <= 0.02 * USUAL.length, others.map(({ source }) => source).join("\n"));
  });

  it("is on the same side of Envoy's limit for all of these; for odd ones, it may be above where they are not", () => {
    const wrong = (all: typeof USUAL) => all.filter(({ size, ours }) => size <= LIMIT !== ours <= LIMIT);
    assert.deepEqual(wrong(USUAL), []);
    assert.ok(wrong(GENERATED).length <= 0.1 * GENERATED.length);
    assert.ok(USUAL.filter(({ size }) => size > LIMIT).length > 50);
  });

  for (const [source, size] of [
    ["/intersystems/fhir/r5/Patient/DarthVader", 44],
    ["/fhir/Patient/.*", 26],
    ["/fhir/(Patient|Observation)/[A-Za-z0-9.-]+", 35],
    ["GET|HEAD", 11],
    ["^/fhir/Patient/1$", 4],
    ["/é", 7],
  ] as const) {
    it(`is ${size} for ${source}`, () => {
      assert.equal(programSize(source), size);
    });
  }

  it("of a text is a frame of four and one for each byte", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (text) => {
        assert.equal(programSize(RE2JS.quote(text)), Buffer.byteLength(text) + 4);
      }),
    );
  });

  it("is that of the expression alone, whatever was asked before", () => {
    assert.equal(programSize("/[a-z]+/x"), programSize("/[a-z]+/x"));
    assert.throws(() => programSize("("), /missing/);
  });
});
