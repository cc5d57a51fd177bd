import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * The directory of Google's discovery documents that the tests are run with: `GOOGLE_DISCOVERY_DIR`, or
 * `../shared/gcp-discovery` beside the checkout; undefined where there is neither.
 */
export function discoveryDir(): string | undefined {
  const named = process.env.GOOGLE_DISCOVERY_DIR;
  if (named !== undefined && named !== "") return named;
  const shared = fileURLToPath(new URL("../../../shared/gcp-discovery", import.meta.url));
  return existsSync(shared) ? shared : undefined;
}

/** A suite that needs the documents: it is skipped, and so counted, where there are none. */
export function describeWithDocuments(title: string, suite: (this: Mocha.Suite, dir: string) => void): void {
  const dir = discoveryDir();
  describe(title, function () {
    // A test without a function is a skipped one. The suite itself may read the documents, so it is not even begun.
    if (dir === undefined)
      it("need Google's descriptions of its APIs: GOOGLE_DISCOVERY_DIR names where they are");
    else suite.call(this, dir);
  });
}
