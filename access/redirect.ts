import type { Version } from "./options.ts";
import { isEverybody } from "./peers.ts";
import { ALL_PORTS, type PortRange } from "./ports.ts";
import type { Clause } from "./resolve.ts";

/**
 * Whether a connection goes through a proxy. Of the entries of an endpoint's policy map, the datapath goes by one.
 *
 * Source: bpf/lib/policy.h, `__policy_can_access`; pkg/policy/l4.go, `toMapState`.
 *
 * @param clauses those that allow the connection
 * @param bypasses whether it comes from the pod's own node, which rules for everybody do not redirect
 * @returns undefined when that depends on the order in which Cilium takes the rules
 */
export function isRedirected(
  clauses: readonly Clause[],
  port: number,
  version: Version,
  bypasses: boolean,
): boolean | undefined {
  const counted = bypasses ? clauses.filter((clause) => !bypassedBy(clause, clauses)) : clauses;
  const redirecting = counted.filter(redirects);
  // In 1.20 entries that redirect take precedence over all that only allow.
  if (redirecting.length === 0 || version === "1.20") return redirecting.length > 0;
  // A rule for a peer on all ports that says anything about authentication may take it past rules for everybody.
  if (counted.some(({ entry, range }) => range === ALL_PORTS && entry.authentication !== undefined)) {
    return undefined;
  }
  const best = counted.reduce((one, other) => (isBetter(other, one, port) ? other : one));
  const chosen = counted.filter((clause) => !isBetter(best, clause, port));
  const forEverybody = redirecting.filter(isForEverybody);
  // An entry for a peer is left out where the one for everybody on the same port redirects.
  const entered = chosen.filter(
    (one) => isForEverybody(one) || !forEverybody.some((clause) => isSamePort(one, clause)),
  );
  return entered.length === 0 || entered.some(redirects);
}

function redirects({ layer7 }: Clause): boolean {
  return layer7?.redirects === true;
}

/**
 * What redirects everybody, unless anything is said about authentication there, and what redirects a peer where
 * everybody is redirected anyway.
 */
function bypassedBy(clause: Clause, clauses: readonly Clause[]): boolean {
  const forEverybody = clauses.filter((other) => isForEverybody(other) && isSamePort(other, clause));
  return isForEverybody(clause)
    ? forEverybody.every(({ entry }) => entry.authentication === undefined)
    : redirects(clause) && forEverybody.some(redirects);
}

/** The longer prefix of protocol and port is better; where they are alike, an entry for the peer itself. */
function isBetter(one: Clause, other: Clause, port: number): boolean {
  const difference = prefixLength(one.range, port) - prefixLength(other.range, port);
  return difference > 0 || (difference === 0 && !isForEverybody(one) && isForEverybody(other));
}

function isForEverybody({ peers }: Clause): boolean {
  return peers.some(isEverybody);
}

function isSamePort({ range: one }: Clause, { range: other }: Clause): boolean {
  return (
    one.protocol === other.protocol &&
    one.name === other.name &&
    one.port === other.port &&
    one.endPort === other.endPort
  );
}

/** How much of protocol and port an entry fixes: ranges are divided into blocks that a prefix describes. */
function prefixLength({ protocol, port: first, endPort, name }: PortRange, port: number): number {
  if (protocol === "ANY") return 0;
  if (name === undefined && first === 0) return 1;
  const last = Math.max(first, endPort);
  if (name !== undefined || last === first) return 17;
  let bits = 16;
  while (
    bits > 0 &&
    blockStart(port, bits - 1) >= first &&
    blockStart(port, bits - 1) + (1 << (17 - bits)) - 1 <= last
  ) {
    bits -= 1;
  }
  return 1 + bits;
}

function blockStart(port: number, bits: number): number {
  return port & ~((1 << (16 - bits)) - 1);
}
