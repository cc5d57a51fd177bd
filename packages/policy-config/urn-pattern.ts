/**
 * Patterns of URNs, `urn:pulumi:STACK::PROJECT::TYPE::NAME`, in each part of which a `*` stands for any characters. No part
 * reaches into the next, but for the name, which may hold `::` itself.
 *
 * Source: Pulumi documentation, "URNs".
 */

const SEPARATOR = "::";
const STACK_PREFIX = "urn:pulumi:";

/** The four parts of a URN, or of a pattern; undefined where it has another form. */
function partsIn(text: string): readonly [string, string, string, string] | undefined {
  const [stack = "", project = "", type = "", ...name] = text.split(SEPARATOR);
  const parts = [stack, project, type, name.join(SEPARATOR)] as const;
  const isUrn = stack.startsWith(STACK_PREFIX) && stack !== STACK_PREFIX;
  return isUrn && parts.every((part) => part !== "") ? parts : undefined;
}

/** Whether a pattern matches a URN. A text of another form matches nothing. */
export function urnMatches(pattern: string, urn: string): boolean {
  const wanted = partsIn(pattern);
  const found = partsIn(urn);
  if (wanted === undefined || found === undefined) return false;
  return wanted.every((part, index) => wildcardMatches(part, found[index] ?? ""));
}

/** In time linear in the pattern's pieces and the text: the leftmost place of each piece leaves most for the next. */
function wildcardMatches(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let from = first.length;
  for (const piece of rest) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return from <= text.length - last.length;
}

/** Says in a few words why a text cannot be a pattern of URNs; nothing where it is one. */
export function patternFault(pattern: string): string | undefined {
  return partsIn(pattern) === undefined
    ? "has to be urn:pulumi:STACK::PROJECT::TYPE::NAME, in which * stands for any characters within a part"
    : undefined;
}

/** Whether a pattern may match more than one resource. */
export function hasWildcard(pattern: string): boolean {
  return pattern.includes("*");
}

/** Says in a few words why a pattern is over-broad: it has to name one type, and a part of a name. */
export function overBroad(pattern: string): string | undefined {
  const [, , type = "", name = ""] = partsIn(pattern) ?? [];
  // What stands before the $ are the types of its parents.
  if (type.slice(type.lastIndexOf("$") + 1).includes("*")) return "its URN pattern names no type";
  return /^\**$/.test(name) ? "its URN pattern names no resource" : undefined;
}
