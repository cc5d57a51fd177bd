import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { pinnedVersion } from "./pinned-versions.ts";
import { UserError } from "../user-error.ts";

/** The environment of a process, as `process.env` has it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where tools are looked for, in this order: `named`, the cache, `path`. */
export interface ToolchainSearch {
  /** The directory that the user names in PULUMI_TOOLCHAIN; nothing else is looked at when it is given. */
  readonly named?: string | undefined;
  /** The repository, whose npm packages pin the version that the cache is searched for. */
  readonly repository: string;
  /** The user's cache directory, where `npm run toolchain -- --install` puts the pinned version. */
  readonly cache: string;
  /** The user's Pulumi directory, whose `plugins` the CLI uses. */
  readonly pulumiHome: string;
  /** Directories to search, as in PATH. */
  readonly path: string;
}

/** The tools that were found. */
export interface Toolchain {
  readonly source: "PULUMI_TOOLCHAIN" | "installed" | "PATH";
  /** Absolute path of the directory that holds `pulumi` and its language hosts; belongs first on PATH. */
  readonly binDir: string;
  /** Where the CLI of this toolchain finds the plugins that are not on PATH. Need not exist. */
  readonly pluginsDir: string;
}

/** Where a process with this environment looks for tools. */
export function toolchainSearch(env: Environment, repository: string): ToolchainSearch {
  return {
    named: nonEmpty(env.PULUMI_TOOLCHAIN),
    repository,
    cache: nonEmpty(env.XDG_CACHE_HOME) ?? join(homedir(), ".cache"),
    pulumiHome: nonEmpty(env.PULUMI_HOME) ?? join(homedir(), ".pulumi"),
    path: env.PATH ?? "",
  };
}

/**
 * Finds the Pulumi CLI.
 *
 * @returns undefined where there is none.
 * @throws UserError when the directory in PULUMI_TOOLCHAIN holds no CLI: what the user names is never passed over.
 */
export async function findToolchain(search: ToolchainSearch): Promise<Toolchain | undefined> {
  const pluginsDir = join(search.pulumiHome, "plugins");
  if (search.named !== undefined) {
    if (await holds(search.named, "pulumi")) {
      return { source: "PULUMI_TOOLCHAIN", binDir: search.named, pluginsDir };
    }
    throw new UserError(`PULUMI_TOOLCHAIN names ${search.named}, which holds no pulumi.`);
  }
  const installed = await installDir(search);
  if (await holds(join(installed, "bin"), "pulumi")) {
    return { source: "installed", binDir: join(installed, "bin"), pluginsDir: join(installed, "plugins") };
  }
  const onPath = await findOnPath(search.path, "pulumi");
  return onPath === undefined ? undefined : { source: "PATH", binDir: onPath, pluginsDir };
}

/** The directory of the pinned version in the user's cache, whether or not it exists. */
export async function installDir({ cache, repository }: ToolchainSearch): Promise<string> {
  return join(cache, "attested-fhir", `pulumi-${await pinnedVersion(repository, "@pulumi/pulumi")}`);
}

/** The first directory of a PATH that holds an executable of this name; undefined where none does. */
export async function findOnPath(path: string, tool: string): Promise<string | undefined> {
  for (const dir of path.split(delimiter)) {
    if (dir !== "" && (await holds(dir, tool))) return dir;
  }
  return undefined;
}

/** The value of an environment variable; one that is set to nothing counts as not set. */
export function nonEmpty(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}

/** The file name of an executable on this machine. */
export function executable(tool: string): string {
  return process.platform === "win32" ? `${tool}.exe` : tool;
}

/** What to do on a machine without a Pulumi CLI. */
export function installInstructions(version: string): string {
  return [
    `No Pulumi CLI was found. This project is made for version ${version}. One of these gets it:`,
    "  npm run toolchain -- --install               into your cache directory, for this project only",
    "  brew install pulumi/tap/pulumi               macOS",
    "  choco install pulumi                         Windows",
    `  curl -fsSL https://get.pulumi.com | sh -s -- --version ${version}`,
    'More ways are in "Download & install Pulumi" in Pulumi\'s documentation.',
    "A CLI that lies elsewhere is found when PULUMI_TOOLCHAIN names its directory.",
  ].join("\n");
}

/** Whether a directory holds an executable of this name. On Windows some of Pulumi's own are batch files. */
export async function holds(dir: string, tool: string): Promise<boolean> {
  const names = process.platform === "win32" ? [`${tool}.exe`, `${tool}.cmd`] : [tool];
  for (const name of names) if (await isExecutable(join(dir, name))) return true;
  return false;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
