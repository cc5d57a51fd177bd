import { assertRefused, changed, parsed, stack } from "../../stacks.ts";
import assert from "node:assert/strict";
import { GATEKEEPER, LABELS } from "../../labels.ts";

const kind = stack("kind");
const withLabels = (labels: object) => changed(kind, { requiredLabels: { ...LABELS, ...labels } });

describe("requiredLabels in a stack file", () => {
  it("is accepted with a value that matches the regex", () => {
    const { requiredLabels } = parsed(withLabels({}));
    assert.equal(requiredLabels?.engine, "validatingAdmissionPolicy");
    assert.equal(requiredLabels.failurePolicy, "Fail");
    assert.equal(
      parsed(withLabels({ engine: "gatekeeper", gatekeeper: GATEKEEPER })).requiredLabels?.gatekeeper
        ?.replicas,
      3,
    );
  });

  it("is refused when the value of the stack's own namespaces does not match the regex", () => {
    assertRefused(withLabels({ value: "attested-fhir" }), [
      'requiredLabels.value = "attested-fhir": does not match allowedRegex = ^(celegans|neuroglass|cloudharness)$, so the stack\'s own namespaces would be refused',
    ]);
  });

  it("is refused when the regex is not anchored, or not RE2", () => {
    assertRefused(withLabels({ allowedRegex: "cloudharness" }), [
      'requiredLabels.allowedRegex = "cloudharness": must be anchored as a whole, ^(one|two)$: without it, a value that only contains a match is allowed',
    ]);
  });

  it("is refused when gatekeeper and engine disagree", () => {
    assertRefused(withLabels({ engine: "gatekeeper" }), [
      "requiredLabels.gatekeeper: is missing: engine gatekeeper needs its images",
    ]);
    assertRefused(withLabels({ gatekeeper: GATEKEEPER }), [
      `requiredLabels.gatekeeper = ${JSON.stringify(GATEKEEPER).slice(0, 97)}…: is without effect with engine validatingAdmissionPolicy: leave it out, or set engine: gatekeeper`,
    ]);
  });

  it("is refused when a key, an exemption or an image is malformed", () => {
    assertRefused(withLabels({ key: "-product", exemptNamespaces: ["*"] }), [
      'requiredLabels.key = "-product": is not the key of a Kubernetes label',
      'requiredLabels.exemptNamespaces[0] = "*": must be the name of a namespace, or the beginning of names with one "*" at the end, "gke-managed-*"',
    ]);
  });

  it("is refused in a stack that only signs", () => {
    assertRefused(changed(stack("prod-signing"), { requiredLabels: LABELS }), [
      `requiredLabels = ${JSON.stringify(LABELS)}: belongs to the layer runtime, which this stack does not build: leave it out, or add runtime to layers`,
    ]);
  });
});
