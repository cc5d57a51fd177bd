import type { PathPattern } from "./path-pattern.ts";

/**
 * Envoy's limit of a regular expression, `re2.max_program_size.error_level`, unless its bootstrap sets another.
 * Envoy refuses a policy with a larger one, and then the pod is left unprotected (cilium#41314).
 */
export const DEFAULT_RE2_PROGRAM_LIMIT = 100;

/** Instructions that every program has: fail, match, and two that look for the beginning. */
const FRAME = 4;

/** Instructions of `[A-Za-z0-9.-]+`: one for each of the ranges `-.`, `0-9`, `A-Z` and `a-z`. */
const VERSION_ID = 4;

/**
 * The size of the program that RE2 makes of a pattern, in instructions: one for each byte of text, and the
 * above. It is not an estimate: it is what google-re2 1.0 to 1.1.20251105 compute, and Envoy 1.40 goes by.
 */
export function re2ProgramSize({ literal, versionId }: PathPattern): number {
  return literal.length + FRAME + (versionId ? VERSION_ID : 0);
}
