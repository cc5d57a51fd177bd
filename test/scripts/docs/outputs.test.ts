import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { stacksPage } from "../../../scripts/docs/outputs.ts";

const PAGE = "Kept.\n\n<!-- generated: outputs -->\nSTALE\n<!-- end of generated -->\n";
const program = (outputs: string) => `const outputs = {\n${outputs}\n};\n`;

describe("The table of outputs in docs/stacks.md", () => {
  it("has name, layer and doc comment of each output, and keeps the text around it", () => {
    const text = program("/** The note. */\nnote: signed?.note,\n/** The\n * URL. */\nurl: serving?.url,");
    const page = stacksPage(PAGE, text);
    assert.match(page, /^Kept\.$/m);
    assert.doesNotMatch(page, /STALE/);
    assert.match(page, /^\| `note` \| signing \| The note \|\n\| `url` \| fhir \| The URL \|$/m);
  });

  it("lists the outputs of all layers of the program", () => {
    const index = readFileSync(new URL("../../../infra/index.ts", import.meta.url), "utf8");
    const rows = stacksPage(PAGE, index).match(/^\| `\w+` \| (?:signing|runtime|fhir) \|/gm) ?? [];
    assert.ok(rows.length > 10);
  });

  it("is not written for an output without a doc comment or a layer, nor for a program without outputs", () => {
    const inIndex = (message: string) => ({ message: `infra/index.ts${message}` });
    assert.throws(
      () => stacksPage(PAGE, program("note: signed?.note,")),
      inIndex(": the output note has no doc comment"),
    );
    assert.throws(
      () => stacksPage(PAGE, program("/** A. */\nnote: other?.note,")),
      inIndex(": the output note comes from no layer: other?.note"),
    );
    assert.throws(() => stacksPage(PAGE, ""), inIndex(" declares no object outputs"));
  });
});
