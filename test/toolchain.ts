import { join } from "node:path";
import type { Toolchain } from "../preview/toolchain/find-toolchain.ts";
import { currentToolchain, noteStandIns } from "./toolchain/current.ts";
import { skipWithout } from "./toolchain/skip.ts";

/** The root of the checkout. */
export const REPOSITORY = join(import.meta.dirname, "..");

const INSTALL = "npm run toolchain says how to get it";

/** The plugins that a suite needs besides those that any program does. */
export interface NeededPlugins {
  /** Plugins for which a stand-in is good enough, by their executables. Defaults to none. */
  readonly plugins?: readonly string[];
  /** Plugins for which no stand-in is good enough, by their executables. Defaults to none. */
  readonly official?: readonly string[];
}

/**
 * The tools, for a suite that needs them: the installed ones, and stand-ins where something is not installed. Where a
 * tool is missing and has no stand-in, the suite is skipped and says so; in CI that is a failure for all but those in
 * test/toolchain/skippable.ts.
 */
export async function toolchainOrSkip(suite: Mocha.Context, needed: NeededPlugins = {}): Promise<Toolchain> {
  const { plugins = [], official = [] } = needed;
  const composition = await currentToolchain();
  if (composition === undefined) return skipWithout(suite, "pulumi", INSTALL);
  const { toolchain, standIns, missing } = composition;
  const hosts = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];
  const needs = [...hosts, ...plugins, ...official];
  const lacking =
    official.find((name) => standIns.includes(name)) ?? needs.find((name) => missing.includes(name));
  if (lacking !== undefined) return skipWithout(suite, lacking, INSTALL);
  noteStandIns(
    suite,
    standIns.filter((name) => needs.includes(name)),
  );
  return toolchain;
}
