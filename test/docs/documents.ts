import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The project's documents, read as their readers see them. */

/** The checkout. */
export const ROOT = join(import.meta.dirname, "../..");

/** Every document that a reader is sent to, relative to the checkout. */
export const DOCUMENTS = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** The text of a file of the checkout. */
export function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

/** The rows of all tables in a document, cell by cell, without the lines under headings. */
export function tableRows(markdown: string): string[][] {
  return markdown
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^\|[\s|:-]+\|$/.test(line))
    .map((line) => line.split("|").slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()));
}

/** Where the links of a document lead to. */
export function links(markdown: string): string[] {
  return [...withoutCode(markdown).matchAll(/\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? "");
}

/** What stands between backticks within the lines of a document. */
export function codeSpans(markdown: string): string[] {
  return [...withoutFences(markdown).matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? "");
}

/** The blocks of code in a document, by the language that they are marked with. */
export function codeBlocks(markdown: string, language: string): string[] {
  const blocks = markdown.matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```$/gm);
  return [...blocks].filter(([, , marked]) => marked === language).map(([, , , code]) => code ?? "");
}

/** The anchors that a document's headings can be reached by, as GitHub makes them. */
export function anchors(markdown: string): string[] {
  return [...withoutFences(markdown).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    (heading ?? "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, "")
      .replace(/\s/g, "-"),
  );
}

function withoutFences(markdown: string): string {
  return markdown.replace(/^ *```[\s\S]*?^ *```$/gm, "");
}

function withoutCode(markdown: string): string {
  return withoutFences(markdown).replace(/`[^`\n]*`/g, "");
}
