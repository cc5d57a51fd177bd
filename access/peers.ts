import { covers, type Prefix } from "./cidr.ts";
import type { Identity } from "./identity.ts";
import { isWildcard, type Selector, selector, selects } from "./selectors.ts";

/** Whom a rule names as the other side, one after the other. */
export type Peer = LabelPeer | PrefixPeer | UnknownPeer;

/** Whoever has labels: pods, and what Cilium itself names. */
export interface LabelPeer {
  readonly kind: "labels";
  readonly id: string;
  readonly selector: Selector;
}

/** Addresses outside the cluster. Pods and nodes are never selected by their address. */
export interface PrefixPeer {
  readonly kind: "prefix";
  readonly id: string;
  readonly prefix: Prefix;
  readonly except: readonly Prefix[];
}

/** Addresses outside the cluster that are only known when it runs. */
export interface UnknownPeer {
  readonly kind: "unknown";
  readonly id: string;
  /** What they depend on: `the name example.com`. */
  readonly dependsOn: string;
}

/** Whoever a selector selects. */
export function labelPeer(by: Selector): LabelPeer {
  return { kind: "labels", id: by.id, selector: by };
}

/** Everybody. */
export const EVERYBODY: LabelPeer = labelPeer(selector([]));

/** Addresses of a block, outside of others. */
export function prefixPeer(prefix: Prefix, except: readonly Prefix[] = []): PrefixPeer {
  const id = ["cidr", prefix.text, ...except.map(({ text }) => text)].join(" ");
  return { kind: "prefix", id, prefix, except };
}

/** Addresses that depend on something that is not known here. */
export function unknownPeer(dependsOn: string): UnknownPeer {
  return { kind: "unknown", id: `unknown ${dependsOn}`, dependsOn };
}

/** Whether a peer is everybody, the world included. */
export function isEverybody(peer: Peer): boolean {
  return peer.kind === "labels" && isWildcard(peer.selector);
}

/**
 * Whether a peer is an identity.
 *
 * `world` without a prefix is an address that no policy names. A block of all addresses selects it; in 1.16 only when
 * it excepts none, for there Cilium divides it into smaller blocks that do not hold the rest.
 *
 * Source: pkg/policy/api/cidr.go of 1.16, pkg/policy/types/selector.go of 1.20.
 *
 * @returns undefined when it depends on what is not known here
 */
export function isPeer(peer: Peer, identity: Identity, excludesSplit: boolean): boolean | undefined {
  if (peer.kind === "labels") return selects(peer.selector, identity);
  if (identity.kind !== "world") return false;
  if (peer.kind === "unknown") return undefined;
  const { prefix } = identity;
  if (prefix === undefined) {
    return peer.prefix.family === 4 && peer.prefix.bits === 0 && (peer.except.length === 0 || !excludesSplit);
  }
  return covers(peer.prefix, prefix) && !peer.except.some((except) => covers(except, prefix));
}
