import { NAMESPACE_LABEL, NAMESPACE_LABELS_PREFIX } from "../identity/labels.ts";
import type { KubernetesObject } from "./cluster-objects.ts";
import type { SelectorObject } from "../identity/selectors.ts";

/**
 * Kubernetes' own NetworkPolicy, which Cilium enforces like its own: here it is written as one of Cilium's.
 *
 * Source: pkg/k8s/network_policy.go, `ParseNetworkPolicy`.
 */

interface NetworkPolicySpec {
  readonly podSelector?: SelectorObject | null;
  readonly policyTypes?: readonly string[] | null;
  readonly ingress?: readonly { from?: readonly Peer[] | null; ports?: readonly Port[] | null }[] | null;
  readonly egress?: readonly { to?: readonly Peer[] | null; ports?: readonly Port[] | null }[] | null;
}

interface Peer {
  readonly podSelector?: SelectorObject | null;
  readonly namespaceSelector?: SelectorObject | null;
  readonly ipBlock?: { readonly cidr?: string; readonly except?: readonly string[] | null } | null;
}

interface Port {
  readonly port?: number | string | null;
  readonly endPort?: number | null;
  readonly protocol?: string | null;
}

/** Writes a NetworkPolicy as a CiliumNetworkPolicy. */
export function asCiliumPolicy({ metadata, spec }: KubernetesObject): KubernetesObject {
  const { podSelector, policyTypes, ingress, egress } = (spec ?? {}) as NetworkPolicySpec;
  const types = policyTypes ?? [];
  const own = metadata?.namespace ?? "default";
  const allowedIn = (ingress ?? []).flatMap(({ from, ports }) => rules("from", from ?? [], ports ?? [], own));
  const allowedOut = (egress ?? []).flatMap(({ to, ports }) => rules("to", to ?? [], ports ?? [], own));
  const deniesIn = allowedIn.length === 0 && (types.includes("Ingress") || !types.includes("Egress"));
  const deniesOut = allowedOut.length === 0 && types.includes("Egress");
  return {
    kind: "CiliumNetworkPolicy",
    metadata: { name: metadata?.name, namespace: metadata?.namespace },
    spec: {
      endpointSelector: ofPods(podSelector ?? {}),
      // A rule that allows nothing denies by default.
      ingress: deniesIn ? [{}] : allowedIn,
      egress: deniesOut ? [{}] : allowedOut,
    },
  };
}

function rules(
  prefix: "from" | "to",
  peers: readonly Peer[],
  ports: readonly Port[],
  namespace: string,
): object[] {
  const toPorts = ports.length === 0 ? {} : { toPorts: ports.map((port) => ({ ports: [portOf(port)] })) };
  const named =
    peers.length === 0
      ? [{ [`${prefix}Entities`]: ["all"] }]
      : peers.map((peer) => peerOf(prefix, peer, namespace));
  return named.map((peer) => ({ ...peer, ...toPorts }));
}

function portOf({ port, endPort, protocol }: Port): object {
  return {
    port: port === undefined || port === null ? "0" : String(port),
    ...(endPort && { endPort }),
    protocol: protocol ?? "TCP",
  };
}

function peerOf(
  prefix: "from" | "to",
  { podSelector, namespaceSelector, ipBlock }: Peer,
  namespace: string,
): object {
  const blocks = ipBlock
    ? { [`${prefix}CIDRSet`]: [{ cidr: ipBlock.cidr, except: ipBlock.except ?? [] }] }
    : {};
  if (!podSelector && !namespaceSelector) return blocks;
  const pods = ofPods(podSelector ?? {});
  // Pods of its own namespace, even where the selector names another.
  const own = { matchLabels: { [`k8s:${NAMESPACE_LABEL}`]: namespace } };
  const selector = namespaceSelector ? joined(ofNamespaces(namespaceSelector), pods) : joined(pods, own);
  return { [`${prefix}Endpoints`]: [selector], ...blocks };
}

function ofPods(selector: SelectorObject): SelectorObject {
  return withKeys(selector, (key) => `k8s:${key}`);
}

function ofNamespaces(selector: SelectorObject): SelectorObject {
  const read = withKeys(selector, (key) => `k8s:${NAMESPACE_LABELS_PREFIX}${key}`);
  const isEmpty = Object.keys(read.matchLabels ?? {}).length + (read.matchExpressions ?? []).length === 0;
  const exists = { key: `k8s:${NAMESPACE_LABEL}`, operator: "Exists" };
  return isEmpty ? { matchExpressions: [exists] } : read;
}

function withKeys(
  { matchLabels, matchExpressions }: SelectorObject,
  keyOf: (key: string) => string,
): SelectorObject {
  return {
    matchLabels: Object.fromEntries(
      Object.entries(matchLabels ?? {}).map(([key, value]) => [keyOf(key), value]),
    ),
    matchExpressions: (matchExpressions ?? []).map((expression) => ({
      ...expression,
      key: keyOf(expression.key),
    })),
  };
}

function joined(one: SelectorObject, other: SelectorObject): SelectorObject {
  return {
    matchLabels: { ...one.matchLabels, ...other.matchLabels },
    matchExpressions: [...(one.matchExpressions ?? []), ...(other.matchExpressions ?? [])],
  };
}
