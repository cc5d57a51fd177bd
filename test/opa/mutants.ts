/** Small changes of Rego, each of which a test has to notice. */

/** A policy with one change. */
export interface Mutant {
  /** Number of the changed line, from 1. */
  readonly line: number;
  /** What stood there, and what stands there now; empty where the line was removed. */
  readonly from: string;
  readonly to: string;
  /** The whole policy. */
  readonly source: string;
}

/** What stands for what: the first of each pair becomes the second. */
const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  [/ == /g, " != "],
  [/ != /g, " == "],
  [/ >= /g, " > "],
  [/ <= /g, " < "],
  [/ > /g, " >= "],
  [/ < /g, " <= "],
  [/ \+ /g, " - "],
  [/ \* /g, " + "],
  [/ \/ /g, " * "],
  [/\bnot /g, ""],
  [/(?<=if )(?!not )(?=\S+$)/g, "not "],
  [/\btrue\b/g, "false"],
  [/\bfalse\b/g, "true"],
  [/"\^"/g, '""'],
  [/"\$"/g, '""'],
  [/`\^/g, "`"],
  [/\$`/g, "`"],
  [/\b[02-9]\b(?![\]*-])/g, "1"],
  [/\b1\b(?![-\]])/g, "2"],
  [/\blower\(/g, "upper("],
  [/"[A-Z]{2}\d{3}", /g, ""],
];

/** What can be removed: a line that is a rule, a condition, or an entry of a list or an object. */
const REMOVABLE = [/^\S+ contains [^{([]+$/, /^\S.* if .*[^{([]$/, /^default /, /^\t.*[^{([]$/];

/** Every change, one at a time, of the lines that are no comment and declare no package or import. */
export function mutantsOf(policy: string): Mutant[] {
  const lines = policy.split("\n");
  return lines.flatMap((text, index) => {
    if (/^\s*(?:#|$|package |import |[}\])]+,?$)/.test(text)) return [];
    const changed = REPLACEMENTS.flatMap(([pattern, instead]) =>
      [...text.matchAll(pattern)].map(
        (match) => text.slice(0, match.index) + instead + text.slice(match.index + match[0].length),
      ),
    );
    const removed = REMOVABLE.some((pattern) => pattern.test(text)) ? [""] : [];
    return [...changed, ...removed].map((to) => ({
      line: index + 1,
      from: text.trim(),
      to: to.trim(),
      source: lines.with(index, to).join("\n"),
    }));
  });
}
