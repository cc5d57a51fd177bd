import assert from "node:assert/strict";
import fc from "fast-check";
import { RE2JS } from "re2js";
import {
  findCounterexample,
  counterexamplePath,
} from "../../../packages/stack-model/regex-counterexample.ts";

/** All texts of up to four characters of `a`, `b` and `/`. */
const TEXTS = ["", "a", "b", "/"].reduce<string[]>(
  (all) => [...new Set(all.flatMap((text) => ["", "a", "b", "/"].map((more) => text + more)))],
  [""],
);

const expression: fc.Arbitrary<string> = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom("a", "b", "/", "[ab]", "[^a]", ".", "", "^", "$"),
    fc.tuple(tie("any"), tie("any")).map(([one, other]) => one + other),
    fc.tuple(tie("any"), tie("any")).map(([one, other]) => `(?:${one}|${other})`),
    fc.tuple(tie("any"), fc.constantFrom("*", "+", "?", "{2}")).map(([one, often]) => `(?:${one})${often}`),
  ),
})).any;

describe("The search for a text that is matched and not allowed", () => {
  it("finds none among short texts that it did not find, and nothing that is not there", () => {
    fc.assert(
      fc.property(
        fc.array(expression, { minLength: 1, maxLength: 2 }),
        fc.subarray(TEXTS, { maxLength: 6 }),
        (sources, texts) => {
          const compiled = sources.map((source) => RE2JS.compile(source));
          const isSurplus = (text: string) =>
            !texts.includes(text) && compiled.every((one) => one.testExact(text));
          const found = findCounterexample(sources, { texts });
          if (typeof found === "string") assert.ok(isSurplus(found), `${sources.join(" and ")}: ${found}`);
          // Positions within a text are passed over, and may hide what is behind them.
          else if (!/[$^]/.test(sources.join("")))
            assert.deepEqual(TEXTS.filter(isSurplus), [], sources.join(" and "));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("takes the shortest, of characters that a reader takes for an example", () => {
    assert.equal(findCounterexample(["/Patient/.*"], { texts: ["/Patient/"] }), "/Patient/a");
    assert.equal(findCounterexample(["[0-9A-F]{3}"], { texts: [] }), "000");
    assert.equal(findCounterexample(["a", "b"], { texts: [] }), undefined);
  });

  it("takes the ids of versions for allowed, whatever they are, and nothing else", () => {
    const allowed = { texts: ["/a"], beforeVersion: ["/a/_history/"] };
    assert.equal(counterexamplePath(["/a/_history/[A-Za-z0-9.-]+"], allowed), undefined);
    assert.equal(counterexamplePath(["/a/_history/[0-9]+", "/a.*"], allowed), undefined);
    assert.equal(counterexamplePath(["/a/_history/[A-Za-z0-9.-]*"], allowed), "/a/_history/");
    assert.equal(counterexamplePath(["/a/_history/[A-Za-z0-9._-]+"], allowed), "/a/_history/_");
  });

  it("searches first for paths that no proxy rewrites", () => {
    assert.equal(counterexamplePath(["(//|/Patient/b)"], { texts: [] }), "/Patient/b");
    assert.equal(counterexamplePath(["//"], { texts: [] }), "//");
  });
});
