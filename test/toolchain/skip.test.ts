import assert from "node:assert/strict";
import Mocha from "mocha";
import { forbiddenSkips, missingTool, skipWithout } from "./skip.ts";
import { SKIPPABLE_IN_CI } from "./skippable.ts";

/** Runs suites on a Mocha of their own. */
async function ran(declare: (root: Mocha.Suite) => void) {
  const mocha = new Mocha({ reporter: "min" });
  mocha.cleanReferencesAfterRun(false);
  declare(mocha.suite);
  const { promise, resolve } = Promise.withResolvers<number>();
  const runner = new Mocha.Runner(mocha.suite, { delay: false });
  const failures: string[] = [];
  runner.on("fail", (_, error: Error) => failures.push(error.message));
  runner.run(resolve);
  await promise;
  return { root: mocha.suite, failures };
}

/** A suite whose hook needs a tool. */
function needing(root: Mocha.Suite, tool: string): void {
  const suite = Mocha.Suite.create(root, `with ${tool}`);
  suite.beforeAll(function () {
    skipWithout(this, tool);
  });
  suite.addTest(new Mocha.Test("works", () => undefined));
}

describe("A suite that needs a tool which is missing", () => {
  let ci: string | undefined;
  beforeEach(() => (ci = process.env.CI));
  afterEach(() => {
    if (ci === undefined) delete process.env.CI;
    else process.env.CI = ci;
  });

  it("is skipped on a user's machine, and names the tool", async () => {
    delete process.env.CI;
    const { root, failures } = await ran((suite) => {
      needing(suite, "helm");
    });
    assert.deepEqual(failures, []);
    const test = root.suites[0]?.tests[0] ?? assert.fail();
    assert.ok(test.isPending());
    assert.equal(missingTool(test), "helm");
  });

  it("fails in CI, and names the tool", async () => {
    process.env.CI = "true";
    const { failures } = await ran((suite) => {
      needing(suite, "helm");
    });
    assert.deepEqual(failures, ["needs helm"]);
  });

  for (const tool of SKIPPABLE_IN_CI) {
    it(`is skipped in CI too without ${tool}`, async () => {
      process.env.CI = "true";
      const { root, failures } = await ran((suite) => {
        needing(suite, tool);
      });
      assert.deepEqual([failures, forbiddenSkips(root)], [[], []]);
    });
  }

  it("may be skipped in CI in no other way", async () => {
    const { root } = await ran((suite) => {
      const bare = Mocha.Suite.create(suite, "skips");
      bare.addTest(new Mocha.Test("by a test without a function"));
      bare.addTest(
        new Mocha.Test("by itself", function (this: Mocha.Context) {
          this.skip();
        }),
      );
      const hooked = Mocha.Suite.create(suite, "skips in a hook");
      hooked.beforeAll(function () {
        this.skip();
      });
      hooked.addTest(new Mocha.Test("works", () => undefined));
    });
    assert.deepEqual(forbiddenSkips(root), [
      "skips by a test without a function",
      "skips by itself",
      "skips in a hook works",
    ]);
  });
});
