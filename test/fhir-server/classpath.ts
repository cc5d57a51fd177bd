import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { thrownMessage, UserError } from "../../preview/user-error.ts";
import { skipWithout } from "../toolchain/skip.ts";

const execute = promisify(execFile);

/** The oldest Java that HAPI FHIR runs on. */
const OLDEST_JAVA = 17;

/**
 * What the FHIR server is run with, for a suite that needs it: the class path of pom.xml, in the user's Maven
 * repository. Where it cannot be had the suite is skipped and says so; in CI that is a failure (test/toolchain/skippable.ts).
 */
export async function fhirServerOrSkip(suite: Mocha.Context): Promise<string> {
  try {
    await checkJava();
    return await classpath();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return skipWithout(suite, "a FHIR server", error.message);
  }
}

async function checkJava(): Promise<void> {
  const { stdout } = await execute("java", ["--version"]).catch((cause: unknown) => {
    throw new UserError(`there is no Java: ${thrownMessage(cause).trim()}`, { cause });
  });
  const [, version = "0"] = /^\S+ (\d+)/.exec(stdout) ?? [];
  if (Number(version) < OLDEST_JAVA) throw new UserError(`Java is ${version}, not ${OLDEST_JAVA} or newer`);
}

/** Maven fetches what is not there yet, and refuses what has not the registry's checksum. */
async function classpath(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "attested-fhir-classpath-"));
  const file = join(directory, "classpath");
  const options = [
    "--batch-mode",
    "--quiet",
    "--strict-checksums",
    "--file",
    join(import.meta.dirname, "pom.xml"),
  ];
  try {
    await execute("mvn", [...options, "dependency:build-classpath", `-Dmdep.outputFile=${file}`]);
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new UserError(`Maven could not get it: ${firstError(cause)}`, { cause });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Maven tells its errors on the standard output, the reason first. */
function firstError(failure: unknown): string {
  const { stdout = "" } = failure as { stdout?: string };
  return /\[ERROR\] (.+)/.exec(stdout)?.[1] ?? thrownMessage(failure).trim();
}
