import assert from "node:assert/strict";
import Mocha from "mocha";
import { expectDifferences, isBefore, type PluginDifference } from "./plugin-differences.ts";

const TABLE: readonly PluginDifference[] = [
  { test: "a suite differs", difference: /a conflict with kubectl/, because: "4.25 reports a conflict" },
];

/** Runs a test of this title as the table has it, and gives the failure's message; undefined where it passes. */
async function outcome(title: string, isOld: boolean, run: () => Promise<void>): Promise<string | undefined> {
  const suite = Mocha.Suite.create(new Mocha().suite, "a suite");
  const test = new Mocha.Test(title, run);
  suite.addTest(test);
  expectDifferences(suite.parent ?? assert.fail(), TABLE, () => Promise.resolve(isOld));
  try {
    await (test as unknown as { fn: () => Promise<void> }).fn.call(undefined as never);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const passes = () => Promise.resolve();
const fails = (message: string) => () => Promise.reject(new Error(message));

describe("The table of plugin differences", () => {
  it("has a test pass on an old plugin that fails in the way it says", async () => {
    assert.equal(await outcome("differs", true, fails("a conflict with kubectl")), undefined);
  });

  it("has a test fail on an old plugin that fails in another way", async () => {
    assert.equal(await outcome("differs", true, fails("a timeout")), "a timeout");
  });

  it("has a test fail on an old plugin that shows no difference any more", async () => {
    assert.match((await outcome("differs", true, passes)) ?? "", /^passes, although .* Remove its entry$/);
  });

  it("has no effect on the plugin version that the npm package requires", async () => {
    assert.equal(await outcome("differs", false, passes), undefined);
    const message = "a conflict with kubectl";
    assert.equal(await outcome("differs", false, fails(message)), message);
  });

  it("says nothing about other tests", async () => {
    assert.equal(await outcome("is another", true, passes), undefined);
    assert.equal(
      await outcome("is another", true, fails("a conflict with kubectl")),
      "a conflict with kubectl",
    );
  });

  it("compares versions by number", () => {
    assert.deepEqual(
      ["4.25.0", "4.31.9", "4.32.0", "4.100.0", "5.0.0", "3.99.0"].map((version) =>
        isBefore(version, [4, 32]),
      ),
      [true, true, false, false, false, true],
    );
  });
});
