/** The last characters of an output that may be long. */
export class OutputTail {
  readonly #limit: number;
  #text = "";

  /** @param limit the number of characters to keep */
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
