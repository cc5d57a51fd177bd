import { covers, type Prefix } from "../identity/cidr.ts";
import { groupIdentity, type Identity, IPV4_WORLD } from "../identity/identity.ts";
import { CIDR } from "../identity/labels.ts";
import type { Version } from "../options.ts";
import { isWildcard, type Selector, selector, selects } from "../identity/selectors.ts";

/** The peers that a rule selects. */
export type PeerSelector = LabelPeerSelector | CidrPeerSelector | UnknownPeerSelector;

/** Peers with labels: pods, and Cilium's reserved identities. */
export interface LabelPeerSelector {
  readonly kind: "labels";
  readonly id: string;
  readonly selector: Selector;
}

/** Addresses outside the cluster. Pods and nodes are never selected by their address. */
export interface CidrPeerSelector {
  readonly kind: "prefix";
  readonly id: string;
  readonly prefix: Prefix;
  readonly except: readonly Prefix[];
  /** Whether it selects only addresses that Cilium labels by a block. */
  readonly labelledOnly: boolean;
}

/** Addresses outside the cluster that are only known when it runs. */
export interface UnknownPeerSelector {
  readonly kind: "unknown";
  readonly id: string;
  /** What they depend on: `the name example.com`. */
  readonly dependsOn: string;
  /** Whether there may turn out to be none, and Cilium then applies the rule to all peers. */
  readonly mayBeAllPeers: boolean;
}

/** The peers that a selector selects. */
export function selectByLabels(by: Selector): LabelPeerSelector {
  return { kind: "labels", id: by.id, selector: by };
}

/** All peers, the world included. */
export const ALL_PEERS: LabelPeerSelector = selectByLabels(selector([]));

/** Addresses of a block, outside of others. */
export function selectByCidr(
  prefix: Prefix,
  except: readonly Prefix[] = [],
  labelledOnly = false,
): CidrPeerSelector {
  const id = [
    "cidr",
    prefix.text,
    ...except.map(({ text }) => text),
    ...(labelledOnly ? ["labelled"] : []),
  ].join(" ");
  return { kind: "prefix", id, prefix, except, labelledOnly };
}

/** Addresses that depend on something that is not known here. */
export function unknownPeerSelector(dependsOn: string, mayBeAllPeers = false): UnknownPeerSelector {
  return { kind: "unknown", id: `unknown ${dependsOn}`, dependsOn, mayBeAllPeers };
}

const CLUSTER_GROUP = groupIdentity("cluster");
const WORLD_GROUP = groupIdentity("world");

/** Whether a peer selector selects all peers, the world included. */
export function selectsAllPeers(peer: PeerSelector): boolean {
  return peer.kind === "labels" && isWildcard(peer.selector);
}

/**
 * Whether a peer is an identity.
 *
 * `world` without a prefix is an address that no policy names. A block of all addresses selects it unless it
 * excepts all of them; in 1.16 only when it excepts none, since Cilium divides it there into smaller blocks.
 *
 * Source: pkg/policy/api/cidr.go of 1.16, pkg/policy/types/selector.go of 1.20.
 *
 * @returns in words what it depends on, when that is not known here
 */
export function selectsPeer(peer: PeerSelector, identity: Identity, version: Version): boolean | string {
  if (peer.kind === "labels") {
    if (selects(peer.selector, identity)) return true;
    return version === "1.20" && isAggregated(peer.selector, identity) ? AGGREGATION : false;
  }
  if (peer.kind === "unknown" && peer.mayBeAllPeers) return peer.dependsOn;
  if (identity.kind !== "world") return false;
  if (peer.kind === "unknown") return peer.dependsOn;
  const { prefix } = identity;
  if (peer.labelledOnly && !identity.labels.values().some(({ source }) => source === CIDR)) return false;
  if (prefix === undefined) {
    const { family, bits } = peer.prefix;
    if (family !== 4 || bits !== 0) return false;
    return version === "1.20" ? !peer.except.some((except) => except.bits === 0) : peer.except.length === 0;
  }
  return covers(peer.prefix, prefix) && !peer.except.some((except) => covers(except, prefix));
}

const AGGREGATION = "how Cilium groups identities: the selector selects a group that this one is in";

/**
 * 1.20 also looks up the aggregate identity that an identity belongs to. Purely negative selectors match it, and then
 * apply to the whole group, and not to the proxy.
 *
 * Source: pkg/policy/aggregate.go.
 */
function isAggregated(by: Selector, { kind, prefix }: Identity): boolean {
  if (kind === "pod") return selects(by, CLUSTER_GROUP);
  return prefix !== undefined && selects(by, WORLD_GROUP);
}

/**
 * Whether denying these peers may also deny an address: 1.16 does not allow a narrower block what it denies a wider one,
 * except by rules that allow all peers. So does denying `world-ipv4`, though no address is that where there is IPv4 alone.
 *
 * Source: pkg/policy/mapstate.go of 1.16, `identityIsSupersetOf`.
 *
 * @returns in words what it depends on, when it may
 */
export function mayDenyBlock(peers: readonly PeerSelector[], { prefix }: Identity): string | false {
  if (prefix?.family !== 4) return false;
  const denied = peers.some((peer) => peer.kind === "labels" && selects(peer.selector, IPV4_WORLD));
  return denied && "how Cilium denies blocks of addresses along with world-ipv4";
}
