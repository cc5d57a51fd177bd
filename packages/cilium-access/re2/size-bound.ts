import { compileAnyNames } from "./regex-pattern.ts";
import { regexTokens } from "./regex-tokens.ts";

/**
 * A size that the program of a regular expression does not exceed, where it is not known: the sum of what its parts take.
 *
 * RE2 and re2js take alternatives together that begin alike, or are characters and classes of them, but not always the
 * same ones; and they leave out different repetitions of nothing.
 */

/** Instructions that every program has: fail, match, and two that look for the beginning. */
const FRAME = 4;

/** What is read of an expression, token by token. */
interface Reader {
  readonly tokens: readonly string[];
  next: number;
  /** The size of one character or class alone. */
  readonly sizeOf: (token: string) => number;
}

/**
 * Whether RE2 may make another program than re2js shows: where an alternative is one character, class or position, where
 * something is repeated that may be empty, or no times, and where a group is empty.
 */
export function isUncertain(source: string): boolean {
  const tokens = regexTokens(source);
  const isEmpty = (token: string, index: number) => token.startsWith("(") && tokens[index + 1] === ")";
  return (
    /\{0(?:,0)?\}/.test(source) ||
    tokens.some(isEmpty) ||
    hasShortAlternative(tokens) ||
    repeatsNothing(tokens)
  );
}

/**
 * The size that an expression does not exceed.
 *
 * @param alone the exact size of an expression that is one character or class
 */
export function sizeBound(source: string, alone: (source: string) => number): number {
  const folds = /\(\?[a-zA-Z]*i/.test(source);
  const variants = (token: string) => [token, `(?s:${token})`, ...(folds ? [`(?i:${token})`] : [])];
  const sizeOf = (token: string) => Math.max(...variants(token).map((variant) => alone(variant) - FRAME));
  const reader: Reader = { tokens: regexTokens(source), next: 0, sizeOf };
  let size = FRAME;
  while (reader.next < reader.tokens.length) {
    size += alternatives(reader);
    reader.next += 1;
  }
  return size;
}

function alternatives(reader: Reader): number {
  let size = 0;
  for (;;) {
    const token = reader.tokens[reader.next];
    if (token === undefined || token === ")") return size;
    reader.next += 1;
    size += token === "|" ? 2 : repeated(reader, part(reader, token));
  }
}

function part(reader: Reader, token: string): number {
  if (!token.startsWith("(")) return isRepetition(token) ? 2 : reader.sizeOf(token);
  const size = alternatives(reader) + 2;
  reader.next += 1;
  return size;
}

function isRepetition(token: string): boolean {
  return token === "*" || token === "+" || token === "?";
}

/** What repetitions make of a size: copies, and alternatives between them. */
function repeated(reader: Reader, once: number): number {
  let size = once;
  for (;;) {
    const token = reader.tokens[reader.next] ?? "";
    const [count, least = "", most = ""] =
      /^\{(\d+)(?:,(\d*))?\}/.exec(reader.tokens.slice(reader.next, reader.next + 12).join("")) ?? [];
    if (count !== undefined) {
      size = (size + 2) * Math.max(Number(least), Number(most), 1) + 2;
      reader.next += count.length;
    } else if (isRepetition(token)) {
      size += 2;
      reader.next += 1;
    } else return size;
  }
}

function hasShortAlternative(tokens: readonly string[]): boolean {
  // For each group that is open, and for the whole: whether it has alternatives, and how long the shortest is.
  const groups = [{ several: false, shortest: Infinity, length: 0 }];
  for (const token of tokens) {
    const group = groups.at(-1);
    if (group === undefined) return true;
    if (token.startsWith("(")) groups.push({ several: false, shortest: Infinity, length: 0 });
    else if (token === "|" || token === ")") {
      group.shortest = Math.min(group.shortest, group.length);
      if (token === "|") {
        Object.assign(group, { several: true, length: 0 });
        continue;
      }
      if (group.several && group.shortest < 2) return true;
      groups.pop();
      const outer = groups.at(-1);
      if (outer !== undefined) outer.length += group.length;
    } else if (!/^[*+?{}]$/.test(token)) group.length += 1;
  }
  const [whole] = groups;
  return whole === undefined || (whole.several && Math.min(whole.shortest, whole.length) < 2);
}

/** Whether a group is repeated that may be empty. */
function repeatsNothing(tokens: readonly string[]): boolean {
  const opened: number[] = [];
  return tokens.some((token, index) => {
    if (token.startsWith("(")) opened.push(index);
    if (token !== ")") return false;
    const from = opened.pop() ?? index;
    return /^[*+?{]$/.test(tokens[index + 1] ?? "") && mayBeEmpty(tokens.slice(from, index + 1).join(""));
  });
}

function mayBeEmpty(group: string): boolean {
  try {
    return compileAnyNames(group).testExact("");
  } catch {
    return true;
  }
}
