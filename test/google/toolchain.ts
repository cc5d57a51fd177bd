import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The directory of this checkout. */
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * The directory that holds `pulumi` and the provider plugins: `PULUMI_TOOLCHAIN`, or what `../shared/toolchain/install`
 * unpacks and prints; undefined where there is neither.
 */
export function toolchainDir(): string | undefined {
  const named = process.env.PULUMI_TOOLCHAIN;
  if (named !== undefined && named !== "") return named;
  const install = `${ROOT}../shared/toolchain/install`;
  return existsSync(install) ? execFileSync(install, { encoding: "utf8" }).trim() : undefined;
}
