import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { read, ROOT } from "./documents.ts";

/** Where the words are checked. */
const CHECKED = ["CHANGELOG.md", "README.md", "components", "infra", "packages", "stacks", "test"];
/** Generated files, snapshots, which follow their sources, and folders that still use one of the words. */
const EXCLUDED = [
  "components/cilium/crds",
  "*/snapshots/*",
  "test/components/fhir/kubernetes.ts",
  "test/packages/stack-model/planned-cilium-config.test.ts",
  "test/policy-pack",
  "test/preview",
  "test/scripts",
].map((path) => `:!${path}`);

/** The list in CONTRIBUTING.md, of which this test has no copy. */
function wordsToAvoid(): readonly string[] {
  const [, list] = /^- \*\*Words to avoid\*\*: ([a-z, ]+)\./m.exec(read("CONTRIBUTING.md")) ?? [];
  return list?.split(", ") ?? [];
}

/** Each line of the repository's text that has one of the words, as `FILE:LINE:TEXT`. */
function linesWith(words: readonly string[], paths: readonly string[]): readonly string[] {
  const pattern = `\\b(${words.join("|")})\\b`;
  const files = execFileSync("git", ["ls-files", "-z", "--", ...paths], { cwd: ROOT, encoding: "utf8" });
  return files
    .split("\0")
    .filter((file) => /\.(?:ts|cjs|mjs|md|ya?ml|java)$/.test(file))
    .flatMap((file) =>
      read(file)
        .split("\n")
        .map((line, index) => `${file}:${index + 1}:${line.trim()}`)
        .filter((line) => new RegExp(pattern, "i").test(line)),
    );
}

describe("The words to avoid that CONTRIBUTING.md lists", () => {
  it("are found where a file has one", () => {
    assert.ok(linesWith(wordsToAvoid(), ["CONTRIBUTING.md"]).length > 0);
  });

  it("do not occur in the folders that have been revised", () => {
    assert.deepEqual(linesWith(wordsToAvoid(), [...CHECKED, ...EXCLUDED]), []);
  });
});
