import { NAMESPACE_LABELS_PREFIX } from "../identity/labels.ts";
import type { ClusterInput, KubernetesObject } from "./cluster-objects.ts";
import { asCiliumPolicy } from "./network-policy.ts";
import { CILIUM_CONFIG_MAP } from "./cilium-config.ts";

/**
 * Objects and settings other than policies and pods that affect verdicts and are not modelled: with them, no verdict
 * is certain.
 */

/** Kinds of objects, each with its group and what it does. */
const KINDS: ReadonlyMap<string, readonly [string, string]> = new Map(
  Object.entries<readonly [string, string]>({
    CiliumEnvoyConfig: ["cilium.io", "sends what it names through a proxy with rules of its own"],
    CiliumClusterwideEnvoyConfig: ["cilium.io", "sends what it names through a proxy with rules of its own"],
    CiliumLocalRedirectPolicy: ["cilium.io", "sends what it names to other pods"],
    CiliumNodeConfig: ["cilium.io", "sets Cilium otherwise on some nodes"],
    ClusterNetworkPolicy: ["policy.networking.k8s.io", "may count before all other policies"],
  }),
);

/** The kinds that are not modelled. */
export const UNSUPPORTED_KINDS = [...KINDS.keys()];

const off = (value: string) => /^(?:0|f|false)$/i.test(value);
const on = (value: string) => /^(?:1|t|true)$/i.test(value);
const given = (value: string) => value !== "";

/** Settings of the agents, each with the values that change what passes, and what they do. */
type Setting = readonly [(value: string) => boolean, string];
const SETTINGS: ReadonlyMap<string, Setting> = new Map(
  Object.entries<Setting>({
    labels: [given, "leaves other labels out of identities"],
    "policy-cidr-match-mode": [given, "lets blocks of addresses select nodes"],
    "enable-ipv6": [on, "enables IPv6 in addition to IPv4"],
    "enable-icmp-rules": [off, "refuses rules for ICMP"],
    "enable-k8s-networkpolicy": [off, "leaves NetworkPolicy objects out"],
    "enable-k8s-cluster-network-policy": [on, "looks at ClusterNetworkPolicy objects first"],
    "enable-cilium-network-policy": [off, "leaves CiliumNetworkPolicy objects out"],
    "enable-cilium-clusterwide-network-policy": [off, "leaves CiliumClusterwideNetworkPolicy objects out"],
    "enable-non-default-deny-policies": [off, "does not know enableDefaultDeny"],
  }),
);

/**
 * Says of an object in one sentence each, without a full stop, what it changes about requests that is not modelled.
 */
export function unsupportedInObject({
  apiVersion = "",
  kind = "",
  metadata,
  data,
}: KubernetesObject): string[] {
  const { name = "" } = metadata ?? {};
  const [group, does] = KINDS.get(kind) ?? [];
  if (does !== undefined && (apiVersion === "" || apiVersion.startsWith(`${group}/`))) {
    return [`${kind} ${name} ${does}, which is not modelled`];
  }
  return kind === "ConfigMap" && name === CILIUM_CONFIG_MAP ? unsupportedInConfig(data ?? {}) : [];
}

/** The same of settings, as the agents' ConfigMap has them. */
export function unsupportedInConfig(data: object): string[] {
  return Object.entries(data).flatMap(([key, value]: [string, unknown]) => {
    const [changes, does] = SETTINGS.get(key) ?? [];
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return changes?.(text)
      ? [`the setting ${key}: ${JSON.stringify(text)} ${does}, which is not modelled`]
      : [];
  });
}

/**
 * Says, in one sentence without a full stop, which Namespace objects are missing although policies select by labels of
 * namespaces. The name of a namespace is known without them.
 */
export function missingNamespaces({ workloads, policies }: ClusterInput): string[] {
  const missing = new Set(
    workloads
      .filter(({ namespaceLabels }) => namespaceLabels === undefined)
      .map(({ namespace }) => namespace),
  );
  if (missing.size === 0 || !policies.some(goesByNamespaceLabels)) return [];
  const names = [...missing].sort().join(", ");
  return [`policies select by labels of namespaces, and no Namespace is given for ${names}`];
}

function goesByNamespaceLabels(policy: KubernetesObject): boolean {
  const read = policy.kind === "NetworkPolicy" ? asCiliumPolicy(policy) : policy;
  return JSON.stringify(read)
    .split(NAMESPACE_LABELS_PREFIX)
    .slice(1)
    .some((rest) => !rest.startsWith("kubernetes.io/metadata.name"));
}
