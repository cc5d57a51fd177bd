import assert from "node:assert/strict";
import fc from "fast-check";
import { DEFAULT_OPTIONS } from "../../packages/cilium-access/options.ts";
import { programSize } from "../../packages/cilium-access/re2/program-size.ts";
import { anyPattern, fhirPattern } from "./arbitraries/expressions.ts";
import { type GoogleRe2, googleRe2OrSkip } from "./google-re2.ts";

/** The same expressions at every run, so that results are comparable between changes; ACCESS_SEED selects others. */
const seed = Number(process.env.ACCESS_SEED ?? 1);
const PATTERNS = 2000;

const limit = DEFAULT_OPTIONS.re2ProgramLimit;

describe("The size of any RE2 program", function () {
  let re2: GoogleRe2;
  before(async function () {
    re2 = await googleRe2OrSkip(this);
  });

  async function measured(
    patterns: fc.Arbitrary<string>,
  ): Promise<{ pattern: string; ours: number; size: number }[]> {
    const some = [...new Set(fc.sample(patterns, { seed, numRuns: PATTERNS }))];
    const sizes = await re2.sizesOf(some);
    return some.flatMap((pattern, index) => {
      const size = sizes[index] ?? null;
      if (size !== null) return [{ pattern, ours: programSize(pattern), size }];
      assert.throws(() => programSize(pattern), `google-re2 takes ${pattern} for none`);
      return [];
    });
  }

  it(`is what google-re2 computes, for expressions as one writes them for FHIR, with ACCESS_SEED=${seed}`, async () => {
    const sizes = await measured(fhirPattern);
    assert.ok(sizes.length > 500);
    for (const { pattern, ours, size } of sizes) assert.equal(ours, size, pattern);
    assert.ok(sizes.some(({ size }) => size <= limit) && sizes.some(({ size }) => size > limit));
  });

  it(`is never smaller than what google-re2 computes, for any expression, with ACCESS_SEED=${seed}`, async () => {
    const sizes = await measured(anyPattern);
    assert.ok(sizes.length > 500);
    for (const { pattern, ours, size } of sizes) assert.ok(ours >= size, `${pattern}: ${ours}, not ${size}`);
    const share = (holds: (one: (typeof sizes)[number]) => boolean) =>
      sizes.filter(holds).length / sizes.length;
    assert.ok(share(({ ours, size }) => ours === size) > 0.6);
    // So seldom is one said to be too large that is not.
    assert.ok(share(({ ours, size }) => ours > limit && size <= limit) < 0.03);
  });
});
