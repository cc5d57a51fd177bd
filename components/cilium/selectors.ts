import type * as pulumi from "@pulumi/pulumi";

/** How Cilium's policies select pods, and the DNS rule that nearly every policy needs. */

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

/** Pods of one namespace as peers. Without the namespace, Cilium would assume the policy's own, or any. */
export function inNamespace(namespace: pulumi.Input<string>, labels: Readonly<Record<string, string>>) {
  return { [NAMESPACE_SELECTOR_KEY]: namespace, ...labels };
}

/**
 * DNS, to the cluster's own servers only: a rule without a peer would allow egress from the cluster on
 * port 53. Both protocols, since answers that are too long for UDP come over TCP. All names are allowed,
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
