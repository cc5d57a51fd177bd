import type * as pulumi from "@pulumi/pulumi";

/** How Cilium's policies name pods and what nearly every policy needs. */

/** The label by which Cilium knows a pod's namespace; `k8s:` keeps labels of other sources out. */
export const NAMESPACE_SELECTOR_KEY = "k8s:io.kubernetes.pod.namespace";

/** A label of a pod, as Cilium names it. */
export function podLabel(name: string): string {
  return `k8s:${name}`;
}

/** Labels of a pod, as Cilium names them. */
export function podLabels(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, value]) => [podLabel(name), value]),
  );
}

/** Pods of one namespace as peers. Named, or Cilium would take the namespace of the policy, or any. */
export function inNamespace(namespace: pulumi.Input<string>, labels: Readonly<Record<string, string>>) {
  return { [NAMESPACE_SELECTOR_KEY]: namespace, ...labels };
}

/**
 * DNS, to the cluster's own servers and nobody else: a rule without a peer would be a way out of the cluster on
 * port 53. Both protocols, for answers that are too long for UDP come by TCP. Names are let through as they are,
 * and Hubble shows them.
 */
export const DNS_EGRESS = {
  toEndpoints: [
    { matchLabels: { [NAMESPACE_SELECTOR_KEY]: "kube-system", [podLabel("k8s-app")]: "kube-dns" } },
  ],
  toPorts: [
    {
      ports: [
        { port: "53", protocol: "UDP" },
        { port: "53", protocol: "TCP" },
      ],
      rules: { dns: [{ matchPattern: "*" }] },
    },
  ],
};
