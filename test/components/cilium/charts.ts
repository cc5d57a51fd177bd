import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import type { CiliumVersion } from "../../../components/cilium/version.ts";
import { nonEmpty } from "../../../preview/toolchain/find-toolchain.ts";
import { ciliumModule } from "../../../scripts/crds/crds.ts";
import { REPOSITORY } from "../../toolchain.ts";
import { skipWithout } from "../../toolchain/skip.ts";

const execute = promisify(execFile);

/**
 * The archive of Cilium's chart, for a suite that needs it: from the directory that CILIUM_DIR names, else packed from
 * Cilium's Go module. Where neither is available the suite is skipped with a message; in CI it fails
 * (test/toolchain/skippable.ts).
 *
 * @returns absolute path of `cilium-VERSION.tgz`
 */
export async function chartOrSkip(suite: Mocha.Context, version: CiliumVersion): Promise<string> {
  const archive = `cilium-${version}.tgz`;
  const dir = nonEmpty(process.env.CILIUM_DIR);
  if (dir !== undefined) {
    const named = join(dir, archive);
    if (existsSync(named)) return named;
    return skipWithout(suite, "Cilium's chart", `CILIUM_DIR names ${dir}, which holds no ${archive}`);
  }
  const packed = join(REPOSITORY, "node_modules", ".cache", "attested-fhir", archive);
  if (existsSync(packed)) return packed;
  const { Dir, Error } = await ciliumModule(version, process.env);
  if (Dir === undefined) {
    return skipWithout(suite, "Cilium's chart", `Go does not fetch it: ${Error ?? "it named no directory"}`);
  }
  await mkdir(dirname(packed), { recursive: true });
  await execute("tar", ["-czf", `${packed}.part`, "-C", join(Dir, "install", "kubernetes"), "cilium"]);
  await rename(`${packed}.part`, packed);
  return packed;
}

/** The default values of a chart. */
export async function valuesOf(archive: string): Promise<unknown> {
  const { stdout } = await execute("tar", ["-xzOf", archive, "cilium/values.yaml"], { maxBuffer: 1e7 });
  return parse(stdout);
}
