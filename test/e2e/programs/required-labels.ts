import * as pulumi from "@pulumi/pulumi";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import { Gatekeeper } from "../../../components/gatekeeper/gatekeeper.ts";
import {
  RequiredLabelsAdmission,
  type RequiredLabelsAdmissionArgs,
} from "../../../components/gatekeeper/required-labels-admission.ts";
import { RequiredLabelsConstraint } from "../../../components/gatekeeper/required-labels-constraint.ts";

/** Required labels with the arguments that the stack's key `rule` has, in the cluster that KUBECONFIG names. */

const config = new pulumi.Config();
const rule = config.requireObject<Omit<RequiredLabelsAdmissionArgs, "policyName">>("rule");
const provider = new Provider("cluster", { enableServerSideApply: true, deleteUnreachable: false });
const name = "all-must-have-product";
if (config.require("engine") === "gatekeeper") {
  const digest = `sha256:${"0".repeat(64)}`;
  const gatekeeper = new Gatekeeper(
    "gatekeeper",
    {
      image: `example.com/gatekeeper@${digest}`,
      crdsImage: `example.com/gatekeeper-crds@${digest}`,
      chart: config.require("chart"),
      replicas: 1,
      failurePolicy: rule.failurePolicy,
      namespaceLabels: { product: "cloudharness" },
    },
    { provider },
  );
  new RequiredLabelsConstraint(
    "required-labels",
    { ...rule, constraintName: name, gatekeeperReady: gatekeeper.ready },
    { provider },
  );
} else {
  new RequiredLabelsAdmission("required-labels", { ...rule, policyName: name }, { provider });
}
const own = config.get("namespace");
if (own !== undefined) {
  new Namespace("own", { metadata: { name: own, labels: { product: "celegans" } } }, { provider });
}
