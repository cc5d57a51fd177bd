import assert from "node:assert/strict";
import { Writable } from "node:stream";
import type { WriteStream } from "node:tty";
import { stripVTControlCharacters } from "node:util";
import { startProgress } from "../../../preview/commands/progress.ts";

/** A stream that remembers what is written to it. */
function remembering(isTTY: boolean): { stream: WriteStream; written: () => string } {
  let written = "";
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      written += chunk.toString();
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY }) as unknown as WriteStream, written: () => written };
}

describe("The progress of a preview", () => {
  it("is one line that counts, and that is gone in the end", () => {
    const { stream, written } = remembering(true);
    const progress = startProgress(stream, "dev", false);
    progress.count(7);
    progress.clear();
    const shown = stripVTControlCharacters(written());
    assert.equal(shown, "Previewing dev: 0 resources, 0 sPreviewing dev: 7 resources, 0 s");
    assert.equal(written().includes("\n"), false);
    assert.ok(written().endsWith("\u001b[2K\u001b[1G"));
  });

  it("is not shown where nobody watches", () => {
    for (const [isTTY, isQuiet] of [
      [false, false],
      [true, true],
    ] as const) {
      const { stream, written } = remembering(isTTY);
      const progress = startProgress(stream, "dev", isQuiet);
      progress.count(7);
      progress.clear();
      assert.equal(written(), "");
    }
  });
});
