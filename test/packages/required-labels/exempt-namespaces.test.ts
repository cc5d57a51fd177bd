import assert from "node:assert/strict";
import { exemptionIssue, isExempt, SYSTEM_NAMESPACES } from "@attested-fhir/required-labels";

describe("Namespaces exempt from a required label", () => {
  it("are Kubernetes' own, by name", () => {
    for (const name of ["default", "kube-node-lease", "kube-public", "kube-system"]) {
      assert.ok(isExempt(name, SYSTEM_NAMESPACES), name);
    }
    assert.ok(!isExempt("kube-systems", SYSTEM_NAMESPACES));
  });

  it("match a prefix only where the exemption ends in an asterisk", () => {
    assert.ok(isExempt("gke-managed-system", ["gke-managed-*"]));
    assert.ok(!isExempt("gke-managed-system", ["gke-managed-"]));
    assert.ok(!isExempt("my-gke-managed-system", ["gke-managed-*"]));
  });

  it("are refused where the name is none of Kubernetes' or an asterisk would exempt all", () => {
    for (const exemption of ["*", "", "a*b", "A", "a_b", "-a", "a**"]) {
      assert.match(exemptionIssue(exemption) ?? "", /must be the name of a namespace/, exemption);
    }
    for (const exemption of ["a", "gke-managed-*", "a*"]) assert.equal(exemptionIssue(exemption), undefined);
  });
});
