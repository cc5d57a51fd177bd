import { execFile } from "node:child_process";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { UserError } from "../../preview/user-error.ts";
import {
  type Environment,
  executable,
  findOnPath,
  findToolchain,
  toolchainSearch,
} from "../../preview/toolchain/find-toolchain.ts";

const execute = promisify(execFile);

/** The version of crd2pulumi whose output the corrections know. */
export const CRD2PULUMI_VERSION = "1.6.2";

/** crd2pulumi puts `@pulumi/` before it. */
const PACKAGE = "kubernetes-cilium";

/**
 * Finds crd2pulumi: in the toolchain that `npm run toolchain` finds, else on PATH.
 *
 * @returns the absolute path of the executable
 * @throws UserError when there is none, or when it is of another version.
 */
export async function findGenerator(env: Environment, repository: string): Promise<string> {
  const toolchain = await findToolchain(toolchainSearch(env, repository));
  const dir = await findOnPath([toolchain?.binDir, env.PATH].join(delimiter), "crd2pulumi");
  if (dir === undefined) throw new UserError(`crd2pulumi was not found. ${howToGet()}`);
  const generator = join(dir, executable("crd2pulumi"));
  const version = (await execute(generator, ["version"])).stdout.trim().replace(/^v/, "");
  if (version === CRD2PULUMI_VERSION) return generator;
  throw new UserError(
    `${generator} is crd2pulumi ${version}, and its faults may differ from those that are corrected. ${howToGet()}`,
  );
}

/**
 * Runs crd2pulumi.
 *
 * @param generator the executable
 * @param version the version that the package is given
 * @param crds YAML files
 * @param dir where the package is written; must not exist
 */
export async function runGenerator(
  generator: string,
  version: string,
  crds: readonly string[],
  dir: string,
): Promise<void> {
  const options = ["--nodejsPath", dir, "--nodejsName", PACKAGE, "--version", version];
  await execute(generator, [...options, ...crds]);
}

function howToGet(): string {
  return [
    `Version ${CRD2PULUMI_VERSION} is needed: get it from https://github.com/pulumi/crd2pulumi/releases and put it`,
    "on PATH, or into the directory that PULUMI_TOOLCHAIN names.",
  ].join(" ");
}
