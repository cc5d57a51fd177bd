import { z } from "zod";
import { covers, parsePrefix, type Prefix } from "@attested-fhir/cilium-access";

/** IPv4 ranges in CIDR notation. */

function parse(text: string): Prefix | undefined {
  const range = parsePrefix(text);
  return range?.family === 4 ? range : undefined;
}

/** Whether two ranges overlap; an invalid range overlaps none. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [parse(one), parse(other)];
  return a !== undefined && b !== undefined && (covers(a, b) || covers(b, a));
}

/** Whether no bit is set after the prefix: Google accepts 10.0.0.0/20, and not 10.0.0.5/20. */
function beginsItsRange(text: string): boolean {
  return (parse(text)?.text ?? text) === text;
}

/** An IPv4 range, `10.0.0.0/20`. */
export const cidrSchema = z
  .string({ error: "is not an IPv4 range" })
  .refine(
    (value) => parse(value) !== undefined,
    "is not an IPv4 range: ADDRESS/PREFIX, for example 10.0.0.0/20",
  )
  .refine(beginsItsRange, "is not the network address of its range: it has bits set after the prefix")
  .meta({ shape: "IPv4 range" });

/** The range of a subnet, which Google allows from /8 to /29. */
export const subnetRangeSchema = cidrSchema.refine((value) => {
  const prefix = parse(value)?.bits;
  return prefix === undefined || (prefix >= 8 && prefix <= 29);
}, "is not a subnet range: its prefix must be from /8 to /29");

/** A range that may send, at most a /8. */
export const senderRangeSchema = cidrSchema.refine(
  (value) => (parse(value)?.bits ?? 8) >= 8,
  "allows too much of the network: MLLP has no authentication of its own, so name the senders (a /8 at most)",
);
