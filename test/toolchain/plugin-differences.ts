import { join } from "node:path";
import { queryPluginVersion } from "../../preview/toolchain/plugin-info.ts";
import { findToolchain, toolchainSearch } from "../../preview/toolchain/find-toolchain.ts";

/** A test that an older plugin of Kubernetes fails, and how. */
export interface PluginDifference {
  /** The test's full title. */
  readonly test: string;
  /** What the test then fails with. */
  readonly difference: RegExp;
  /** What the plugin does differently. */
  readonly because: string;
}

/** The first version of the plugin that the tests are written for, as the npm package @pulumi/kubernetes asks for it. */
const EXPECTED: readonly [major: number, minor: number] = [4, 32];

/**
 * The tests that fail on a plugin older than that, since the newest one that builds from a public module is 4.25. They
 * are run there all the same, and have to fail in this way.
 */
export const PLUGIN_DIFFERENCES: readonly PluginDifference[] = [
  {
    test: "The Star Wars story on a real API server, by the real engine shows a policy that was edited by hand in a preview with --refresh, and `up` restores it",
    difference:
      /Server-Side Apply field conflict detected[^]*conflict with \\?"unknown\\?" using cilium\.io\/v2: \.spec\.egress/,
    because:
      "4.25 takes a field that another manager has changed for a conflict in the preview already, where 4.32 plans the update and takes the field over",
  },
  {
    test: "Embedded mode and Pulumi's engine see in features dev the same inputs, but for what differs by design",
    difference: /path: 'spec\.none'[^]*type: 'kubernetes:example\.com\/v1:Shelf'/,
    because:
      "4.25 drops a property that is null in a YAML manifest, where 4.32 registers the resource with it",
  },
];

/** Has each test in the table, where the plugin is an older one, expect the difference; fails it where that is gone. */
export function expectDifferences(suite: Mocha.Suite, table = PLUGIN_DIFFERENCES, isOld = isOlder): void {
  for (const child of suite.suites) expectDifferences(child, table, isOld);
  for (const test of suite.tests) {
    const difference = table.find((entry) => entry.test === test.fullTitle());
    if (difference !== undefined) expectDifference(test, difference, isOld);
  }
}

function expectDifference(
  test: Mocha.Test,
  { difference, because }: PluginDifference,
  isOld: () => Promise<boolean>,
): void {
  const { fn } = test as { fn?: (this: Mocha.Context) => unknown };
  if (fn === undefined) return;
  test.fn = async function (this: Mocha.Context) {
    if (!(await isOld())) {
      await fn.call(this);
      return;
    }
    const error = await failureOf(() => fn.call(this));
    if (error === undefined) {
      throw new Error(`passes, although the table of plugin differences says: ${because}. Remove its entry`);
    }
    if (!difference.test(String(error))) throw error;
  };
}

async function failureOf(run: () => unknown): Promise<Error | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

let older: Promise<boolean> | undefined;

function isOlder(): Promise<boolean> {
  return (older ??= askVersion());
}

async function askVersion(): Promise<boolean> {
  const toolchain = await findToolchain(toolchainSearch(process.env, join(import.meta.dirname, "..", "..")));
  if (toolchain === undefined) return false;
  const version = await queryPluginVersion(join(toolchain.binDir, "pulumi-resource-kubernetes"), process.env);
  return version !== undefined && isBefore(version, EXPECTED);
}

/** Whether a version, `4.25.0`, is before another one's major and minor number. */
export function isBefore(version: string, [major, minor]: readonly [number, number]): boolean {
  const [its = NaN, own = NaN] = version.split(".").map(Number);
  return its < major || (its === major && own < minor);
}
