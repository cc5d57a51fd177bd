import assert from "node:assert/strict";
import { generatedPages } from "../../scripts/docs/pages.ts";
import { read, ROOT } from "./documents.ts";

describe("The generated documents", () => {
  it("are what npm run docs writes", async () => {
    const pages = await generatedPages(ROOT);
    assert.ok(pages.length > 0);
    for (const { file, text } of pages) assert.equal(read(file), text, `${file} is stale: run npm run docs`);
  });

  it("list more than twenty components and every guardrail", async () => {
    const pages = await generatedPages(ROOT);
    const rows = (file: string) =>
      (pages.find((page) => page.file === file)?.text ?? "").match(/^\| `[^`]+` /gm) ?? [];
    assert.ok(rows("docs/components.md").length > 20);
    assert.ok(rows("docs/guardrails.md").length > 30);
  });
});
