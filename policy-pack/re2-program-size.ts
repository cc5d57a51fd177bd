import { literalOf } from "../access/patterns.ts";
import { type CharacterRange, type Instruction, programOf } from "../access/program.ts";
import { VERSION_ID } from "./languages.ts";

/**
 * How large a program google-re2 makes of a regular expression, in instructions; by that, Envoy takes an expression
 * or refuses it, and with it the whole policy (cilium#41314).
 *
 * re2js cannot be asked: it counts runes where google-re2 counts bytes, and makes programs that are smaller. Exact is
 * the number for a text, and for a text with the id of a version behind it, `[A-Za-z0-9.-]+`. Of everything else it is an upper bound: what google-re2 needs is never more, and mostly less.
 *
 * Source: google-re2, re2/compile.cc and `Prog::Flatten` of re2/prog.cc; measured with google-re2 1.1.20251105.
 */
export interface ProgramSize {
  readonly size: number;
  readonly exact: boolean;
}

/** Instructions of every program: fail, and two that look for the beginning. */
const FRAME = 3;
/** The end of a match. */
const MATCH = 1;

/** Of the id of a version, one for each of its ranges: `-.`, `0-9`, `A-Z` and `a-z`. */
const IN_VERSION_ID = 4;

/**
 * The size of an expression's program.
 *
 * @throws RE2JSSyntaxException for an expression that is none
 */
export function re2ProgramSize(source: string): ProgramSize {
  const hasVersion = source.endsWith(VERSION_ID);
  const literal = literalOf(hasVersion ? source.slice(0, -VERSION_ID.length) : source);
  if (literal !== undefined) {
    const text = new TextEncoder().encode(literal).length;
    return { size: FRAME + text + (hasVersion ? IN_VERSION_ID : 0) + MATCH, exact: true };
  }
  const { start, instructions } = programOf(source);
  return { size: FRAME + new Lists(instructions).sizeFrom(start), exact: false };
}

/**
 * google-re2 lays a program out as lists: for each place that an instruction leads to, the instructions that may come
 * next. A list that several lead to may stand several times, or once with a jump to it from each.
 */
class Lists {
  private readonly instructions: readonly Instruction[];

  constructor(instructions: readonly Instruction[]) {
    this.instructions = instructions;
  }

  sizeFrom(start: number): number {
    const roots = new Set([start]);
    let size = 0;
    for (const root of roots) {
      const { leaves, forks } = this.listAt(root);
      size += forks + leaves.reduce((sum, leaf) => sum + costOf(leaf), 0);
      for (const leaf of leaves) if ("out" in leaf) roots.add(leaf.out);
    }
    return size;
  }

  private listAt(root: number): { readonly leaves: readonly Instruction[]; readonly forks: number } {
    const seen = new Set<number>();
    const leaves: Instruction[] = [];
    let forks = 0;
    const pending = [root];
    for (let number = pending.pop(); number !== undefined; number = pending.pop()) {
      if (seen.has(number)) continue;
      seen.add(number);
      const instruction = this.instructions[number];
      if (instruction?.kind === "alternative") {
        forks += 1;
        pending.push(instruction.out, instruction.other);
      } else if (instruction?.kind === "nothing") pending.push(instruction.out);
      else if (instruction !== undefined) leaves.push(instruction);
    }
    return { leaves, forks };
  }
}

function costOf(instruction: Instruction | undefined): number {
  if (instruction?.kind !== "characters") return 1;
  return instruction.ranges.reduce((sum, range) => sum + bytesIn(range), 0);
}

/** Code points by how many bytes they have in UTF-8: the last of each sort, and how many sequences make up all of them. */
const SORTS = [
  { last: 0x7f, sequences: 1 },
  { last: 0x7ff, sequences: 1 },
  { last: 0xffff, sequences: 2 },
  { last: 0x10ffff, sequences: 3 },
];

/**
 * Instructions for a range of code points: one for each byte of each sequence of ranges of bytes that it is made of.
 * Some code points of n bytes make at most 2n - 1 sequences.
 */
function bytesIn([first, last]: CharacterRange): number {
  return SORTS.reduce((sum, { last: end, sequences }, index) => {
    const begin = (SORTS[index - 1]?.last ?? -1) + 1;
    if (last < begin || first > end) return sum;
    const bytes = index + 1;
    const isWhole = first <= begin && end <= last;
    return sum + bytes * (isWhole ? sequences : first === last ? 1 : 2 * bytes - 1);
  }, 0);
}
