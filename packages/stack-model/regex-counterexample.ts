import {
  type CharacterRange,
  compilePattern,
  type Instruction,
  literalText,
  type RegexProgram,
  compileProgram,
} from "@attested-fhir/cilium-access";

/** Which texts regular expressions match, as a whole: not what they look like, but whether there is one too many. */

/** What texts are allowed, character by character. */
export interface AllowedTexts {
  /** Texts that are. */
  readonly texts: readonly string[];
  /** Beginnings after which an id of a version may follow, whichever. */
  readonly beforeVersion?: readonly string[];
}

/** Characters of FHIR's ids, those of versions among them: `-.`, `0-9`, `A-Z`, `a-z`. FHIR R5, datatypes, id. */
const ID_RANGES: readonly CharacterRange[] = [
  [0x2d, 0x2e],
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x61, 0x7a],
];
const ID = /^[A-Za-z0-9.-]$/;
/** The id of a version, as an expression. Longer ones than FHIR has pass as well: no server has such a version. */
export const VERSION_ID = "[A-Za-z0-9.-]+";

/** Paths that Envoy leaves as they are, as far as it matters here: no empty segment, none that begins with a dot. */
const PLAIN_PATH = String.raw`(?:/[\w\-~!$&'()*+,;=:@%][\w.\-~!$&'()*+,;=:@%]*)+/?(?:\?[!-~]*)?`;

/** More steps than any expression takes that Envoy would compile. */
const LIMIT = 50_000;

/** The answer where a search was given up. */
export const SEARCH_LIMIT_REACHED: unique symbol = Symbol("too long");

/** A text that all expressions match and that is not allowed; undefined where there is none. */
export type Counterexample = string | typeof SEARCH_LIMIT_REACHED | undefined;

/**
 * Looks for a path that all expressions match and that is not allowed: first among those that Envoy matches as they
 * are sent.
 *
 * @throws RE2JSSyntaxException for an expression that is none
 */
export function counterexamplePath(sources: readonly string[], allowed: AllowedTexts): Counterexample {
  if (sources.some((source) => isVersionOf(allowed, source))) return undefined;
  return findCounterexample([...sources, PLAIN_PATH], allowed) ?? findCounterexample(sources, allowed);
}

/** Whether an expression is the one that grants turn into for any version: then there is nothing to look for. */
function isVersionOf({ beforeVersion = [] }: AllowedTexts, source: string): boolean {
  if (!source.endsWith(VERSION_ID)) return false;
  const before = literalText(source.slice(0, -VERSION_ID.length));
  return before !== undefined && beforeVersion.includes(before);
}

/**
 * Looks for a text that all expressions match and that is not allowed, the shortest first.
 *
 * All are run at once, as automata over the same text, with what is still allowed of it. Positions, such as the
 * beginning of a word, are passed over: what that finds is held against the expressions themselves.
 *
 * @throws RE2JSSyntaxException for an expression that is none
 */
export function findCounterexample(sources: readonly string[], allowed: AllowedTexts): Counterexample {
  const programs = sources.map(known);
  const patterns = sources.map(compilePattern);
  const isIt = (text: string) => patterns.every((pattern) => pattern.matches(text));
  const start: State = {
    text: "",
    reached: programs.map((program) => closure(program, [program.start])),
    allowed: begin(allowed),
  };
  const seen = new Set([keyOf(start)]);
  const pending = [start];
  for (let state = pending.shift(); state !== undefined; state = pending.shift()) {
    if (state.reached.every(hasEnded) && !isAllowed(state.allowed) && isIt(state.text)) return state.text;
    for (const next of stepsFrom(state, programs)) {
      const key = keyOf(next);
      if (seen.has(key)) continue;
      if (seen.size >= LIMIT) return SEARCH_LIMIT_REACHED;
      seen.add(key);
      pending.push(next);
    }
  }
  return undefined;
}

/** How far a text has come, in each automaton. */
interface State {
  readonly text: string;
  readonly reached: readonly Reached[];
  readonly allowed: Remaining;
}

interface Reached {
  /** Numbers of the instructions that wait for a character. */
  readonly waiting: readonly number[];
  readonly ended: boolean;
}

/** What may still come. */
interface Remaining {
  readonly texts: readonly string[];
  readonly beforeVersion: readonly string[];
  /** Characters of a version's id that were read; undefined outside of one. */
  readonly version: "none" | "some" | undefined;
}

const programs = new Map<string, RegexProgram>();

function known(source: string): RegexProgram {
  let program = programs.get(source);
  if (program === undefined) {
    program = compileProgram(source);
    programs.set(source, program);
  }
  return program;
}

function hasEnded({ ended }: Reached): boolean {
  return ended;
}

function keyOf({ reached, allowed }: State): string {
  return JSON.stringify([reached, allowed]);
}

function stepsFrom({ text, reached, allowed }: State, all: readonly RegexProgram[]): State[] {
  const ranges = reached.flatMap(({ waiting }, index) =>
    waiting.flatMap((number) => rangesOf(all[index]?.instructions[number])),
  );
  return representatives(ranges, allowed).flatMap((character) => {
    const next = reached.map(({ waiting }, index) => advance(all[index], waiting, character));
    if (next.some(({ waiting, ended }) => waiting.length === 0 && !ended)) return [];
    const read = String.fromCodePoint(character);
    return [{ text: text + read, reached: next, allowed: proceed(allowed, read) }];
  });
}

function rangesOf(instruction: Instruction | undefined): readonly CharacterRange[] {
  return instruction?.kind === "characters" ? instruction.ranges : [];
}

/** One character of each sort: characters between two bounds are alike to all automata. */
function representatives(ranges: readonly CharacterRange[], allowed: Remaining): number[] {
  const nexts = [...allowed.texts, ...allowed.beforeVersion].flatMap((text) => text.codePointAt(0) ?? []);
  const own: readonly CharacterRange[] = nexts.map((next) => [next, next]);
  const ids = allowed.version === undefined ? [] : ID_RANGES;
  const bounds = new Set([...ranges, ...own, ...ids].flatMap(([first, last]) => [first, last + 1]));
  const sorted = [...bounds].sort((one, other) => one - other);
  return sorted
    .map((first, index) => typicalOf(first, (sorted[index + 1] ?? first + 1) - 1))
    .sort((one, other) => rankOf(one) - rankOf(other));
}

/** What a reader takes for an example comes first. */
const TYPICAL = Array.from("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ/", (character) =>
  character.charCodeAt(0),
);

function typicalOf(first: number, last: number): number {
  return TYPICAL.find((character) => first <= character && character <= last) ?? first;
}

function rankOf(character: number): number {
  const rank = TYPICAL.indexOf(character);
  return rank < 0 ? TYPICAL.length : rank;
}

function advance(program: RegexProgram | undefined, waiting: readonly number[], character: number): Reached {
  if (program === undefined) return { waiting: [], ended: false };
  const next = waiting.flatMap((number) => {
    const instruction = program.instructions[number];
    const isIn = rangesOf(instruction).some(([first, last]) => first <= character && character <= last);
    return isIn && instruction !== undefined && "out" in instruction ? [instruction.out] : [];
  });
  return closure(program, next);
}

/** What can be reached without another character. */
function closure({ instructions }: RegexProgram, from: readonly number[]): Reached {
  const seen = new Set<number>();
  const waiting: number[] = [];
  let ended = false;
  const pending = [...from];
  for (let number = pending.pop(); number !== undefined; number = pending.pop()) {
    if (seen.has(number)) continue;
    seen.add(number);
    const instruction = instructions[number];
    if (instruction === undefined || instruction.kind === "fail") continue;
    if (instruction.kind === "match") ended = true;
    else if (instruction.kind === "characters") waiting.push(number);
    else pending.push(instruction.out, ...(instruction.kind === "alternative" ? [instruction.other] : []));
  }
  return { waiting: waiting.sort((one, other) => one - other), ended };
}

function begin({ texts, beforeVersion = [] }: AllowedTexts): Remaining {
  return { texts, beforeVersion, version: undefined };
}

function isAllowed({ texts, version }: Remaining): boolean {
  return version === "some" || texts.includes("");
}

function proceed({ texts, beforeVersion, version }: Remaining, read: string): Remaining {
  const rest = (from: readonly string[]) =>
    from.filter((text) => text.startsWith(read)).map((text) => text.slice(read.length));
  const left = rest(beforeVersion);
  const inVersion = version !== undefined && ID.test(read);
  return {
    texts: rest(texts),
    beforeVersion: left.filter((text) => text !== ""),
    version: inVersion ? "some" : left.includes("") ? "none" : undefined,
  };
}
