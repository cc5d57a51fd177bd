import { covers, type Prefix, remainders } from "../identity/cidr.ts";
import type { Version } from "../options.ts";
import type { ParsedPolicy } from "../api/parse-policy.ts";
import type { CidrPeerSelector } from "../api/peer-selector.ts";

/** Blocks of addresses outside the cluster, as all policies together name them. */
export interface Blocks {
  /** Those that policies tell apart, exceptions included, the narrowest first. */
  readonly prefixes: readonly Prefix[];
  /** Those that 1.16 gives an identity of their own: what remains of each block without its exceptions. */
  readonly remaining: readonly Prefix[] | undefined;
}

/**
 * Finds the blocks of all policies.
 *
 * Source: pkg/policy/cidr.go of 1.16, `GetCIDRPrefixes`.
 */
export function blocksOf(policies: readonly ParsedPolicy[], version: Version): Blocks {
  const peers = policies.flatMap(prefixPeers);
  return {
    prefixes: narrowestFirst(peers.flatMap(({ prefix, except }) => [prefix, ...except])),
    remaining:
      version === "1.16"
        ? narrowestFirst(peers.flatMap(({ prefix, except }) => remainders(prefix, except)))
        : undefined,
  };
}

function prefixPeers({ rules }: ParsedPolicy): CidrPeerSelector[] {
  return rules
    .flatMap(({ ingress, egress }) => [...ingress.entries, ...egress.entries])
    .flatMap(({ peers = [] }) => peers.filter((peer) => peer.kind === "prefix"));
}

function narrowestFirst(prefixes: readonly Prefix[]): Prefix[] {
  const byText = new Map(prefixes.map((prefix) => [prefix.text, prefix]));
  return [...byText.values()].sort((one, other) => other.bits - one.bits || (one.text < other.text ? -1 : 1));
}

/**
 * The block by which Cilium labels addresses: the narrowest that holds them, or where only parts of them have one, that
 * of a part. Cilium gives no such label to all addresses.
 *
 * @returns undefined where they have none
 */
export function labelled(addresses: Prefix, { prefixes, remaining }: Blocks): Prefix | undefined {
  if (remaining === undefined) return addresses;
  const named = remaining.filter(({ bits }) => bits > 0);
  const isPart = (block: Prefix) => prefixes.find((one) => covers(one, block))?.text === addresses.text;
  return named.find((block) => covers(block, addresses)) ?? named.find(isPart);
}
