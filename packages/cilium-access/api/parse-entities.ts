import { ANY, CLUSTER_LABEL, K8S, RESERVED } from "../identity/labels.ts";
import type { Options } from "../options.ts";
import { ALL_PEERS, selectByLabels, type LabelPeerSelector } from "./peer-selector.ts";
import { selector } from "../identity/selectors.ts";

/** Entities: names by which policies speak of what has no labels of its own. */

/** Entities that are one of Cilium's own identities. */
const RESERVED_ENTITIES = [
  "host",
  "init",
  "ingress",
  "remote-node",
  "health",
  "unmanaged",
  "none",
  "kube-apiserver",
  "world-ipv4",
  "world-ipv6",
] as const;

const IN_CLUSTER = [
  "host",
  "remote-node",
  "init",
  "ingress",
  "health",
  "unmanaged",
  "kube-apiserver",
] as const;

const reserved = (key: string): LabelPeerSelector =>
  selectByLabels(selector([{ key: { source: RESERVED, key }, operator: "In", values: [""] }]));

/**
 * The peers that an entity stands for.
 *
 * Source: pkg/policy/api/entity.go, `EntitySelectorMapping`.
 *
 * @returns undefined for an unknown entity
 */
export function entityPeers(entity: string, options: Options): LabelPeerSelector[] | undefined {
  if (entity === "all") return [ALL_PEERS];
  if (entity === "world") return ["world", "world-ipv4", "world-ipv6"].map(reserved);
  if (entity === "cluster") return [...IN_CLUSTER.map(reserved), thisCluster(options)];
  if (entity === "cluster-mesh" && options.version === "1.20")
    return [...IN_CLUSTER.map(reserved), ANY_CLUSTER];
  return RESERVED_ENTITIES.some((known) => known === entity) ? [reserved(entity)] : undefined;
}

/** The host of a pod, as a rule names it by its own entity. */
export const HOST: LabelPeerSelector = reserved("host");

/** Whatever is outside the cluster. */
export const WORLD: LabelPeerSelector = reserved("world");

const ANY_CLUSTER = selectByLabels(
  selector([], [{ key: { source: ANY, key: CLUSTER_LABEL }, operator: "Exists", values: [] }]),
);

function thisCluster({ clusterName }: Options): LabelPeerSelector {
  return selectByLabels(
    selector([{ key: { source: K8S, key: CLUSTER_LABEL }, operator: "In", values: [clusterName] }]),
  );
}
