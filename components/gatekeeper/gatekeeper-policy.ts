import { inNamespace, podLabel, podLabels } from "../cilium/selectors.ts";

/** Port on which Gatekeeper's pods serve the webhook. */
const WEBHOOK = "8443";

/**
 * The spec of the policy for Gatekeeper's pods: the API server calls the webhook, and the pods call the API server.
 *
 * On GKE the control plane reaches pods through the konnectivity agents in `kube-system`; elsewhere it is the entity
 * `kube-apiserver`, or, on the pod's own node, the host.
 *
 * Source: Gatekeeper's chart (labels, port); Google's documentation, "Konnectivity proxy"; Cilium's documentation on
 * entities.
 */
export function gatekeeperPolicySpec() {
  const webhook = [{ ports: [{ port: WEBHOOK, protocol: "TCP" }] }];
  return {
    description: "Lets the API server call Gatekeeper's webhook, and Gatekeeper the API server",
    enableDefaultDeny: { ingress: true, egress: true },
    endpointSelector: { matchLabels: podLabels({ "gatekeeper.sh/system": "yes" }) },
    ingress: [
      { fromEntities: ["kube-apiserver"], toPorts: webhook },
      {
        fromEndpoints: [
          { matchLabels: inNamespace("kube-system", { [podLabel("k8s-app")]: "konnectivity-agent" }) },
        ],
        toPorts: webhook,
      },
    ],
    egress: [{ toEntities: ["kube-apiserver"] }],
  };
}
