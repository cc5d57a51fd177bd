import assert from "node:assert/strict";
import { BOUNDARIES } from "../../boundaries.ts";
import { read, tableRows } from "./documents.ts";

describe("CONTRIBUTING.md", () => {
  it("shows every import boundary that the linter enforces, and no other", () => {
    const rows = tableRows(read("CONTRIBUTING.md")).filter(([first = ""]) =>
      /^\[[^\]]+\]\([^)]+\)$/.test(first),
    );
    const shown = rows.map(([folder = "", holds, mayImport]) => [
      folder.replace(/^\[(?<path>[^\]]+?)\/?\]\(.*$/, "$<path>"),
      holds,
      mayImport,
    ]);
    assert.deepEqual(
      shown.filter(([folder]) => !["stacks", "test"].includes(folder ?? "")),
      BOUNDARIES.map(({ folder, holds, mayImport }) => [
        folder,
        holds,
        mayImport.length === 0 ? "nothing of ours" : mayImport.map((path) => `\`${path}\``).join(", "),
      ]),
    );
  });
});
