import type { Options } from "../options.ts";
import { selectsAllPeers } from "../api/peer-selector.ts";
import { ALL_PORTS } from "../api/ports.ts";
import type { PolicyEntry } from "../policy/policy-entry.ts";
import type { FlowKey } from "./flow-key.ts";

/**
 * Whether a connection goes through a proxy. Of the entries of an endpoint's policy map, the datapath goes by one.
 *
 * Source: bpf/lib/policy.h, `__policy_can_access`; pkg/policy/l4.go, `toMapState` and `covers`; pkg/policy/mapstate.go,
 * `authPreferredInsert`.
 *
 * @param clauses those that allow the connection
 * @param bypasses whether it comes from the pod's own node, which rules for all peers do not redirect
 * @returns undefined when that depends on the order in which Cilium takes the rules
 */
export function isRedirected(
  clauses: readonly PolicyEntry[],
  target: FlowKey,
  { version }: Options,
  bypasses: boolean,
): boolean | undefined {
  // In 1.20 entries that redirect take precedence over all that only allow.
  if (version === "1.20" || !clauses.some(redirects)) return clauses.some(redirects);
  // A rule for a peer on all ports that sets authentication may bypass rules for all peers.
  if (clauses.some(({ entry, range }) => range === ALL_PORTS && saysHow(entry))) return undefined;
  const counted = entriesOf(clauses, target, bypasses);
  const best = counted.reduce((one, other) => (isBetter(other, one, target) ? other : one));
  return counted.some((entry) => entry.redirects && !isBetter(best, entry, target));
}

function redirects({ layer7 }: PolicyEntry): boolean {
  return layer7?.redirects === true;
}

function isForAllPeers({ peers }: PolicyEntry): boolean {
  return peers.some(selectsAllPeers);
}

/** Whether it sets authentication. */
function saysHow({ authentication }: PolicyEntry["entry"]): boolean {
  return authentication !== undefined && authentication !== "";
}

/** An entry of the policy map of 1.16. */
interface MapEntry {
  readonly range: PolicyEntry["range"];
  readonly allPeers: boolean;
  readonly redirects: boolean;
}

function entriesOf(clauses: readonly PolicyEntry[], target: FlowKey, bypasses: boolean): MapEntry[] {
  const forAllPeers = clauses.filter(isForAllPeers);
  return clauses.flatMap((clause): MapEntry[] => {
    const { range, entry } = clause;
    const allPeers = isForAllPeers(clause);
    const own = { range, allPeers, redirects: redirects(clause) };
    const wider = forAllPeers.filter((other) => isSamePort(other, clause));
    if (allPeers) {
      const isSameEntry = (other: PolicyEntry) =>
        other.range.protocol === range.protocol &&
        prefixLength(other.range, target) === prefixLength(range, target);
      const authenticated = forAllPeers.some((other) => saysHow(other.entry) && isSameEntry(other));
      const passed = bypasses && range !== ALL_PORTS && !authenticated;
      return passed ? [own, { range, allPeers: false, redirects: false }] : [own];
    }
    const isRedirectedAnyway = wider.some(redirects);
    const coversHow = !saysHow(entry) || wider.some((other) => saysHow(other.entry));
    const isCovered = wider.length > 0 && coversHow && (isRedirectedAnyway || !own.redirects);
    return isCovered ? [] : [{ ...own, redirects: own.redirects || isRedirectedAnyway }];
  });
}

function isSamePort({ range: one }: PolicyEntry, { range: other }: PolicyEntry): boolean {
  return (
    one.protocol === other.protocol &&
    one.name === other.name &&
    filed(one) === filed(other) &&
    one.endPort === other.endPort
  );
}

function filed({ port, filedUnder = port }: PolicyEntry["range"]): number {
  return filedUnder;
}

/** The longer prefix of protocol and port is better; where they are alike, an entry for the peer itself. */
function isBetter(one: MapEntry, other: MapEntry, target: FlowKey): boolean {
  const difference = prefixLength(one.range, target) - prefixLength(other.range, target);
  return difference > 0 || (difference === 0 && !one.allPeers && other.allPeers);
}

/** How much of protocol and port an entry fixes: ranges are divided into blocks that a prefix describes. */
function prefixLength(range: PolicyEntry["range"], { protocol, port, named }: FlowKey): number {
  if (range.protocol === "ANY") return 0;
  if (range.name === undefined && range.port === 0) return 1;
  const first = range.name === undefined ? range.port : named(range.name, protocol);
  const last = Math.max(first, range.endPort);
  let bits = 16;
  while (bits > 0) {
    const start = blockStart(port, bits - 1);
    if (start < first || start + (1 << (17 - bits)) - 1 > last) break;
    bits -= 1;
  }
  return 1 + bits;
}

function blockStart(port: number, bits: number): number {
  return port & ~((1 << (16 - bits)) - 1);
}
