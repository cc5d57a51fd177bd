import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { setPriority } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Version } from "../../packages/cilium-access/options.ts";
import { executable, findOnPath, toolchainSearch } from "../../preview/toolchain/find-toolchain.ts";
import { REPOSITORY } from "../toolchain.ts";

const SOURCES = join(import.meta.dirname, "engine");

/**
 * The program that answers by the engine of this release, built unless the user's cache directory has it. Its name
 * there says what it was built from: sources, checksums of all modules, release of Go.
 *
 * @returns undefined where there is no Go.
 */
export async function buildOracle(version: Version): Promise<string | undefined> {
  const { cache, path } = toolchainSearch(process.env, REPOSITORY);
  if ((await findOnPath(path, "go")) === undefined) return undefined;
  const home = join(cache, "attested-fhir");
  const program = join(home, executable(`oracle-${version}-${await fingerprint(version)}`));
  if (!existsSync(program)) {
    await mkdir(home, { recursive: true });
    const dir = await mkdtemp(join(home, "oracle-"));
    try {
      console.log(`    building ${program}: minutes, once`);
      await goBuild(version, join(dir, "oracle"));
      await rename(join(dir, "oracle"), program);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  }
  return program;
}

async function fingerprint(version: Version): Promise<string> {
  const cwd = join(SOURCES, `cilium-${version}`);
  const hash = createHash("sha256");
  // In the module's directory, whose go.mod decides which release of Go builds it.
  hash.update((await promisify(execFile)("go", ["env", "GOVERSION", "GOOS", "GOARCH"], { cwd })).stdout);
  for (const dir of [join(SOURCES, "batch"), cwd]) {
    for (const file of (await readdir(dir)).sort()) {
      hash.update(`${file}\0`).update(await readFile(join(dir, file)));
    }
  }
  return hash.digest("hex").slice(0, 16);
}

async function goBuild(version: Version, output: string): Promise<void> {
  const args = ["build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", output, "."];
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const child = spawn("go", args, {
    cwd: join(SOURCES, `cilium-${version}`),
    env: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "", GOWORK: "off" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (child.pid !== undefined) setPriority(child.pid, 10);
  child.once("error", reject);
  child.once("close", (code) => {
    if (code === 0) resolve(undefined);
    else reject(new Error(`go build of the oracle of Cilium ${version} failed: ${code ?? "killed"}`));
  });
  await promise;
}
