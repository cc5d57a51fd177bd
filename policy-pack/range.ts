import { BlockList, isIP } from "node:net";

/** Ranges of IP addresses in CIDR notation, compared by Node's own BlockList. */
interface Range {
  readonly address: string;
  readonly prefix: number;
  readonly family: "ipv4" | "ipv6";
}

function parse(text: string): Range | undefined {
  const [address = "", prefix = "", ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return undefined;
  if (Number(prefix) > (version === 4 ? 32 : 128)) return undefined;
  return { address, prefix: Number(prefix), family: version === 4 ? "ipv4" : "ipv6" };
}

/** Whether a range lies within another; a text that is no range lies nowhere and holds nothing. */
export function within(inner: string, outer: string): boolean {
  const [one, other] = [parse(inner), parse(outer)];
  if (one === undefined || one.family !== other?.family) return false;
  const block = new BlockList();
  block.addSubnet(other.address, other.prefix, other.family);
  return one.prefix >= other.prefix && block.check(one.address, one.family);
}

/** The widest ranges for private networks: 10.0.0.0/8 (RFC 1918) and fc00::/7 (RFC 4193). */
const WIDEST = { ipv4: 8, ipv6: 7 };

/** Says in one sentence why a range does not name anybody in particular, or nothing when it does. */
export function unspecific(text: string): string | undefined {
  const range = parse(text);
  if (range === undefined) return "is not a range in CIDR notation";
  const widest = WIDEST[range.family];
  return range.prefix < widest ? `is wider than any private network (/${widest})` : undefined;
}
