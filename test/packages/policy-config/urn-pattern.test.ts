import assert from "node:assert/strict";
import fc from "fast-check";
import { overBroad, patternFault, urnMatches } from "../../../packages/policy-config/urn-pattern.ts";

const URN =
  "urn:pulumi:prod::fhir::attested-fhir:index:AttestedFhir$kubernetes:apps/v1:Deployment::ward/monitor";

/** A part of a URN, out of few characters so that patterns match by chance; parts hold no separator. */
const part = fc.array(fc.constantFrom("a", "b", ":", "$", "/", ".", "("), { minLength: 1, maxLength: 6 });
const text = part.map((letters) => letters.join("")).filter((one) => !/::|^:|:$/.test(one));
const wild = fc
  .array(fc.constantFrom("a", "b", "$", "/", ".", "(", "*"), { minLength: 1, maxLength: 6 })
  .map((letters) => letters.join(""));
const urnFrom = (parts: readonly string[]) => `urn:pulumi:${parts.join("::")}`;
const four = (one: fc.Arbitrary<string>) => fc.tuple(one, one, one, one);

/** What a part of a pattern means, as an expression. */
const expression = (pattern: string) =>
  new RegExp(
    `^${pattern
      .split("*")
      .map((piece) => RegExp.escape(piece))
      .join("[^]*")}$`,
  );

describe("a pattern of URNs", () => {
  it("matches the URN that it spells, and with wildcards others within each part", () => {
    for (const pattern of [
      URN,
      "urn:pulumi:*::fhir::*kubernetes:apps/v1:Deployment::ward/*",
      "urn:pulumi:prod::fhir::attested-fhir:index:AttestedFhir$kubernetes:apps/v1:Deployment::*monitor",
      "urn:pulumi:prod::*::*$kubernetes:*:Deployment::*",
    ])
      assert.ok(urnMatches(pattern, URN), pattern);
    for (const pattern of [
      "urn:pulumi:dev::fhir::*kubernetes:apps/v1:Deployment::ward/monitor",
      "urn:pulumi:prod::fhir::kubernetes:apps/v1:Deployment::ward/monitor",
      "urn:pulumi:prod::fhir::*kubernetes:apps/v1:Deployment::ward",
      "urn:pulumi:prod::*::ward/monitor",
      "urn:pulumi:*",
      "*",
      "",
    ])
      assert.ok(!urnMatches(pattern, URN), pattern);
  });

  it("matches every URN that it spells, and no other without a wildcard", () => {
    fc.assert(
      fc.property(four(text), four(text), (one, other) => {
        assert.ok(urnMatches(urnFrom(one), urnFrom(one)));
        assert.equal(urnMatches(urnFrom(one), urnFrom(other)), urnFrom(one) === urnFrom(other));
      }),
    );
  });

  it("matches as a regular expression of each part does", () => {
    fc.assert(
      fc.property(four(wild), four(text), (pattern, urn) => {
        const wanted = pattern.every((one, index) => expression(one).test(urn[index] ?? ""));
        assert.equal(urnMatches(urnFrom(pattern), urnFrom(urn)), wanted);
      }),
      { numRuns: 5_000 },
    );
  });

  it("matches with any part replaced by a wildcard, and never reaches into another part", () => {
    fc.assert(
      fc.property(four(text), fc.nat({ max: 3 }), (urn, at) => {
        assert.ok(urnMatches(urnFrom(urn.with(at, "*")), urnFrom(urn)));
        assert.ok(!urnMatches(urnFrom(["*", "*", "*"]), urnFrom(urn)));
      }),
    );
  });

  it("takes a name with two colons as a whole, since a name may hold them", () => {
    assert.ok(urnMatches("urn:pulumi:s::p::t:m:T::a::b*", "urn:pulumi:s::p::t:m:T::a::bc"));
  });

  it("answers at once for many wildcards, which would take a regular expression long", () => {
    const pattern = `urn:pulumi:s::p::t:m:T::${"*a".repeat(5_000)}*b`;
    assert.ok(!urnMatches(pattern, `urn:pulumi:s::p::t:m:T::${"a".repeat(20_000)}`));
  });

  it("is refused where it has not the four parts of a URN", () => {
    for (const good of [URN, "urn:pulumi:*::*::*::*"]) assert.equal(patternFault(good), undefined);
    for (const bad of [
      "*",
      "",
      "urn:pulumi:*",
      "urn:pulumi:::p::t::n",
      "urn:pulumi:s::p::t",
      "urn:pulumi:s::p::::n",
    ])
      assert.match(patternFault(bad) ?? "", /^has to be urn:pulumi:STACK::PROJECT::TYPE::NAME/, bad);
  });

  it("is over-broad without a type or a name, and not with a wildcard next to a name", () => {
    const [type, name] = ["its URN pattern names no type", "its URN pattern names no resource"];
    const cases: readonly (readonly [string, string | undefined])[] = [
      ["urn:pulumi:*::*::*::*", type],
      ["urn:pulumi:s::p::*Deployment::name", type],
      ["urn:pulumi:s::p::a:b:C$*::name", type],
      ["urn:pulumi:s::p::a:b:C::*", name],
      ["urn:pulumi:s::p::a:b:C::**", name],
      ["urn:pulumi:*::*::*$a:b:C::legacy-*", undefined],
      [URN, undefined],
    ];
    for (const [pattern, wanted] of cases) assert.equal(overBroad(pattern), wanted, pattern);
  });
});
