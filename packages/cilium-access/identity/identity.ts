import { covers, parsePrefix, type Prefix } from "./cidr.ts";
import {
  ANY,
  CIDR,
  CLUSTER_LABEL,
  K8S,
  type Label,
  type LabelKey,
  NAMESPACE_LABEL,
  NAMESPACE_LABELS_PREFIX,
  RESERVED,
  SERVICE_ACCOUNT_LABEL,
} from "./labels.ts";
import { isIdentityLabel } from "./label-filter.ts";
import type { Options } from "../options.ts";

/** What Cilium itself names; an address outside the cluster is `world`, whether or not a policy knows its prefix. */
export const RESERVED_IDENTITIES = [
  "host",
  "remote-node",
  "world",
  "kube-apiserver",
  "health",
  "ingress",
  "init",
  "unmanaged",
] as const;

export type ReservedIdentity = (typeof RESERVED_IDENTITIES)[number];

/** A security identity. Pods with the same labels share one. */
export interface Identity {
  /** Labels by key. A key stands once, whatever its source. */
  readonly labels: ReadonlyMap<string, Label>;
  readonly kind: "pod" | ReservedIdentity;
  /** The narrowest prefix of all policies that an address outside the cluster is in. */
  readonly prefix?: Prefix;
  /** The same for identities with the same labels. */
  readonly id: string;
}

/** What a pod's identity is made of. */
export interface PodMetadata {
  readonly namespace: string;
  /** The pod's own labels. */
  readonly labels: Readonly<Record<string, string>>;
  /** Labels of its namespace. */
  readonly namespaceLabels?: Readonly<Record<string, string>> | undefined;
  readonly serviceAccount?: string | undefined;
}

/** What Cilium reserves for itself: such labels of a pod count for nothing. */
const CILIUM_PREFIX = "io.cilium.k8s";

/**
 * The identity of a pod.
 *
 * Source: pkg/k8s/utils/utils.go, `SanitizePodLabels`; pkg/labelsfilter/filter.go.
 */
export function podIdentity(pod: PodMetadata, options: Options): Identity {
  const own = Object.entries(pod.labels).filter(([key]) => !key.startsWith(CILIUM_PREFIX));
  const namespaceLabels = { "kubernetes.io/metadata.name": pod.namespace, ...pod.namespaceLabels };
  const all: [string, string][] = [
    ...own,
    ...Object.entries(namespaceLabels).map(([key, value]): [string, string] => [
      NAMESPACE_LABELS_PREFIX + key,
      value,
    ]),
    [NAMESPACE_LABEL, pod.namespace],
    ...(pod.serviceAccount ? [[SERVICE_ACCOUNT_LABEL, pod.serviceAccount] as [string, string]] : []),
    [CLUSTER_LABEL, options.clusterName],
  ];
  const counted = all.filter(([key]) => isIdentityLabel(key, options.version));
  return identity(
    "pod",
    counted.map(([key, value]) => ({ source: K8S, key, value })),
  );
}

/**
 * One of Cilium's own identities. `kube-apiserver` is an API server on another node; one on the same node is `host`.
 *
 * Source: pkg/identity/numericidentity.go, `reservedIdentityLabels`.
 */
export function reservedIdentity(kind: ReservedIdentity): Identity {
  const keys = kind === "kube-apiserver" ? [kind, "remote-node"] : [kind];
  return identity(
    kind,
    keys.map((key) => ({ source: RESERVED, key, value: "" })),
  );
}

/**
 * An address outside the cluster, by the narrowest prefix of all policies that it is in. Cilium gives such addresses
 * an identity of their own, and a rule's prefix selects it when it covers that one.
 *
 * @param label the block by which Cilium labels it; none where it is only the world
 */
export function externalIdentity(prefix: Prefix, label: Prefix | undefined): Identity {
  const world = { source: RESERVED, key: "world", value: "" };
  const labels = label === undefined ? [] : [{ source: CIDR, key: label.text, value: "" }];
  const { id, ...rest } = identity("world", [world, ...labels]);
  return { ...rest, id: `${id} ${prefix.text}`, prefix };
}

/** All IPv4 addresses, as Cilium calls them where it also has IPv6. */
export const IPV4_WORLD: Pick<Identity, "labels"> = {
  labels: new Map([["world-ipv4", { source: RESERVED, key: "world-ipv4", value: "" }]]),
};

/** What 1.20 groups pods or addresses under. */
export function groupIdentity(of: "cluster" | "world"): Pick<Identity, "labels"> {
  const key = `aggregate-${of}`;
  return { labels: new Map([[key, { source: RESERVED, key, value: "" }]]) };
}

function identity(kind: Identity["kind"], labels: readonly Label[]): Identity {
  const byKey = new Map(labels.map((label) => [label.key, label]));
  const sorted = [...byKey.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
  return {
    kind,
    labels: byKey,
    id: JSON.stringify(sorted.map(({ source, key, value }) => [source, key, value])),
  };
}

/** The label of an identity that a selector's key names; none when the identity has none. */
export function labelValue(
  { labels }: Pick<Identity, "labels">,
  { source, key }: LabelKey,
): Label | undefined {
  const label = labels.get(key);
  if (label !== undefined && (source === ANY || source === label.source)) return label;
  return source === CIDR ? blockWithin(key, labels) : undefined;
}

/** The label of a block that lies within the one that a selector's key names. */
function blockWithin(key: string, labels: Identity["labels"]): Label | undefined {
  const wider = parsePrefix(key.replaceAll("-", ":"));
  if (wider === undefined) return undefined;
  return labels.values().find(({ source, key: own }) => {
    const block = source === CIDR ? parsePrefix(own) : undefined;
    // Cilium gives no such label to all addresses.
    return block !== undefined && block.bits > 0 && covers(wider, block);
  });
}

/** The namespace of a pod; undefined for other identities. */
export function namespaceName(identity: Identity): string | undefined {
  return labelValue(identity, { source: K8S, key: NAMESPACE_LABEL })?.value;
}
