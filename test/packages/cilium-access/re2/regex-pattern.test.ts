import assert from "node:assert/strict";
import fc from "fast-check";
import { RE2JS } from "re2js";
import { compilePattern, literalText } from "../../../../packages/cilium-access/re2/regex-pattern.ts";

/** Expressions as policies have them, and odd ones. */
const expression = fc
  .array(
    fc.constantFrom(
      "/",
      "a",
      "b",
      "Patient",
      ".",
      "\\.",
      "*",
      "+",
      "?",
      "(a|b)",
      "[ab]",
      "[^/]+",
      "|",
      "{2}",
      "\\?",
      "$",
      "^",
      "\\d",
      "(?i)",
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(""))
  .filter((text) => {
    try {
      RE2JS.compile(text);
      return true;
    } catch {
      return false;
    }
  });
const text = fc
  .array(fc.constantFrom("/", "a", "b", "Patient", ".", "?", "1", "$", "A", "\n"), { maxLength: 6 })
  .map((parts) => parts.join(""));

describe("An expression", () => {
  it("matches a text as a whole, and is case-sensitive", () => {
    const { matches } = compilePattern("/Patient/[a-z]+");
    assert.ok(matches("/Patient/luke"));
    for (const other of ["/Patient/luke/", "x/Patient/luke", "/patient/luke", "/Patient/Luke", "/Patient/"]) {
      assert.ok(!matches(other), other);
    }
  });

  it("matches what RE2 matches", () => {
    fc.assert(
      fc.property(expression, text, (source, asked) => {
        assert.equal(compilePattern(source).matches(asked), RE2JS.compile(source).matches(asked));
      }),
      { numRuns: 1000 },
    );
  });

  it("that is only a text is known to be one", () => {
    assert.equal(literalText("/fhir/r5/Patient/1"), "/fhir/r5/Patient/1");
    assert.equal(literalText("/Patient\\?_id=a\\.b"), "/Patient?_id=a.b");
    for (const source of ["/Patient/.", "a|b", "\\d", "a\\", "[a]", "a+", "^a"]) {
      assert.equal(literalText(source), undefined, source);
    }
  });

  it("that is only a text matches that alone", () => {
    fc.assert(
      fc.property(expression, text, (source, asked) => {
        const literal = literalText(source);
        if (literal === undefined) return;
        assert.ok(RE2JS.compile(source).matches(literal));
        assert.equal(RE2JS.compile(source).matches(asked), asked === literal);
      }),
    );
  });

  it("is compiled once", () => {
    assert.equal(compilePattern("/a/[bc]"), compilePattern("/a/[bc]"));
  });

  it("that is none says what is wrong", () => {
    assert.throws(() => compilePattern("(a"), /missing closing/);
    assert.throws(() => compilePattern("a**b\\8"), /./);
  });
});
