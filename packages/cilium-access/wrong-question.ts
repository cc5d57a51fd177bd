/** A question that cannot be answered, and what would be a better one. */
export class WrongQuestion extends Error {
  override readonly name = "WrongQuestion";
}
