import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { CiliumNetworkPolicy } from "@pulumi/kubernetes-cilium/cilium/v2/ciliumNetworkPolicy.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import { after } from "../../../components/after.ts";
import {
  CiliumInstallation,
  type CiliumInstallationArgs,
} from "../../../components/cilium/cilium-installation.ts";

/**
 * Cilium with the arguments that the stack's key `cilium` has, in the cluster that KUBECONFIG names, and a policy in the
 * same go.
 */

const args = new pulumi.Config().requireObject<CiliumInstallationArgs>("cilium");
const provider = new Provider("cluster", {
  enableServerSideApply: true,
  deleteUnreachable: false,
  upsertExistingObjects: true,
});
const kubeconfig = readFileSync(process.env.KUBECONFIG ?? "", "utf8");
const cilium = new CiliumInstallation("cilium", { ...args, kubeconfig }, { provider });
new CiliumNetworkPolicy(
  "policy",
  {
    metadata: { name: after("policy", [cilium.policiesReady]), namespace: "default" },
    spec: { endpointSelector: {}, ingress: [{}] },
  },
  { provider },
);

export const { policiesReady, ready } = cilium;
