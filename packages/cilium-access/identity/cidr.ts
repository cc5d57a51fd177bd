import { isIPv4, isIPv6 } from "node:net";

/** A block of addresses. */
export interface Prefix {
  readonly family: 4 | 6;
  /** The first address. */
  readonly address: bigint;
  readonly bits: number;
  /** `10.0.0.0/8` */
  readonly text: string;
}

const BITS = { 4: 32, 6: 128 } as const;
const LENGTH = /^(?:0|[1-9]\d{0,2})$/;

/**
 * Reads `ADDRESS/LENGTH`; the bits after the prefix are cleared.
 *
 * Source: Go's netip.ParsePrefix, by which Cilium reads prefixes.
 *
 * @returns undefined when it is none
 */
export function parsePrefix(text: string): Prefix | undefined {
  const slash = text.lastIndexOf("/");
  if (slash < 0) return undefined;
  const address = parseAddress(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (address === undefined || !LENGTH.test(length)) return undefined;
  return prefix(address.family, address.value, Number(length));
}

/** Reads a prefix, or one address as the prefix that holds it alone. */
export function parsePrefixOrAddress(text: string): Prefix | undefined {
  if (text.includes("/")) return parsePrefix(text);
  // The zone of an address does not affect which endpoint has it.
  const address = parseAddress(text.replace(/%.+$/, ""));
  return address && prefix(address.family, address.value, BITS[address.family]);
}

/** Whether a block holds all addresses of another. */
export function covers(wide: Prefix, narrow: Prefix): boolean {
  return (
    wide.family === narrow.family &&
    wide.bits <= narrow.bits &&
    masked(narrow.family, narrow.address, wide.bits) === wide.address
  );
}

/** The blocks that remain of one when others are left out: as few as there can be. */
export function remainders(whole: Prefix, excepted: readonly Prefix[]): Prefix[] {
  if (excepted.some((block) => covers(block, whole))) return [];
  const inside = excepted.filter((block) => covers(whole, block));
  return inside.length === 0 ? [whole] : halves(whole).flatMap((half) => remainders(half, inside));
}

function halves({ family, address, bits }: Prefix): Prefix[] {
  const second = address | (1n << BigInt(BITS[family] - bits - 1));
  return [address, second].flatMap((first) => prefix(family, first, bits + 1) ?? []);
}

function prefix(family: 4 | 6, address: bigint, bits: number): Prefix | undefined {
  if (bits > BITS[family]) return undefined;
  const first = masked(family, address, bits);
  return { family, address: first, bits, text: `${family === 4 ? dotted(first) : groups(first)}/${bits}` };
}

function masked(family: 4 | 6, address: bigint, bits: number): bigint {
  const rest = BigInt(BITS[family] - bits);
  return (address >> rest) << rest;
}

function parseAddress(text: string): { family: 4 | 6; value: bigint } | undefined {
  if (isIPv4(text)) return { family: 4, value: fromDotted(text) };
  return isIPv6(text) && !text.includes("%") ? { family: 6, value: fromGroups(text) } : undefined;
}

function fromDotted(text: string): bigint {
  return text.split(".").reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function fromGroups(text: string): bigint {
  const withoutDots = text.replace(/[\d.]+$/, (last) => {
    if (!last.includes(".")) return last;
    const value = fromDotted(last);
    return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
  });
  const [left = "", right] = withoutDots.split("::");
  const parts = (side: string) => (side === "" ? [] : side.split(":"));
  const before = parts(left);
  const after = right === undefined ? [] : parts(right);
  const zeros = Array<string>(8 - before.length - after.length).fill("0");
  return [...before, ...zeros, ...after].reduce((value, part) => (value << 16n) | BigInt(`0x${part}`), 0n);
}

function dotted(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join(".");
}

/** The shortest form, RFC 5952. */
function groups(value: bigint): string {
  const parts = Array.from({ length: 8 }, (_, index) =>
    ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  const runs = [...parts.join(":").matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)];
  const longest = runs.reduce<RegExpExecArray | undefined>(
    (best, run) => (best === undefined || run[0].length > best[0].length ? run : best),
    undefined,
  );
  const joined = parts.join(":");
  if (longest === undefined) return joined;
  const end = longest.index + longest[0].length;
  return `${joined.slice(0, longest.index)}::${joined.slice(end + 1)}`;
}
