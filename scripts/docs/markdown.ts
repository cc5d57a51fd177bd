import ts from "typescript";

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A link in Markdown. */
export function link(text: string, target: string): string {
  return `[${text}](${target})`;
}

/** A cell's text: a bar would end the cell. */
function escaped(cell: string): string {
  return cell.replaceAll("|", String.raw`\|`);
}

/** Markdown of one line as plain text: without backticks, and links by their text. */
export function plainText(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll("`", "");
}

/**
 * What stands between the comments `generated: WHAT` and `end of generated`.
 *
 * @param what a pattern; its groups, if any, stand between the group of the first comment and that of the last
 */
export function generatedPart(what: string): RegExp {
  return new RegExp(`(<!-- generated: ${what} -->\\n)[\\s\\S]*?(<!-- end of generated -->)`, "g");
}

/** The doc comment of a declaration, on one line. */
export function docComment(node: ts.Node): string | undefined {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(comment?.comment)?.replace(/\s+/g, " ").trim();
  return text === "" ? undefined : text;
}
