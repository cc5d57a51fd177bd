/** Kubernetes' own namespaces, which exist before any policy does and carry no label of ours. */
export const SYSTEM_NAMESPACES: readonly string[] = [
  "default",
  "kube-node-lease",
  "kube-public",
  "kube-system",
];

const NAMESPACE = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const PREFIX = /^[a-z0-9][-a-z0-9]*\*$/;

/** Why an exemption is not valid: a namespace's name, or the beginning of names and `*`. */
export function exemptionIssue(exemption: string): string | undefined {
  if (exemption.length <= 63 && (NAMESPACE.test(exemption) || PREFIX.test(exemption))) return undefined;
  return 'must be the name of a namespace, or the beginning of names with one "*" at the end, "gke-managed-*"';
}

/** Whether a namespace is exempt, as Gatekeeper's `excludedNamespaces` decides. */
export function isExempt(namespace: string, exemptions: readonly string[]): boolean {
  return exemptions.some((exemption) =>
    exemption.endsWith("*") ? namespace.startsWith(exemption.slice(0, -1)) : namespace === exemption,
  );
}
