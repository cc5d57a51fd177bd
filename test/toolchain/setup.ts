import { currentToolchain } from "./current.ts";
import { expectDifferences } from "./plugin-differences.ts";
import { forbiddenSkips } from "./skip.ts";

/** What Mocha does before and after all tests (test/toolchain/skippable.ts). */

/** From here on everything, the programs that tests start included, finds the composed toolchain as the user's own. */
export async function mochaGlobalSetup(): Promise<void> {
  const composition = await currentToolchain();
  if (composition !== undefined && composition.standIns.length > 0) {
    process.env.PULUMI_TOOLCHAIN = composition.toolchain.binDir;
  }
}

export async function mochaGlobalTeardown(): Promise<void> {
  await (await currentToolchain())?.close();
}

export const mochaHooks = {
  beforeAll(this: Mocha.Context): void {
    expectDifferences(rootSuite(this));
  },

  /** In place of Mocha's forbidPending, which knows no exception. */
  afterAll(this: Mocha.Context): void {
    if (!process.env.CI) return;
    const skipped = forbiddenSkips(rootSuite(this));
    if (skipped.length > 0) throw new Error(`in CI these tests must not be skipped:\n${skipped.join("\n")}`);
  },
};

function rootSuite(context: Mocha.Context): Mocha.Suite {
  const { parent } = context.runnable();
  if (parent === undefined) throw new Error("a root hook without the root suite");
  return parent;
}
