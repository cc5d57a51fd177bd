import type { Version } from "./options.ts";
import { isEverybody } from "./peers.ts";
import type { PortRange } from "./ports.ts";
import type { Clause } from "./resolve.ts";

/**
 * Whether a connection goes through a proxy. Of the entries of an endpoint's policy map, the datapath goes by one.
 *
 * Source: bpf/lib/policy.h, `__policy_can_access`; pkg/policy/l4.go, `toMapState`.
 *
 * @param clauses those that allow the connection
 */
export function isRedirected(clauses: readonly Clause[], port: number, version: Version): boolean {
  const redirecting = clauses.filter(({ layer7 }) => layer7?.redirects);
  // In 1.20 entries that redirect take precedence over all that only allow.
  if (redirecting.length === 0 || version === "1.20") return redirecting.length > 0;
  const best = clauses.reduce((one, other) => (isBetter(other, one, port) ? other : one));
  const chosen = clauses.filter((clause) => !isBetter(best, clause, port));
  // Beside an entry for everybody on the same port, one for a peer redirects where that does.
  const samePort = (clause: Clause) => chosen.some(({ range }) => portOf(range) === portOf(clause.range));
  return redirecting.some(
    (clause) => chosen.includes(clause) || (isForEverybody(clause) && samePort(clause)),
  );
}

/** The longer prefix of protocol and port is better; where they are alike, an entry for the peer itself. */
function isBetter(one: Clause, other: Clause, port: number): boolean {
  const difference = prefixLength(one.range, port) - prefixLength(other.range, port);
  return difference > 0 || (difference === 0 && !isForEverybody(one) && isForEverybody(other));
}

function isForEverybody({ peers }: Clause): boolean {
  return peers.some(isEverybody);
}

function portOf({ protocol, port, endPort, name = "" }: PortRange): string {
  return `${protocol} ${name} ${port} ${endPort}`;
}

/** How much of protocol and port an entry fixes: ranges are divided into blocks that a prefix describes. */
function prefixLength({ protocol, port: first, endPort, name }: PortRange, port: number): number {
  if (protocol === "ANY") return 0;
  if (name === undefined && first === 0 && (endPort === 0 || endPort === 65_535)) return 1;
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
