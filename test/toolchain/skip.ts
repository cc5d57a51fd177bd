import { SKIPPABLE_IN_CI } from "./skippable.ts";

/** What each skipped suite or test lacks. */
const missing = new WeakMap<Mocha.Suite | Mocha.Runnable, string>();

/**
 * Skips the suite whose hook calls this, or the test that does. In CI it fails instead, unless the tool is one of
 * SKIPPABLE_IN_CI.
 *
 * @param tool what is missing, by the name of its executable
 * @param because why it is not there, or how to get it
 */
export function skipWithout(context: Mocha.Context, tool: string, because?: string): never {
  const text = `needs ${tool}${because === undefined ? "" : `: ${because}`}`;
  if (process.env.CI && !SKIPPABLE_IN_CI.includes(tool)) throw new Error(text);
  const runnable = context.runnable();
  const { parent } = runnable;
  const isTest = parent?.tests.some((test) => test === runnable) ?? true;
  missing.set(isTest || parent === undefined ? runnable : parent, tool);
  console.log(`    ${text}`);
  return context.skip();
}

/** What a skipped test lacks; undefined where it was skipped in another way than by `skipWithout`. */
export function missingTool(test: Mocha.Test): string | undefined {
  for (let node: Mocha.Suite | Mocha.Runnable | undefined = test; node !== undefined; node = node.parent) {
    const tool = missing.get(node);
    if (tool !== undefined) return tool;
  }
  return undefined;
}

/** Tests that are skipped although nothing that may be missing in CI explains it, by their full titles. */
export function forbiddenSkips(suite: Mocha.Suite): string[] {
  const own = suite.tests.filter(
    (test) => test.isPending() && !SKIPPABLE_IN_CI.includes(missingTool(test) ?? ""),
  );
  return [...own.map((test) => test.fullTitle()), ...suite.suites.flatMap(forbiddenSkips)];
}
