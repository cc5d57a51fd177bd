import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { GATEKEEPER_VERSION } from "../../components/gatekeeper/gatekeeper.ts";
import { REPOSITORY } from "../toolchain.ts";
import { skipWithout } from "../toolchain/skip.ts";

const execute = promisify(execFile);

const MODULE = "github.com/open-policy-agent/gatekeeper/v3";

/**
 * The archive of Gatekeeper's chart, packed from Gatekeeper's Go module, for a suite that needs it. Where Go does not
 * fetch the module, the suite is skipped with a message; in CI it fails (test/toolchain/skippable.ts).
 *
 * @returns absolute path of `gatekeeper-VERSION.tgz`
 */
export async function gatekeeperChartOrSkip(suite: Mocha.Context): Promise<string> {
  const archive = `gatekeeper-${GATEKEEPER_VERSION}.tgz`;
  const packed = join(REPOSITORY, "node_modules", ".cache", "attested-fhir", archive);
  if (existsSync(packed)) return packed;
  const dir = await moduleDirectory(suite);
  await mkdir(dirname(packed), { recursive: true });
  await execute("tar", ["-czf", `${packed}.part`, "-C", join(dir, "charts"), "gatekeeper"]);
  await rename(`${packed}.part`, packed);
  return packed;
}

async function moduleDirectory(suite: Mocha.Context): Promise<string> {
  try {
    const query = ["mod", "download", "-json", `${MODULE}@v${GATEKEEPER_VERSION}`];
    // Outside of any module, which would change its go.sum.
    const { stdout } = await execute("go", query, { cwd: tmpdir() });
    return (JSON.parse(stdout) as { Dir: string }).Dir;
  } catch (error) {
    return skipWithout(suite, "Gatekeeper's chart", `Go does not fetch ${MODULE}: ${String(error)}`);
  }
}
