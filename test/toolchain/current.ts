import { join } from "node:path";
import { toolchainSearch } from "../../preview/toolchain/find-toolchain.ts";
import { type Composition, composeToolchain } from "./composition.ts";

let current: Promise<Composition | undefined> | undefined;

/** The tools of this run of the tests: found, and where need be composed, once. */
export function currentToolchain(): Promise<Composition | undefined> {
  return (current ??= composeToolchain(toolchainSearch(process.env, join(import.meta.dirname, "..", ".."))));
}

/** Which stand-ins the suites were given, by their titles. */
export const ranOnStandIns = new Map<string, ReadonlySet<string>>();

/** Notes what a suite is run on. */
export function noteStandIns(context: Mocha.Context, standIns: readonly string[]): void {
  if (standIns.length === 0) return;
  const title = context.runnable().titlePath()[0] ?? "";
  ranOnStandIns.set(title, new Set([...(ranOnStandIns.get(title) ?? []), ...standIns]));
}
