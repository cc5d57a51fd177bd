import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { read, ROOT } from "./documents.ts";

const { spec, ignore } = createRequire(import.meta.url)(join(ROOT, ".mocharc.unit.cjs")) as {
  readonly spec: readonly string[];
  readonly ignore: readonly string[];
};

/** What a test calls or imports that uses the engine, an API server, Envoy, an oracle or the simulated APIs. */
const HEAVY =
  /\b(?:toolchainOrSkip|clusterProgramsOrSkip)\(|from "(?:\.\.\/)+(?:e2e|envoy|fhir-server|google|oracle)\//;

const files = (patterns: readonly string[]) => globSync([...patterns], { cwd: ROOT });

describe("npm run test:unit", () => {
  it("runs more than a hundred files, and none that uses an engine, API server, Envoy or oracle", () => {
    const ignored = new Set(files(ignore));
    const run = files(spec).filter((file) => !ignored.has(file));
    assert.ok(run.length > 100);
    assert.deepEqual(
      run.filter((file) => HEAVY.test(read(file))),
      [],
    );
  });

  it("leaves out only files that exist", () => {
    for (const pattern of ignore) assert.ok(files([pattern]).length > 0, pattern);
  });
});
