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
