import assert from "node:assert/strict";
import fc from "fast-check";
import { labelViolation, regexIssue, requirementMessage } from "@attested-fhir/required-labels";

const SEED = { key: "product", allowedRegex: "^(celegans|neuroglass|cloudharness)$" };

const violation = (labels: Readonly<Record<string, string>>, rule = SEED) =>
  labelViolation(rule, new Map(Object.entries(labels)));

describe("The required label", () => {
  it("is satisfied by each product of the seed", () => {
    for (const product of ["celegans", "neuroglass", "cloudharness"]) {
      assert.equal(violation({ product }), undefined);
    }
  });

  it("is violated by another key, another value, a longer value and by no label", () => {
    assert.equal(
      violation({ team: "celegans" }),
      'has no label "product", whose value must match ^(celegans|neuroglass|cloudharness)$',
    );
    assert.equal(
      violation({ product: "celegans2" }),
      "has the label product=celegans2, whose value must match ^(celegans|neuroglass|cloudharness)$",
    );
    assert.notEqual(violation({ product: "" }), undefined);
    assert.notEqual(violation({}), undefined);
  });

  it("is violated by every value that is not one of the alternatives, whatever the value", () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const allowed = ["celegans", "neuroglass", "cloudharness"].includes(value);
        assert.equal(violation({ product: value }) === undefined, allowed);
      }),
    );
  });

  it("is not satisfied by a key that objects inherit", () => {
    for (const key of ["constructor", "__proto__", "toString"]) {
      assert.notEqual(violation({}, { key, allowedRegex: "^(.*)$" }), undefined);
    }
  });

  it("has the stack's message, or one that names key and expression", () => {
    assert.equal(requirementMessage({ ...SEED, message: "see the wiki" }), "see the wiki");
    assert.equal(
      requirementMessage(SEED),
      'Every namespace must have a label "product" whose value matches ^(celegans|neuroglass|cloudharness)$.',
    );
  });
});

describe("The expression of a required label", () => {
  it("is accepted when RE2 reads it and it is anchored as a whole", () => {
    for (const regex of ["^(a|b)$", "^a$", "^[|]$", "^a\\|b$", "^(?:x(y|z))+$", "^[a-z]+(-[a-z]+)*$"]) {
      assert.equal(regexIssue(regex), undefined, regex);
    }
  });

  it("is refused when an anchor is missing or belongs to one alternative only", () => {
    for (const regex of ["a", "^a", "a$", "^a|b$", "(^a$)", "^a\\$", "^(a)|(b)$"]) {
      assert.match(regexIssue(regex) ?? "", /anchored as a whole/, regex);
    }
  });

  it("is refused when RE2 does not read it", () => {
    for (const regex of ["^(a$", "^(?=a)$", "^(a)\\1$", "^[z-a]$"]) {
      assert.match(regexIssue(regex) ?? "", /RE2's syntax/, regex);
    }
  });
});
