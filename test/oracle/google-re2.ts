import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { executable, findOnPath, toolchainSearch } from "../../preview/toolchain/find-toolchain.ts";
import { skipWithout } from "../toolchain/skip.ts";
import { REPOSITORY } from "../toolchain.ts";

const execute = promisify(execFile);

/** The release of google-re2 that measures: RE2 itself, as a package of Python's. */
const RELEASE = "1.1.20251105";

const MEASURE = `
import json, re2, sys
options = re2.Options()
options.log_errors = False
def size(pattern):
    try:
        return re2.compile(pattern, options).programsize
    except re2.error:
        return None
json.dump([size(pattern) for pattern in json.load(sys.stdin)], sys.stdout)
`;

/** RE2 itself. */
export interface GoogleRe2 {
  /** The program size of each expression; null for what is none. */
  readonly sizesOf: (patterns: readonly string[]) => Promise<(number | null)[]>;
}

/**
 * RE2, for a suite that needs it, installed unless the user's cache directory has it. Where there is no Python the
 * suite is skipped and says so; in CI that is a failure (test/toolchain/skippable.ts).
 */
export async function googleRe2OrSkip(suite: Mocha.Context): Promise<GoogleRe2> {
  suite.timeout(120_000);
  const { cache, path } = toolchainSearch(process.env, REPOSITORY);
  if ((await findOnPath(path, "python3")) === undefined) {
    return skipWithout(suite, "python3", "to measure with google-re2");
  }
  const directory = await install(join(cache, "attested-fhir"));
  return { sizesOf: (patterns) => measure(directory, patterns) };
}

async function install(home: string): Promise<string> {
  const version = "import sys; print(*sys.version_info[:2], sep='.')";
  const python = (await execute("python3", ["-c", version])).stdout.trim();
  const directory = join(home, `google-re2-${RELEASE}-python-${python}`);
  if (existsSync(directory)) return directory;
  await mkdir(home, { recursive: true });
  const unfinished = await mkdtemp(join(home, "google-re2-"));
  try {
    const options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:"];
    const what = ["--target", unfinished, `google-re2==${RELEASE}`];
    await execute("python3", ["-m", "pip", "install", ...options, ...what]);
    await rename(unfinished, directory);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return directory;
}

async function measure(directory: string, patterns: readonly string[]): Promise<(number | null)[]> {
  const env = { ...process.env, PYTHONPATH: directory, PYTHONIOENCODING: "utf-8" };
  const child = execFile(executable("python3"), ["-c", MEASURE], { env });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error("Python has no standard input");
  stdin.end(JSON.stringify(patterns));
  const [answer] = await Promise.all([text(stdout), once(child, "close")]);
  return JSON.parse(answer) as (number | null)[];
}
