/** A regular expression in pieces: quoted text, escaped characters, classes, the beginnings of groups, characters. */
const TOKEN =
  /\\Q.*?(?:\\E|$)|\\[pPx]\{[^}]*\}|\\x[\da-fA-F]{2}|\\[pP]\w|\\[0-7]{1,3}|\\.|\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]|\((?:\?(?:P?<\w+>|[a-zA-Z-]*:))?|./gsu;

const FLAGS = /\(\?[a-zA-Z-]+\)/g;

/** Divides a regular expression. Flags that are set on the way are left out. */
export function regexTokens(source: string): string[] {
  return Array.from(source.replaceAll(FLAGS, "").matchAll(TOKEN), ([token]) => token);
}

/** Whether an expression has `|` outside of groups. */
export function hasAlternatives(source: string): boolean {
  let depth = 0;
  for (const token of regexTokens(source)) {
    if (token.startsWith("(")) depth += 1;
    else if (token === ")") depth -= 1;
    else if (token === "|" && depth === 0) return true;
  }
  return false;
}
