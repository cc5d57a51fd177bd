import assert from "node:assert/strict";
import { Readable } from "node:stream";
import fc from "fast-check";
import { lines } from "./lines.ts";

describe("The lines of a stream", () => {
  const line = fc.string({ unit: fc.constantFrom("a", "{", "}", '"', "\r", "é", "𝕏") });

  async function read(pieces: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for await (const one of lines(Readable.from(pieces))) found.push(one);
    return found;
  }

  it("are the same wherever the stream is cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.array(fc.nat({ max: 200 })), async (expected, cuts) => {
        const text = expected.map((one) => `${one}\n`).join("");
        const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length].sort(
          (a, b) => a - b,
        );
        const pieces = places.slice(1).map((place, index) => text.slice(places[index], place));
        assert.deepEqual(await read(pieces), expected);
      }),
    );
  });

  it("do not include one that the stream breaks off", async () => {
    assert.deepEqual(await read(["whole\nbro", "ken"]), ["whole"]);
  });
});
