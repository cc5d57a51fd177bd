import type { RegexPattern } from "./regex-pattern.ts";
import { type CharacterRange, type RegexProgram, compileProgram } from "./regex-program.ts";

/** A text that a regular expression matches, to ask about. */

const LONGEST = 200;
/** Characters that a reader takes for an example, the first first. */
const TYPICAL = Array.from("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ/-._~?=&");

const known = new Map<string, string | undefined>();

/**
 * The shortest text that a pattern matches, of typical characters where it can be.
 *
 * @returns undefined when there is none, or none of 200 characters
 */
export function shortestMatch(pattern: RegexPattern): string | undefined {
  if (pattern.literal !== undefined) return pattern.literal;
  if (!known.has(pattern.source)) {
    const sample = shortest(compileProgram(pattern.source));
    // Positions, such as the beginning of a word, were not looked at.
    known.set(pattern.source, sample !== undefined && pattern.matches(sample) ? sample : undefined);
  }
  return known.get(pattern.source);
}

/** Breadth first through the program: all instructions that one more character leads to. */
function shortest({ start, instructions }: RegexProgram): string | undefined {
  let reached = new Map<number, string>([[start, ""]]);
  const seen = new Set<number>();
  for (let length = 0; length <= LONGEST && reached.size > 0; length += 1) {
    const next = new Map<number, string>();
    const pending = [...reached];
    for (let entry = pending.shift(); entry !== undefined; entry = pending.shift()) {
      const [at, text] = entry;
      if (seen.has(at)) continue;
      seen.add(at);
      const instruction = instructions[at] ?? { kind: "fail" };
      switch (instruction.kind) {
        case "match":
          return text;
        case "alternative":
          pending.unshift([instruction.out, text], [instruction.other, text]);
          break;
        case "characters":
          if (!next.has(instruction.out)) next.set(instruction.out, text + typicalOf(instruction.ranges));
          break;
        case "fail":
          break;
        default:
          pending.unshift([instruction.out, text]);
      }
    }
    reached = next;
  }
  return undefined;
}

function typicalOf(ranges: readonly CharacterRange[]): string {
  const isIn = (character: string) => {
    const code = character.codePointAt(0) ?? 0;
    return ranges.some(([first, last]) => first <= code && code <= last);
  };
  return TYPICAL.find(isIn) ?? String.fromCodePoint(ranges[0]?.[0] ?? 0);
}
