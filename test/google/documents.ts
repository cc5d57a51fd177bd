import { nonEmpty } from "../../preview/toolchain/find-toolchain.ts";

/** The directory of Google's discovery documents, which `GOOGLE_DISCOVERY_DIR` names; undefined where it does not. */
export function discoveryDir(): string | undefined {
  return nonEmpty(process.env.GOOGLE_DISCOVERY_DIR);
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
