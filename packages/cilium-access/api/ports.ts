/** Ports and protocols as policies name them. */

/** Protocols of layer 4, and `ANY` for rules without ports, which hold for all. */
export const PROTOCOLS = ["TCP", "UDP", "SCTP", "ICMP", "ICMPV6"] as const;

export type Protocol = (typeof PROTOCOLS)[number];

/** The layer 4 part of a rule: one protocol, and a port, a range of ports, or a name. */
export interface PortRange {
  readonly protocol: Protocol | "ANY";
  /** The number of the first port; 0 for all ports, and for a name. For ICMP, its type. */
  readonly port: number;
  /** The number of the last port, when there are more than one. */
  readonly endPort: number;
  /** The name of a port, in lower case. */
  readonly name?: string | undefined;
  /** The number of the last port to the proxy alone. */
  readonly proxyEndPort?: number | undefined;
  /** The number that 1.16 files the rule under, where it is written so that this is another: `010`, `0x50`. */
  readonly filedUnder?: number | undefined;
}

/** All protocols and ports: what a rule without ports speaks of. */
export const ALL_PORTS: PortRange = { protocol: "ANY", port: 0, endPort: 0 };

// IANA service names, RFC 6335: pkg/iana/svcname.go.
const SERVICE_NAME = /^(?:[a-zA-Z0-9]-?)*[a-zA-Z](?:-?[a-zA-Z0-9])*$/;

/** Whether a text is the name of a port: such a text is never read as a number. */
export function isPortName(text: string): boolean {
  return text.length <= 15 && SERVICE_NAME.test(text);
}

// Go's strconv.ParseUint with base 0.
const NUMBER = /^(?:0[xX](?:_?[\da-fA-F])+|0[bB](?:_?[01])+|0[oO]?(?:_?[0-7])+|[1-9](?:_?\d)*|0)$/;

/**
 * Reads the number of a port, as Cilium does: `010` is eight.
 *
 * @returns undefined when it is none
 */
export function parsePortNumber(text: string): number | undefined {
  if (!NUMBER.test(text)) return undefined;
  const digits = text.replaceAll("_", "");
  const number = Number(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return number <= 65_535 ? number : undefined;
}

/** The number that 1.16 reads when it files a rule: in decimal, and 0 for anything else. */
export function decimalNumber(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : 0;
}

/** Whether a rule speaks of a port. `resolved` is the number behind the rule's name; 0 when there is none. */
export function portRangeMatches(
  range: PortRange,
  protocol: Protocol,
  port: number,
  resolved: number,
): boolean {
  if (range.protocol === "ANY") return true;
  if (range.protocol !== protocol) return false;
  const first = range.name === undefined ? range.port : resolved;
  // Port 0 stands for all ports, whatever the last one is.
  if (first === 0) return range.name === undefined;
  return port === first || (port > first && port <= range.endPort);
}
