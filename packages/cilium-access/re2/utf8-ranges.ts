import type { CharacterRange } from "./regex-program.ts";

/**
 * How RE2 writes a class of characters in the bytes of UTF-8: what begins alike is shared, and some of what ends alike.
 *
 * Source: google/re2, re2/compile.cc, `AddRuneRangeUTF8` and `AddSuffixRecursive`.
 */

/** An instruction of a class. One without a next leads out of it. */
export type ByteNode =
  | { readonly kind: "bytes"; readonly range: ByteRange; next: ByteNode | undefined }
  | { readonly kind: "alternative"; first: ByteNode; second: ByteNode };

type Bytes = Extract<ByteNode, { kind: "bytes" }>;

/** The first and the last byte, and whether letters stand for either case. */
type ByteRange = readonly [first: number, last: number, folds: boolean];

/** The largest code points that one, two, three and four bytes hold. */
const LARGEST = [0x7f, 0x7ff, 0xffff, 0x10ffff] as const;

/** The instructions of a class of characters. */
export function utf8Ranges(ranges: readonly CharacterRange[]): ByteNode | undefined {
  const trie = new Trie();
  const folds = areCasesAlike(ranges);
  for (const [first, last] of ranges) {
    // Where cases are alike, small letters stand for capitals, too.
    if (folds && first >= 0x41 && last <= 0x5a) continue;
    const holdsAll = first <= 0x41 && last >= 0x7a;
    const holdsNone = last < 0x41 || first > 0x7a || (first > 0x5a && last < 0x61);
    trie.add(first, last, folds && !holdsAll && !holdsNone);
  }
  return trie.root;
}

/** Whether a class has the same letters from A to Z and from a to z. */
function areCasesAlike(ranges: readonly CharacterRange[]): boolean {
  const has = (code: number) => ranges.some(([first, last]) => first <= code && code <= last);
  return Array.from({ length: 26 }, (_, letter) => letter).every(
    (letter) => has(0x41 + letter) === has(0x61 + letter),
  );
}

class Trie {
  root: ByteNode | undefined;
  private readonly shared = new Map<string, Bytes>();
  private readonly numbers = new Map<ByteNode, number>();

  add(first: number, last: number, folds: boolean): void {
    const parts = first === 0x80 && last === 0x10ffff ? undefined : divided(first, last);
    if (parts === undefined) this.addAllBeyondAscii();
    else if (parts.length > 1) for (const [from, to] of parts) this.add(from, to, folds);
    else this.insert(this.sequence(first, last, folds));
  }

  /** Written shorter than exactly: with overlong forms, and code points that there are not. */
  private addAllBeyondAscii(): void {
    let rest: Bytes | undefined;
    for (const [first, last] of [
      [0xc2, 0xdf],
      [0xe0, 0xef],
      [0xf0, 0xf4],
    ] as const) {
      rest = bytes([0x80, 0xbf, false], rest);
      this.insert(bytes([first, last, false], rest));
    }
  }

  private sequence(first: number, last: number, folds: boolean): Bytes {
    const [from, to] = [encode(first), encode(last)];
    if (from.length === 1) return bytes([first, last, folds], undefined);
    let node: Bytes | undefined;
    for (let index = from.length - 1; index > 0; index -= 1) {
      const range = [from[index] ?? 0, to[index] ?? 0, false] as const;
      const isShared = index === from.length - 1 || range[0] < range[1];
      node = isShared ? this.sharedBytes(range, node) : bytes(range, node);
    }
    return bytes([from[0] ?? 0, to[0] ?? 0, false], node);
  }

  private sharedBytes(range: ByteRange, next: ByteNode | undefined): Bytes {
    const key = this.keyOf(range, next);
    const node = this.shared.get(key) ?? bytes(range, next);
    this.shared.set(key, node);
    return node;
  }

  private keyOf(range: ByteRange, next: ByteNode | undefined): string {
    return `${range.join(" ")} ${next === undefined ? 0 : this.numberOf(next)}`;
  }

  private numberOf(node: ByteNode): number {
    const number = this.numbers.get(node) ?? this.numbers.size + 1;
    this.numbers.set(node, number);
    return number;
  }

  private insert(node: Bytes): void {
    this.root = this.root === undefined ? node : this.insertInto(this.root, node);
  }

  /** @returns what stands for the root then */
  private insertInto(root: ByteNode, node: Bytes): ByteNode {
    const parent = root.kind === "alternative" ? root : undefined;
    const found = parent === undefined ? root : parent.second;
    if (found.kind !== "bytes" || !isSameRange(found.range, node.range)) {
      return { kind: "alternative", first: root, second: node };
    }
    let own = found;
    if (this.shared.has(this.keyOf(found.range, found.next))) {
      own = bytes(found.range, found.next);
      if (parent !== undefined) parent.second = own;
    }
    if (own.next !== undefined && node.next?.kind === "bytes") {
      own.next = this.insertInto(own.next, node.next);
    }
    return parent ?? own;
  }
}

function bytes(range: ByteRange, next: ByteNode | undefined): Bytes {
  return { kind: "bytes", range, next };
}

function isSameRange(one: ByteRange, other: ByteRange): boolean {
  return one.every((value, index) => value === other[index]);
}

/** A range in parts of which each has as many bytes, and all but the last of them alike or from end to end. */
function divided(first: number, last: number): CharacterRange[] {
  for (const largest of LARGEST) {
    if (first <= largest && largest < last) {
      return [
        [first, largest],
        [largest + 1, last],
      ];
    }
  }
  if (last <= LARGEST[0]) return [[first, last]];
  for (const rest of [0x3f, 0xfff, 0x3ffff]) {
    if ((first & ~rest) === (last & ~rest)) continue;
    const end = first | rest;
    if ((first & rest) !== 0) {
      return [
        [first, end],
        [end + 1, last],
      ];
    }
    const start = last & ~rest;
    if ((last & rest) !== rest) {
      return [
        [first, start - 1],
        [start, last],
      ];
    }
  }
  return [[first, last]];
}

/** A code point in UTF-8. Surrogates are written like others. */
function encode(code: number): number[] {
  const length = LARGEST.findIndex((largest) => code <= largest) + 1;
  if (length === 1) return [code];
  const lead = [0, 0xc0, 0xe0, 0xf0][length - 1] ?? 0;
  return Array.from({ length }, (_, index) => {
    const shifted = code >> (6 * (length - 1 - index));
    return index === 0 ? lead | shifted : 0x80 | (shifted & 0x3f);
  });
}
