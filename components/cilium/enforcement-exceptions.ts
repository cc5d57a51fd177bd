import { NAMESPACE_SELECTOR_KEY } from "./selectors.ts";

/**
 * What has to be allowed where Cilium denies by default (`policyEnforcementMode: always`): the probes between
 * the nodes' health endpoints, and all traffic of the system namespaces, DNS above all.
 *
 * Source: Cilium's examples/policies/kubernetes/clusterwide/health.yaml (cilium#12199).
 *
 * @param systemNamespaces namespaces besides `kube-system`
 */
export function enforcementExceptions(systemNamespaces: readonly string[]) {
  const leftAlone = [...new Set(["kube-system", ...systemNamespaces])].sort();
  return [
    {
      name: "cilium-health-checks",
      spec: {
        description: "Lets nodes probe one another's health endpoints",
        endpointSelector: { matchLabels: { "reserved:health": "" } },
        ingress: [{ fromEntities: ["remote-node"] }],
        egress: [{ toEntities: ["remote-node"] }],
      },
    },
    {
      name: "system-namespaces",
      spec: {
        description: "Leaves the namespaces alone that the cluster lives in",
        endpointSelector: {
          matchExpressions: [{ key: NAMESPACE_SELECTOR_KEY, operator: "In", values: leftAlone }],
        },
        ingress: [{ fromEntities: ["all"] }],
        egress: [{ toEntities: ["all"] }],
      },
    },
  ];
}
