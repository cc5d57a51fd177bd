import { createHash } from "node:crypto";

/**
 * The first 10 hexadecimal digits of the SHA-256 of some texts, for the names of ConfigMaps and Jobs: another
 * content has another name, and the same content keeps its own.
 */
export function contentHash(...texts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 10);
}
