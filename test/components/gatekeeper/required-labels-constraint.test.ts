import assert from "node:assert/strict";
import { constraintTemplate } from "@attested-fhir/required-labels";
import {
  RequiredLabelsConstraint,
  type RequiredLabelsConstraintArgs,
} from "../../../components/gatekeeper/required-labels-constraint.ts";
import { kubernetesObjects, onCluster } from "../fhir/kubernetes.ts";
import { declared, known, type Options } from "../mocks.ts";

const constraint =
  (args: Partial<RequiredLabelsConstraintArgs> = {}) =>
  (opts: Options) =>
    new RequiredLabelsConstraint(
      "labels",
      {
        constraintName: "all-must-have-product",
        gatekeeperReady: "gatekeeper",
        key: "product",
        allowedRegex: "^(celegans|neuroglass|cloudharness)$",
        exemptNamespaces: ["kube-system"],
        ...args,
      },
      onCluster(opts),
    );

describe("RequiredLabelsConstraint", () => {
  it("declares the template, and the Constraint of the seed with the stack's regex and exemptions", async () => {
    const run = await declared(constraint());
    assert.deepEqual(kubernetesObjects(run), {
      "kubernetes:templates.gatekeeper.sh/v1:ConstraintTemplate labels-template": {
        metadata: {
          name: "k8srequiredlabels",
          annotations: { "pulumi.com/waitFor": "jsonpath={.status.created}=true" },
        },
        spec: constraintTemplate(),
      },
      "kubernetes:constraints.gatekeeper.sh/v1beta1:K8sRequiredLabels labels-constraint": {
        metadata: { name: "all-must-have-product" },
        spec: {
          enforcementAction: "deny",
          match: {
            kinds: [{ apiGroups: [""], kinds: ["Namespace"] }],
            excludedNamespaces: ["kube-system"],
          },
          parameters: {
            message:
              'Every namespace must have a label "product" whose value matches ^(celegans|neuroglass|cloudharness)$.',
            labels: [{ key: "product", allowedRegex: "^(celegans|neuroglass|cloudharness)$" }],
          },
        },
      },
    });
    assert.equal(await known(run.result.constraintName), "all-must-have-product");
  });

  it("declares a Constraint that only reports under dryrun, with the stack's message", async () => {
    const run = await declared(constraint({ enforcement: "dryrun", message: "see the wiki" }));
    const { spec } = run.resource("labels-constraint").inputs as {
      spec: { enforcementAction: string; parameters: { message: string } };
    };
    assert.deepEqual([spec.enforcementAction, spec.parameters.message], ["dryrun", "see the wiki"]);
  });
});
