/** The one shape of path that our rules match: fixed text, and after it, perhaps, one id. */

/** A path that a rule matches as a whole. */
export interface PathPattern {
  /** The text that the path begins with, or is, in ASCII. */
  readonly literal: string;
  /** Whether the id of a version follows, whichever it is. */
  readonly versionId: boolean;
}

/**
 * The id of a version. FHIR allows 64 characters, but of `{1,64}` RE2 makes some 250 instructions, and Envoy takes
 * 100 in all. So longer ids pass here; the server has no such version.
 */
export const VERSION_ID_PATTERN = "[A-Za-z0-9.-]+";

/**
 * The pattern as a regular expression for RE2, which Envoy matches against the whole `:path`, query included,
 * after it has normalized it.
 */
export function toRe2({ literal, versionId }: PathPattern): string {
  return `${literal.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`)}${versionId ? VERSION_ID_PATTERN : ""}`;
}
