import assert from "node:assert/strict";
import { validatingAdmissionPolicySpec } from "@attested-fhir/required-labels";
import {
  RequiredLabelsAdmission,
  type RequiredLabelsAdmissionArgs,
} from "../../../components/gatekeeper/required-labels-admission.ts";
import { kubernetesObjects, onCluster } from "../fhir/kubernetes.ts";
import { declared, known, type Options } from "../mocks.ts";

const RULE = { key: "product", allowedRegex: "^(celegans)$" };

const admission =
  (args: Partial<RequiredLabelsAdmissionArgs> = {}) =>
  (opts: Options) =>
    new RequiredLabelsAdmission(
      "labels",
      { ...RULE, policyName: "all-must-have-product", exemptNamespaces: ["kube-system"], ...args },
      onCluster(opts),
    );

describe("RequiredLabelsAdmission", () => {
  it("declares a policy that fails closed, and a binding that denies", async () => {
    const run = await declared(admission());
    assert.deepEqual(kubernetesObjects(run), {
      "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy labels-policy": {
        metadata: { name: "all-must-have-product" },
        spec: validatingAdmissionPolicySpec(RULE, "Fail", ["kube-system"]),
      },
      "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding labels-binding": {
        metadata: { name: "all-must-have-product" },
        spec: { policyName: "all-must-have-product", validationActions: ["Deny"] },
      },
    });
    assert.equal(await known(run.result.policyName), "all-must-have-product");
  });

  it("declares a binding that warns and audits under dryrun", async () => {
    const run = await declared(admission({ enforcement: "dryrun" }));
    const { spec } = run.resource("labels-binding").inputs as { spec: { validationActions: string[] } };
    assert.deepEqual(spec.validationActions, ["Warn", "Audit"]);
  });
});
