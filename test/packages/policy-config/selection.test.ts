import assert from "node:assert/strict";
import fc from "fast-check";
import { isExemptible } from "../../../packages/policy-config/configurable.ts";
import { readSelection, selectionFaults, selectionText } from "../../../packages/policy-config/selection.ts";
import { guardrails } from "../../../policy-pack/list.ts";

const SEVERITIES = ["critical", "high", "medium", "low"] as const;
const FRAMEWORKS = [...new Set(guardrails.map(({ framework }) => framework.name))];
const deselected = (given: object) => new Set(readSelection(given, guardrails).deselected);

describe("the selection of guardrails", () => {
  it("leaves none out without criteria", () => {
    assert.deepEqual(readSelection({}, guardrails), { by: "", deselected: [] });
    assert.deepEqual(selectionText(readSelection({}, guardrails)), []);
  });

  it("leaves out exactly those of other frameworks and lower severities, but for those it names", () => {
    const given = fc.record(
      {
        frameworks: fc.uniqueArray(fc.constantFrom(...FRAMEWORKS), { minLength: 1 }),
        minimumSeverity: fc.constantFrom(...SEVERITIES),
        policies: fc.uniqueArray(fc.constantFrom(...guardrails.map(({ name }) => name))),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(given, (criteria) => {
        assert.deepEqual(selectionFaults(criteria, guardrails), []);
        const out = deselected(criteria);
        const { frameworks = FRAMEWORKS, minimumSeverity = "low", policies = [] } = criteria;
        for (const guardrail of guardrails) {
          const { name, framework, severity } = guardrail;
          const isSevere = SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(minimumSeverity);
          const isIn = policies.includes(name) || (frameworks.includes(framework.name) && isSevere);
          assert.equal(out.has(name), !isIn && isExemptible(guardrail), name);
        }
      }),
    );
  });

  it("never leaves out the guardrails on pins, exemptions and selection", () => {
    const out = deselected({ frameworks: ["Envoy API"], minimumSeverity: "critical" });
    for (const name of ["trust", "attestors-pinned", "exemptions", "exemptions-used", "selection"])
      assert.ok(!out.has(name), name);
    assert.ok(out.has("no-basic-roles"));
  });

  it("says by what it selects, and which guardrails are not evaluated", () => {
    const [text = ""] = selectionText(readSelection({ minimumSeverity: "high" }, guardrails));
    assert.match(
      text,
      /^Not evaluated, since the policy pack's configuration selects by minimumSeverity high: .*\bhl7v2-store-rejects-duplicates\b.*\.$/,
    );
  });

  it("is refused for a framework, policy, severity or field that does not exist, with the nearest", () => {
    assert.deepEqual(selectionFaults({ frameworks: ["CIS GKE"], policies: ["no-basic-role"] }, guardrails), [
      `frameworks[0]: there is no framework CIS GKE, only ${FRAMEWORKS.join(", ")}`,
      "policies[0]: there is no policy no-basic-role. Did you mean no-basic-roles?",
    ]);
    assert.match(selectionFaults({ minimumSeverity: "severe" }, guardrails)[0] ?? "", /^minimumSeverity: /);
    assert.deepEqual(selectionFaults({ severity: "high" }, guardrails), [
      "severity: there is no such field. Did you mean policies?",
    ]);
    assert.deepEqual(selectionFaults({ frameworks: [] }, guardrails), [
      "frameworks: has to name a framework",
    ]);
  });
});
