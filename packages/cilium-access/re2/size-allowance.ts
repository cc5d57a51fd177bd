import { type Instruction, type RegexProgram, compileProgram } from "./regex-program.ts";
import { regexTokens } from "./regex-tokens.ts";

/**
 * How many instructions more RE2 may make than what re2js's program shows. Nothing for most expressions; but where
 * - an alternative says the same as the one before: re2js leaves it out;
 * - `[Kk]` is an alternative: RE2 adds the sign of kelvins to the class that it becomes part of;
 * - a repetition is followed by what it repeats, `a*a`: RE2 joins them, which mostly saves instructions, not always;
 * - a repetition is repeated under other flags, or a position is: re2js leaves one of the two out.
 *
 * Source: google/re2, re2/parse.cc, `FactorAlternation`; re2/simplify.cc.
 */
export function sizeAllowance(source: string, { instructions }: RegexProgram): number {
  const joined = instructions.filter((instruction, index) =>
    isJoined(instruction, index, instructions),
  ).length;
  const found =
    [...source.matchAll(REPEATED_UNDER_FLAGS)].length * 3 + [...source.matchAll(REPEATED_POSITION)].length;
  const once = joined + found + alternatives(source);
  return once === 0 ? 0 : once * copies(source);
}

const REPEATED_UNDER_FLAGS = /\(\?[a-zA-Z-]+:[^()]*[*+?}]\)[*+?{]/g;
const REPEATED_POSITION = /(?:[$^]|\\[bBAz]|\(\?m:[$^]\))\{\d+,\}/g;

/** How often repetitions may have a part of the program made. */
function copies(source: string): number {
  const counts = [...source.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].map(([, least, most]) =>
    Math.max(Number(least), Number(most ?? 0), 1),
  );
  return counts.reduce((product, count) => Math.min(product * count, 1000), 1);
}

/** Alternatives that say the same as the one before, and the letters whose case the sign of kelvins shares. */
function alternatives(source: string): number {
  const letters = [...source.matchAll(/\[(?:Kk|kK|Ss|sS)\]/g)].length * 3;
  return letters + groupsOf(source).flatMap((group) => group.filter(repeatsTheOneBefore)).length;
}

function repeatsTheOneBefore(text: string, index: number, all: readonly string[]): boolean {
  const before = all[index - 1];
  return before !== undefined && (before === text || programText(before) === programText(text));
}

/** The alternatives of each group, and of the whole. */
function groupsOf(source: string): string[][] {
  const closed: string[][] = [];
  const open: string[][] = [[""]];
  const append = (text: string) => open.at(-1)?.push((open.at(-1)?.pop() ?? "") + text);
  for (const token of regexTokens(source)) {
    if (token.startsWith("(")) open.push([""]);
    else if (token === "|") open.at(-1)?.push("");
    else if (token === ")") {
      const group = open.pop() ?? [];
      closed.push(group);
      append(`(?:${group.join("|")})`);
    } else append(token);
  }
  return [...closed, ...open];
}

function programText(source: string): string {
  try {
    return JSON.stringify(compileProgram(source).instructions);
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
