import { type CidrPeerSelector, type PeerSelector, selectsPeer } from "../api/peer-selector.ts";
import { remainders } from "../identity/cidr.ts";
import { filterKey } from "../policy/merge-conflicts.ts";
import { HOST, WORLD } from "../api/parse-entities.ts";
import { reservedIdentity } from "../identity/identity.ts";
import type { L4Decision } from "./l4-decision.ts";
import { portRangeMatches } from "../api/ports.ts";
import type { DirectionPolicy } from "../policy/resolve-policy.ts";
import type { PolicyEntry } from "../policy/policy-entry.ts";
import { describePolicy } from "../api/rules.ts";
import type { FlowKey } from "./flow-key.ts";

/** What only 1.16.0 does, and 1.16.19 no longer. */

/**
 * 1.16.0 sends a port's rules to Envoy as rules for all peers where a single selector is named for exactly that port or
 * range. The datapath sends each peer that it lets through to the same Envoy, by whichever rule.
 *
 * Source: pkg/envoy/xds_server.go of 1.16.0, `getDirectionNetworkPolicy`.
 */
export function widenedBySingles(allowed: L4Decision, policy: DirectionPolicy, target: FlowKey): L4Decision {
  if (allowed.kind !== "http" || target.protocol !== "TCP") return allowed;
  const filters = [...Map.groupBy(policy.entries, ({ range }) => filterKey(range)).values()];
  const others = filters.filter((filter) => concerns(filter, target) && !isCounted(filter, allowed.clauses));
  const singles = others.filter((filter) => selectorsOf(filter, policy).least <= 1);
  const all = singles.flat();
  const denying = all.find(({ entry }) => entry.deny);
  if (denying !== undefined) return { kind: "undecided", why: mayHold(denying), clauses: all };
  const certain = singles.filter((filter) => selectorsOf(filter, policy).isExact).flat();
  const unread = certain.find(({ layer7 }) => layer7?.redirects === true && layer7.http === undefined);
  if (unread !== undefined) return { kind: "undecided", why: mayHold(unread), clauses: certain };
  const open = certain.filter(({ layer7 }) => !layer7?.redirects);
  if (open.length > 0) return { kind: "open", by: open, proxied: true };
  const possible = all.find((clause) => !certain.includes(clause));
  return {
    kind: "http",
    clauses: [...allowed.clauses, ...certain],
    unless: allowed.unless ?? (possible && mayHold(possible)),
  };
}

function mayHold({ entry }: PolicyEntry): string {
  return `Cilium 1.16.0 may apply ${describePolicy(entry.policy)} at ${entry.at} to all peers on this port`;
}

/** Whether the rules of one port or range are sent to Envoy about a port. For ICMP it takes the type for the port. */
function concerns([first]: readonly PolicyEntry[], { port, named }: FlowKey): boolean {
  if (first === undefined) return false;
  const { range } = first;
  const { protocol, name } = range;
  if (protocol === "UDP" || protocol === "SCTP" || protocol === "ANY") return false;
  const number = name === undefined ? range.port : named(name, protocol);
  return number !== 0 && portRangeMatches(range, protocol, port, number);
}

function isCounted(filter: readonly PolicyEntry[], clauses: readonly PolicyEntry[]): boolean {
  return filter.every((clause) => clauses.includes(clause));
}

/** How many selectors Cilium has for one port or range: at least so many, and whether there are no more. */
function selectorsOf(filter: readonly PolicyEntry[], { nodeBypasses }: DirectionPolicy) {
  const ids = new Set(filter.flatMap(({ peers }) => peers.flatMap(selectorIds)));
  const isHostAdded =
    nodeBypasses && filter.some(({ layer7, peers }) => layer7?.redirects === true && peers.some(isHost));
  if (isHostAdded) ids.add(HOST.id);
  const isExact = !filter.some(({ peers }) => peers.some(({ kind }) => kind === "unknown"));
  return { least: ids.size, isExact: isExact && ids.size === 1 };
}

const NODE = reservedIdentity("host");

function isHost(peer: PeerSelector): boolean {
  return selectsPeer(peer, NODE, "1.16") === true;
}

function selectorIds(peer: PeerSelector): readonly string[] {
  if (peer.kind === "unknown") return [];
  if (peer.kind === "labels") return [peer.id];
  return selectorsOfBlock(peer);
}

/** All addresses are also the world. */
function selectorsOfBlock({ prefix, except, labelledOnly }: CidrPeerSelector): string[] {
  return remainders(prefix, except).flatMap(({ text, family, bits }) =>
    family === 4 && bits === 0 && !labelledOnly ? [text, WORLD.id] : [text],
  );
}
