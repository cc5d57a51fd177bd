import assert from "node:assert/strict";
import fc from "fast-check";
import { validatingAdmissionPolicySpec } from "@attested-fhir/required-labels";

describe("The ValidatingAdmissionPolicy of a required label", () => {
  it("tests creation and change of namespaces that are not exempt", () => {
    const spec = validatingAdmissionPolicySpec({ key: "product", allowedRegex: "^(a|b)$" }, "Fail", [
      "kube-system",
      "gke-managed-*",
    ]);
    assert.deepEqual(spec, {
      failurePolicy: "Fail",
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: [""],
            apiVersions: ["v1"],
            operations: ["CREATE", "UPDATE"],
            resources: ["namespaces"],
          },
        ],
      },
      matchConditions: [
        {
          name: "not-exempt",
          expression:
            '!(object.metadata.name in ["kube-system"]) && !object.metadata.name.startsWith("gke-managed-")',
        },
      ],
      validations: [
        {
          expression:
            'has(object.metadata.labels) && "product" in object.metadata.labels && ' +
            'object.metadata.labels["product"].matches("^(a|b)$")',
          message: 'Every namespace must have a label "product" whose value matches ^(a|b)$.',
          reason: "Forbidden",
        },
      ],
    });
  });

  it("applies to all namespaces where none is exempt", () => {
    const { matchConditions } = validatingAdmissionPolicySpec(
      { key: "a", allowedRegex: "^b$" },
      "Ignore",
      [],
    );
    assert.deepEqual(matchConditions, [{ name: "not-exempt", expression: "true" }]);
  });

  it("has key and expression as one string literal each, whatever they contain", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (key, allowedRegex) => {
        const { validations } = validatingAdmissionPolicySpec({ key, allowedRegex }, "Fail", []);
        const literals = validations[0]?.expression.match(/"(?:[^"\\]|\\.)*"/gs) ?? [];
        assert.deepEqual(
          literals.map((one) => JSON.parse(one) as unknown),
          [key, key, allowedRegex],
        );
      }),
    );
  });
});
