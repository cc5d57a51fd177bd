import * as pulumi from "@pulumi/pulumi";
import { CiliumClusterwideNetworkPolicy } from "@pulumi/kubernetes-cilium/cilium/v2/ciliumClusterwideNetworkPolicy.js";
import { DNS_EGRESS, NAMESPACE_SELECTOR_KEY } from "./selectors.ts";

export interface DenyAllArgs {
  /** Name of the policy, `denyall-coruscanthealth`. */
  policyName: pulumi.Input<string>;
  /**
   * Namespaces that the policy does not apply to, besides `kube-system`, where DNS and Cilium run: Cilium's own where that is
   * another, those of the provider's agents. Defaults to none.
   */
  systemNamespaces?: readonly string[] | undefined;
}

/**
 * Denies all traffic of every pod outside the system namespaces, in both directions, except DNS to the cluster's
 * own servers. Other policies allow the rest: policies are additive, and this one allows nothing else.
 *
 * It selects the pods of all other namespaces, those that come later too, and nothing but pods. `NotIn` alone
 * would also match what has no namespace: Cilium's health endpoints (`reserved:health`), on which the nodes probe
 * one another, its ingress endpoints, and pods whose labels are not known yet (`reserved:init`). So the namespace
 * has to exist as well; the health endpoints, which no policy then selects, keep answering. The host and pods on the
 * host's network are not endpoints that such a policy selects; as peers they are denied, like the rest of the world,
 * except that a node's own kubelet always reaches its pods.
 *
 * Source: the Star Wars story's `denyall-coruscanthealth`, whose policy has no ingress section and so leaves
 * ingress open; Cilium's policy language, "Ingress/Egress Default Deny"; cilium#12199 on health endpoints.
 */
export class DenyAll extends pulumi.ComponentResource {
  /** Name of the policy, once it is applied. */
  declare readonly policyName: pulumi.Output<string>;

  constructor(name: string, args: DenyAllArgs, opts: pulumi.ComponentResourceOptions) {
    super("attested-fhir:cilium:DenyAll", name, args, opts);
    const { policyName, systemNamespaces = [] } = args;
    const leftAlone = [...new Set(["kube-system", ...systemNamespaces])].sort();
    const policy = new CiliumClusterwideNetworkPolicy(
      `${name}-policy`,
      {
        metadata: { name: policyName },
        spec: {
          description: "Denies everything in both directions, except DNS to the cluster's own servers",
          enableDefaultDeny: { ingress: true, egress: true },
          endpointSelector: {
            matchExpressions: [
              { key: NAMESPACE_SELECTOR_KEY, operator: "Exists" },
              { key: NAMESPACE_SELECTOR_KEY, operator: "NotIn", values: leftAlone },
            ],
          },
          // One rule that matches no peer: without any rule, ingress would stay open.
          ingress: [{}],
          egress: [DNS_EGRESS],
        },
      },
      { parent: this },
    );
    this.policyName = policy.metadata.name;
    this.registerOutputs({ policyName: this.policyName });
  }
}
