/** A question that cannot be answered, and what would be a better one. */
export class QueryError extends Error {
  override readonly name = "QueryError";
}
