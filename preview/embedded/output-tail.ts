/** The end of a text that may be longer than anybody wants to keep. */
export class OutputTail {
  readonly #limit: number;
  #text = "";

  /** @param limit how many characters to keep */
  constructor(limit = 16_384) {
    this.#limit = limit;
  }

  add(text: string): void {
    this.#text = (this.#text + text).slice(-this.#limit);
  }

  toString(): string {
    return this.#text;
  }
}
