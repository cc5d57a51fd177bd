import type { Instruction, RegexProgram } from "./regex-program.ts";
import { hasAlternatives } from "./regex-tokens.ts";

/**
 * What RE2 takes out of a regular expression before it compiles it: `^` and `$` at its ends, and the text after `^`.
 *
 * Source: google/re2, re2/regexp.cc, `RequiredPrefix`; re2/compile.cc, `IsAnchorStart` and `IsAnchorEnd`.
 */

/** A program without what is taken out, and whether it can match nowhere but at the start. */
export interface Anchored extends RegexProgram {
  readonly isAnchored: boolean;
}

/** Takes out what RE2 takes out for sure. Where it may not, everything stays. */
export function withoutAnchors(source: string, program: RegexProgram): Anchored {
  const instructions = [...program.instructions];
  const predecessors = predecessorsOf(program);
  const remove = (index: number) => {
    const instruction = instructions[index];
    if (instruction !== undefined && "out" in instruction) {
      instructions[index] = { kind: "nothing", out: instruction.out };
    }
  };
  const end = endAnchor(program, predecessors);
  if (end !== undefined) remove(end);
  if (!source.startsWith("^") || hasAlternatives(source))
    return { ...program, instructions, isAnchored: false };
  const prefix = prefixOf(source);
  if (prefix > 0) {
    let index = program.start;
    for (let left = prefix; left > 0;) {
      const instruction = instructions[index];
      if (instruction === undefined || !("out" in instruction)) break;
      if (instruction.kind === "characters") left -= 1;
      remove(index);
      index = instruction.out;
    }
    return { ...program, instructions, isAnchored: false };
  }
  const start = startAnchor(program, predecessors);
  if (start !== undefined) remove(start);
  return { ...program, instructions, isAnchored: start !== undefined };
}

function predecessorsOf({ start, instructions }: RegexProgram): Map<number, number[]> {
  const predecessors = new Map<number, number[]>();
  const seen = new Set([start]);
  for (const index of seen) {
    for (const next of nextOf(instructions[index])) {
      predecessors.set(next, [...(predecessors.get(next) ?? []), index]);
      seen.add(next);
    }
  }
  return predecessors;
}

function nextOf(instruction: Instruction | undefined): number[] {
  if (instruction === undefined || !("out" in instruction)) return [];
  return instruction.kind === "alternative" ? [instruction.out, instruction.other] : [instruction.out];
}

/** The instruction of a `^` that the program begins with, perhaps in one group. */
function startAnchor({ start, instructions }: RegexProgram, predecessors: ReadonlyMap<number, number[]>) {
  const first = instructions[start];
  const index = first?.kind === "capture" ? first.out : start;
  const instruction = instructions[index];
  const others = (predecessors.get(index) ?? []).filter((one) => one !== start || index === start);
  const isAnchor = instruction?.kind === "position" && instruction.at === "start" && others.length === 0;
  // A text that was not recognized as such would have to go, too.
  const mayBePrefix = isAnchor && isFewCharacters(instructions[instruction.out]);
  return isAnchor && !predecessors.has(start) && !mayBePrefix ? index : undefined;
}

function isFewCharacters(instruction: Instruction | undefined): boolean {
  return instruction?.kind === "characters" && instruction.ranges.every(([first, last]) => first === last);
}

/** The instruction of a `$` that the program ends with, perhaps in one group. */
function endAnchor({ instructions }: RegexProgram, predecessors: ReadonlyMap<number, number[]>) {
  const only = (index: number) => {
    const [one, ...others] = predecessors.get(index) ?? [];
    return others.length === 0 ? one : undefined;
  };
  const last = only(instructions.findIndex(({ kind }) => kind === "match"));
  const index = last !== undefined && instructions[last]?.kind === "capture" ? only(last) : last;
  const instruction = index === undefined ? undefined : instructions[index];
  return instruction?.kind === "position" && instruction.at === "end" ? index : undefined;
}

/** How many characters of plain text follow `^`, without one that is repeated. */
function prefixOf(source: string): number {
  const [, text = "", next = ""] = /^\^+((?:[^\\^$.|?*+()[\]{}]|\\[!-/:-@[-`{-~])*)(.?)/su.exec(source) ?? [];
  const characters = Array.from(text.replaceAll(/\\(.)/g, "$1")).length;
  return /[?*+{]/.test(next) ? characters - 1 : characters;
}
