import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The project's documents, read as their readers see them. */

/** The checkout. */
export const ROOT = join(import.meta.dirname, "../..");

/** The documents in docs/. A user's own documents are not the tests' concern. */
const PAGES = [
  "access",
  "adopt-existing",
  "components",
  "configuration",
  "embedded",
  "external-keys",
  "guardrails",
  "preview",
  "requirements",
  "separation",
  "stacks",
  "story",
  "trust",
  "tutorial",
];

/** The documents for users, relative to the checkout. */
export const USER_DOCUMENTS = ["README.md", ...PAGES.map((name) => `docs/${name}.md`)];

/** Every document of the repository, relative to the checkout. */
export const DOCUMENTS = [...USER_DOCUMENTS, "CONTRIBUTING.md", "CHANGELOG.md"];

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

/** Commands for a shell, and the comment above them that marks how they are tested. */
export interface ShellBlock {
  readonly code: string;
  /** The text of the comment, `test: exit code 0`; undefined without a comment. */
  readonly marker: string | undefined;
}

const SHELLS: readonly string[] = ["", "sh", "bash", "zsh", "shell", "console"];

/** The blocks of shell commands in a document; a block that names no language counts as one. */
export function shellBlocks(markdown: string): ShellBlock[] {
  const blocks: ShellBlock[] = [];
  let above = "";
  let open: { language: string; lines: string[]; above: string } | undefined;
  for (const line of markdown.split("\n").map((text) => text.trim())) {
    const [, language] = /^```(\w*)/.exec(line) ?? [];
    if (open === undefined && language !== undefined) open = { language, lines: [], above };
    else if (open !== undefined && language === undefined) open.lines.push(line);
    else if (open !== undefined) {
      const [, marker] = /^<!-- (.+) -->$/.exec(open.above) ?? [];
      if (SHELLS.includes(open.language)) blocks.push({ code: `${open.lines.join("\n")}\n`, marker });
      open = undefined;
    }
    if (line !== "") above = line;
  }
  return blocks;
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
