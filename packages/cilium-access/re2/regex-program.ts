import { compileAnyNames } from "./regex-pattern.ts";

/** The program that a regular expression is compiled to, as re2js has it. */

/** An instruction. `out` and `arg` are the numbers of those that come next. */
export type Instruction =
  | { readonly kind: "alternative"; readonly out: number; readonly other: number }
  | { readonly kind: "characters"; readonly out: number; readonly ranges: readonly CharacterRange[] }
  | { readonly kind: "position"; readonly out: number; readonly at: "start" | "end" | "elsewhere" }
  | { readonly kind: "capture"; readonly out: number }
  | { readonly kind: "nothing"; readonly out: number }
  | { readonly kind: "match" }
  | { readonly kind: "fail" };

/** Code points from the first to the last. */
export type CharacterRange = readonly [number, number];

export interface RegexProgram {
  readonly start: number;
  readonly instructions: readonly Instruction[];
}

/** What re2js keeps, as far as it is read here. */
interface Re2jsInstruction {
  readonly op: number;
  readonly out: number;
  readonly arg: number;
  readonly runes: ArrayLike<number>;
}

const ALTERNATIVES = new Set([1, 2]);
const CAPTURE = 3;
const POSITION = 4;
const MATCH = 6;
const NOTHING = 7;
const RUNES = new Set([8, 9, 10, 11]);
const FOLDS = 1;
const POSITIONS: ReadonlyMap<number, "start" | "end"> = new Map([
  [4, "start"],
  [8, "end"],
]);

/**
 * Compiles a regular expression.
 *
 * @throws RE2JSSyntaxException when it is none
 */
export function compileProgram(source: string): RegexProgram {
  const { start, inst } = compileAnyNames(source).re2().prog as {
    readonly start: number;
    readonly inst: readonly Re2jsInstruction[];
  };
  return { start, instructions: inst.map(instruction) };
}

function instruction({ op, out, arg, runes }: Re2jsInstruction): Instruction {
  if (ALTERNATIVES.has(op)) return { kind: "alternative", out, other: arg };
  if (op === CAPTURE) return { kind: "capture", out };
  if (op === POSITION) return { kind: "position", out, at: POSITIONS.get(arg) ?? "elsewhere" };
  if (op === MATCH) return { kind: "match" };
  if (op === NOTHING) return { kind: "nothing", out };
  if (RUNES.has(op)) return { kind: "characters", out, ranges: rangesOf(runes, (arg & FOLDS) !== 0) };
  return { kind: "fail" };
}

function rangesOf(runes: ArrayLike<number>, folds: boolean): CharacterRange[] {
  const [single = 0] = Array.from(runes);
  if (runes.length === 1) return folds ? foldings(single) : [[single, single]];
  return Array.from({ length: runes.length / 2 }, (_, index) => [
    runes[2 * index] ?? 0,
    runes[2 * index + 1] ?? 0,
  ]);
}

/** All that a character stands for whose case makes no difference: `k` also for the sign of kelvins. */
function foldings(codePoint: number): CharacterRange[] {
  const text = String.fromCodePoint(codePoint);
  const alike = new RegExp(text, "iu");
  const own = withCases().filter((other) => alike.test(String.fromCodePoint(other)));
  return (own.length === 0 ? [codePoint] : own).map((it) => [it, it]);
}

let cased: readonly number[] | undefined;

/** All code points that have an upper or a lower case, in their order. */
function withCases(): readonly number[] {
  cased ??= Array.from({ length: LAST_CASED + 1 }, (_, code) => code).filter((code) => {
    const text = String.fromCodePoint(code);
    return text.toLowerCase() !== text || text.toUpperCase() !== text;
  });
  return cased;
}

const LAST_CASED = 0x1ffff;
