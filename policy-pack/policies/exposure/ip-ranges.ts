import { covers, parsePrefix } from "@attested-fhir/cilium-access";

/** Ranges of IP addresses in CIDR notation. */

/** Whether a range lies within another; a text that is no range lies nowhere and holds nothing. */
export function within(inner: string, outer: string): boolean {
  const [one, other] = [parsePrefix(inner), parsePrefix(outer)];
  return one !== undefined && other !== undefined && covers(other, one);
}

/** The widest ranges for private networks: 10.0.0.0/8 (RFC 1918) and fc00::/7 (RFC 4193). */
const WIDEST = { 4: 8, 6: 7 };

/** Why a range is too wide to identify a network, in one sentence; undefined when it is narrow enough. */
export function unspecific(text: string): string | undefined {
  const range = parsePrefix(text);
  if (range === undefined) return "is not a range in CIDR notation";
  const widest = WIDEST[range.family];
  return range.bits < widest ? `is wider than any private network (/${widest})` : undefined;
}
