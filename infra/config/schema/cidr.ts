import { z } from "zod";
import { covers, parsePrefix, type Prefix } from "@attested-fhir/cilium-access";

/** IPv4 ranges in CIDR notation. */

function parse(text: string): Prefix | undefined {
  const range = parsePrefix(text);
  return range?.family === 4 ? range : undefined;
}

/** Whether two ranges share an address; a text that is no range shares none. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [parse(one), parse(other)];
  return a !== undefined && b !== undefined && (covers(a, b) || covers(b, a));
}

/** Whether no address bit stands behind the prefix: Google takes 10.0.0.0/20, and not 10.0.0.5/20. */
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
  .refine(beginsItsRange, "does not begin its range: the address has bits behind the prefix")
  .meta({ shape: "IPv4 range" });

/** The range of a subnet, which Google takes from /8 to /29. */
export const subnetRangeSchema = cidrSchema.refine((value) => {
  const prefix = parse(value)?.bits;
  return prefix === undefined || (prefix >= 8 && prefix <= 29);
}, "is not a subnet's range: its prefix is from /8 to /29");

/** Who may send: a range, but not the whole network. */
export const senderRangeSchema = cidrSchema.refine(
  (value) => (parse(value)?.bits ?? 8) >= 8,
  "admits too much of the network: MLLP has no authentication of its own, so name the senders (a /8 at most)",
);
