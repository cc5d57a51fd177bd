import { BlockList, isIP } from "node:net";
import { z } from "zod";

/** IPv4 ranges in CIDR notation, compared by Node's own BlockList. */

const FORM = /^(?<address>[0-9.]+)\/(?<prefix>\d|[12]\d|3[0-2])$/;

interface Range {
  readonly address: string;
  readonly prefix: number;
}

function parse(text: string): Range | undefined {
  const groups = FORM.exec(text)?.groups;
  const address = groups?.address ?? "";
  return isIP(address) === 4 ? { address, prefix: Number(groups?.prefix) } : undefined;
}

function contains(outer: Range, inner: Range): boolean {
  const block = new BlockList();
  block.addSubnet(outer.address, outer.prefix, "ipv4");
  return outer.prefix <= inner.prefix && block.check(inner.address, "ipv4");
}

/** Whether two ranges share an address; a text that is no range shares none. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [parse(one), parse(other)];
  return a !== undefined && b !== undefined && (contains(a, b) || contains(b, a));
}

/** Whether no address bit stands behind the prefix: Google takes 10.0.0.0/20, and not 10.0.0.5/20. */
function beginsItsRange(text: string): boolean {
  const range = parse(text);
  if (range === undefined) return true;
  const value = range.address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return value % 2 ** (32 - range.prefix) === 0;
}

/** An IPv4 range, `10.0.0.0/20`. */
export const cidr = z
  .string({ error: "is not an IPv4 range" })
  .refine(
    (value) => parse(value) !== undefined,
    "is not an IPv4 range: ADDRESS/PREFIX, for example 10.0.0.0/20",
  )
  .refine(beginsItsRange, "does not begin its range: the address has bits behind the prefix");

/** The range of a subnet, which Google takes from /8 to /29. */
export const subnetRange = cidr.refine((value) => {
  const prefix = parse(value)?.prefix;
  return prefix === undefined || (prefix >= 8 && prefix <= 29);
}, "is not a subnet's range: its prefix is from /8 to /29");

/** Who may send: a range, but never everybody. */
export const senderRange = cidr.refine(
  (value) => (parse(value)?.prefix ?? 8) >= 8,
  "admits too much of the network: MLLP has no authentication of its own, so name the senders (a /8 at most)",
);
