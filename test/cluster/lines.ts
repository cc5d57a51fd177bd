/** The complete lines of a text that comes in pieces, without their ends. What follows the last `\n` is left out. */
export async function* lines(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const piece of pieces) {
    const complete = (rest + piece).split("\n");
    rest = complete.pop() ?? "";
    yield* complete;
  }
}
