import { join } from "node:path";
import { findToolchain, searchIn, type Toolchain } from "../preview/toolchain.ts";

/** The root of the checkout. */
export const REPOSITORY = join(import.meta.dirname, "..");

/**
 * The real tools, for a suite that needs them. Where there are none the suite is skipped and says so; in CI that
 * is a failure (.mocharc.cjs).
 */
export async function toolchainOrSkip(suite: Mocha.Context): Promise<Toolchain> {
  const tools = await findToolchain(searchIn(process.env, REPOSITORY));
  if (tools !== undefined) return tools;
  console.log("    needs a Pulumi CLI, and there is none: `npm run toolchain` says how to get one");
  return suite.skip();
}
