import { RE2JS } from "re2js";

/** Regular expressions of HTTP rules: RE2's, which match a value as a whole. */

/** A regular expression, ready to match. */
export interface RegexPattern {
  readonly source: string;
  /** The one text that it matches, where it is no more than a text. */
  readonly literal: string | undefined;
  /** Whether it matches a text as a whole. */
  readonly matches: (text: string) => boolean;
}

/** What stands for something else than itself. */
const SPECIAL = /[\\^$.|?*+()[\]{}]/;
/** What is not a letter or a digit, escaped, is itself. */
const ESCAPED = /\\([ -/:-@[-`{-~])/g;

const known = new Map<string, RegexPattern>();

/**
 * Compiles a regular expression, once.
 *
 * @throws RE2JSSyntaxException when it is none, with what is wrong
 */
export function compilePattern(source: string): RegexPattern {
  const found = known.get(source);
  if (found !== undefined) return found;
  const pattern = make(source);
  known.set(source, pattern);
  return pattern;
}

/** Names of groups. */
const GROUP_NAME = /(\\.)|\(\?P?<\w+>/g;

/**
 * Compiles a regular expression, of which two groups may have one name: in RE2 and in Go they may, in re2js not.
 *
 * @throws RE2JSSyntaxException when it is none
 */
export function compileAnyNames(source: string): RE2JS {
  try {
    return RE2JS.compile(source);
  } catch (error) {
    const withoutNames = source.replaceAll(GROUP_NAME, (_, escaped?: string) => escaped ?? "(");
    if (withoutNames === source) throw error;
    return RE2JS.compile(withoutNames);
  }
}

function make(source: string): RegexPattern {
  const literal = literalText(source);
  if (literal !== undefined) return { source, literal, matches: (text) => text === literal };
  const compiled = compileAnyNames(source);
  const prefix = prefixOf(source);
  const results = new Map<string, boolean>();
  return {
    source,
    literal: undefined,
    matches: (text) => {
      if (!text.startsWith(prefix)) return false;
      let result = results.get(text);
      if (result === undefined) {
        result = compiled.testExact(text);
        // Requests are asked about for many clients in a row; what is longer than that need not be kept.
        if (results.size >= REMEMBERED) results.clear();
        results.set(text, result);
      }
      return result;
    },
  };
}

const REMEMBERED = 4096;

/** The text that an expression is, when nothing in it is special but for being escaped. */
export function literalText(source: string): string | undefined {
  if (!SPECIAL.test(source)) return source;
  const withoutEscaped = source.replaceAll(ESCAPED, "");
  return SPECIAL.test(withoutEscaped) ? undefined : source.replaceAll(ESCAPED, "$1");
}

/** A text that everything begins with that an expression matches: what stands before the first special character. */
function prefixOf(source: string): string {
  if (source.includes("|") || source.includes("(?")) return "";
  const [plain = ""] = /^(?:[^\\^$.|?*+()[\]{}]|\\[.$\-/])*/.exec(source) ?? [];
  const rest = source[plain.length];
  const text = plain.replaceAll(/\\(.)/g, "$1");
  // A repetition holds for the character before it, which may then be missing.
  return rest !== undefined && "?*{".includes(rest) ? text.slice(0, -1) : text;
}
