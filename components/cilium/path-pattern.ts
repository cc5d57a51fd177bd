/** The path that a rule matches: fixed text, optionally followed by one id. */

/** A path that a rule matches as a whole. */
export interface PathPattern {
  /** The text that the path begins with, or is, in ASCII. */
  readonly literal: string;
  /** Whether the id of a version follows, whichever it is. */
  readonly versionId: boolean;
}

/**
 * The id of a version. FHIR allows 64 characters, but RE2 compiles `{1,64}` to some 250 instructions, and Envoy allows
 * 100 in all. So longer ids match here; the server has no such version.
 */
export const VERSION_ID_PATTERN = "[A-Za-z0-9.-]+";

/**
 * The pattern as a regular expression for RE2, which Envoy matches against the whole `:path`, query included,
 * after it has normalized it.
 */
export function toRe2({ literal, versionId }: PathPattern): string {
  return `${literal.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`)}${versionId ? VERSION_ID_PATTERN : ""}`;
}
