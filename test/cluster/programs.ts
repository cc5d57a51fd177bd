import { access, constants } from "node:fs/promises";
import { join } from "node:path";
import { executable, findToolchain, toolchainSearch } from "../../preview/toolchain/find-toolchain.ts";
import { REPOSITORY } from "../toolchain.ts";
import { COMPONENTS } from "./components.ts";
import { skipWithout } from "../toolchain/skip.ts";

/** The directory of the toolchain where it holds all five programs of a cluster, else undefined. */
export async function findClusterPrograms(): Promise<string | undefined> {
  const tools = await findToolchain(toolchainSearch(process.env, REPOSITORY));
  if (tools === undefined) return undefined;
  const programs = COMPONENTS.map((component) => join(tools.binDir, executable(component)));
  try {
    await Promise.all(programs.map((program) => access(program, constants.X_OK)));
    return tools.binDir;
  } catch {
    return undefined;
  }
}

/**
 * The directory that holds the five programs, for a suite that needs them. Where one is missing the suite is skipped
 * and says so; in CI that is a failure (test/toolchain/skippable.ts).
 */
export async function clusterProgramsOrSkip(suite: Mocha.Context): Promise<string> {
  const binDir = await findClusterPrograms();
  if (binDir !== undefined) return binDir;
  return skipWithout(suite, COMPONENTS.join(", "), "next to the Pulumi CLI, and one of them is missing");
}
