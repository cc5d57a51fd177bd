import { type Instruction, type Program, programOf } from "./program.ts";
import { tokensOf } from "./tokens.ts";

/**
 * How many instructions more RE2 may make than what re2js's program shows. Nothing for most expressions; but where
 * - an alternative says the same as the one before, or is its first character: re2js merges it with that, or with others;
 * - `[Kk]` is an alternative: RE2 adds the sign of kelvins to the class that it becomes part of;
 * - a repetition is followed by what it repeats, `a*a`: RE2 joins them, which mostly saves instructions, not always;
 * - a repetition is repeated under other flags, or a position is: re2js leaves one of the two out.
 *
 * Source: google/re2, re2/parse.cc, `FactorAlternation`; re2/simplify.cc.
 */
export function allowance(source: string, { instructions }: Program): number {
  const joined = instructions.filter((instruction, index) =>
    isJoined(instruction, index, instructions),
  ).length;
  const found = COSTS.reduce((sum, [pattern, cost]) => sum + [...source.matchAll(pattern)].length * cost, 0);
  const once = joined + found + (source.includes("|") ? alternatives(source) : 0);
  return once === 0 ? 0 : once * copies(source);
}

/** More than was ever seen where the two differ in ways of their own. */
const MARGIN = 5;

/** What costs RE2 some instructions more, at most. */
const COSTS = [
  // A repetition that is repeated under other flags.
  [/\(\?[a-zA-Z-]+:[^()]*[*+?}]\)[*+?{]/g, 3],
  // A position that is repeated.
  [/(?:[$^]|\\[bBAz]|\(\?m:[$^]\))\{\d+,\}/g, 1],
  // Flags, which re2js and RE2 keep at different things.
  [/\(\?[a-zA-Z-]+[:)]/g, MARGIN],
  // Nothing.
  [/\{0\}/g, 1],
] as const;

/** How often repetitions may have a part of the program made. */
function copies(source: string): number {
  const counts = [...source.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].map(([, least, most]) =>
    Math.max(Number(least), Number(most ?? 0), 1),
  );
  return counts.reduce((product, count) => Math.min(product * count, 1000), 1);
}

function alternatives(source: string): number {
  const tokens = tokensOf(source.replaceAll(PLAIN_GROUP, "$1"));
  const kelvins = [...source.matchAll(/\[(?:Kk|kK|Ss|sS)\]/g)].length * 3;
  return kelvins + repeated(tokens) + beginnings(tokens);
}

/** Alternatives that say the same as the one before. Groups are looked through. */
function repeated(tokens: readonly string[]): number {
  let more = 0;
  let [before, text] = ["", ""];
  let isAlternative = false;
  const end = () => {
    if (text !== "" && isAlternative && isAlike(before, text)) more += lengthOf(text);
    if (text !== "") [before, isAlternative] = [text, false];
    text = "";
  };
  for (const token of tokens) {
    if (token !== "|" && token !== ")" && !token.startsWith("(")) {
      text += token;
      continue;
    }
    end();
    isAlternative ||= token === "|";
  }
  end();
  return more;
}

/** Alternatives of one character, above all such as the one before begins with. */
function beginnings(tokens: readonly string[]): number {
  let more = 0;
  let margin = 0;
  const fresh = { before: "", isAlternative: false, first: "", length: 0 };
  const levels = [{ ...fresh }];
  const end = (level: (typeof levels)[number] | undefined) => {
    if (level === undefined) return;
    const { before, first, length, isAlternative } = level;
    const isOne = length === 1 && first !== "(";
    if (isOne && first === before) more += lengthOf(first);
    if (isOne && isAlternative) margin = MARGIN;
    Object.assign(level, { before: first, first: "", length: 0 });
  };
  for (const token of tokens) {
    const level = levels.at(-1);
    if (token === "|" && level !== undefined) {
      level.isAlternative = true;
      end(level);
    } else if (token === ")") end(levels.pop());
    else if (level !== undefined) {
      level.first ||= token.startsWith("(") ? "(" : token;
      level.length += 1;
    }
    if (token.startsWith("(")) levels.push({ ...fresh });
  }
  end(levels[0]);
  return more + margin;
}

/** A group that only holds text. */
const PLAIN_GROUP = /\(\?:([^\\^$.|?*+()[\]{}]+)\)(?![*+?{])/g;

function isAlike(one: string, other: string): boolean {
  return one === other || programText(one) === programText(other);
}

/** So many instructions at most, but for large classes of other characters than ASCII. */
function lengthOf(text: string): number {
  return 4 * (text.length + 1);
}

function programText(source: string): string {
  try {
    return JSON.stringify(programOf(source).instructions);
  } catch {
    return source;
  }
}

/** Whether an alternative is a repetition of characters that the same may follow. */
function isJoined(instruction: Instruction, index: number, instructions: readonly Instruction[]): boolean {
  if (instruction.kind !== "alternative") return false;
  const { out, other } = instruction;
  return [[out, other] as const, [other, out] as const].some(([body, exit]) => {
    const repeated = instructions[body];
    if (repeated?.kind !== "characters" || (repeated.out !== index && repeated.out !== exit)) return false;
    return charactersAt(exit, instructions).includes(repeated.ranges.join(" "));
  });
}

/** The classes of characters that come next. */
function charactersAt(start: number, instructions: readonly Instruction[]): string[] {
  const reached = new Set([start]);
  const found: string[] = [];
  for (const index of reached) {
    const instruction = instructions[index];
    if (instruction?.kind === "characters") found.push(instruction.ranges.join(" "));
    else if (instruction?.kind === "alternative") reached.add(instruction.out).add(instruction.other);
    else if (instruction?.kind === "nothing") reached.add(instruction.out);
  }
  return found;
}
