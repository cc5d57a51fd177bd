import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { pinnedVersion } from "./pinned-versions.ts";
import { UserError } from "../user-error.ts";

/** The environment of a process, as `process.env` has it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where to look for tools, in this order: `named`, the cache, `path`. */
export interface ToolchainSearch {
  /** The directory in PULUMI_TOOLCHAIN; if set, no other is searched. */
  readonly named?: string | undefined;
  /** The repository, whose npm packages pin the version to look for in the cache. */
  readonly repository: string;
  /** The user's cache directory, where `npm run toolchain -- --install` installs the pinned version. */
  readonly cache: string;
  /** The user's Pulumi directory, whose `plugins` the CLI uses. */
  readonly pulumiHome: string;
  /** Directories to search, as in PATH. */
  readonly path: string;
}

/** The tools that were found. */
export interface Toolchain {
  readonly source: "PULUMI_TOOLCHAIN" | "installed" | "PATH";
  /** Absolute path of the directory of `pulumi` and its language hosts; it goes first on PATH. */
  readonly binDir: string;
  /** The plugin directory of this CLI. It may not exist. */
  readonly pluginsDir: string;
}

/** Reads from an environment where to look for tools. */
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
 * @returns undefined if none is installed.
 * @throws UserError if PULUMI_TOOLCHAIN is set and its directory has no CLI.
 */
export async function findToolchain(search: ToolchainSearch): Promise<Toolchain | undefined> {
  const pluginsDir = join(search.pulumiHome, "plugins");
  if (search.named !== undefined) {
    if (await hasExecutable(search.named, "pulumi")) {
      return { source: "PULUMI_TOOLCHAIN", binDir: search.named, pluginsDir };
    }
    throw new UserError(`PULUMI_TOOLCHAIN: ${search.named} does not contain pulumi.`);
  }
  const installed = await installDir(search);
  if (await hasExecutable(join(installed, "bin"), "pulumi")) {
    return { source: "installed", binDir: join(installed, "bin"), pluginsDir: join(installed, "plugins") };
  }
  const onPath = await findOnPath(search.path, "pulumi");
  return onPath === undefined ? undefined : { source: "PATH", binDir: onPath, pluginsDir };
}

/** The directory of the pinned version in the user's cache; it may not exist. */
export async function installDir({ cache, repository }: ToolchainSearch): Promise<string> {
  return join(cache, "attested-fhir", `pulumi-${await pinnedVersion(repository, "@pulumi/pulumi")}`);
}

/** Finds the first directory of a PATH with an executable of this name; undefined if there is none. */
export async function findOnPath(path: string, tool: string): Promise<string | undefined> {
  for (const dir of path.split(delimiter)) {
    if (dir !== "" && (await hasExecutable(dir, tool))) return dir;
  }
  return undefined;
}

/** Returns the value of an environment variable; an empty one counts as unset. */
export function nonEmpty(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}

/** The file name of an executable on this machine. */
export function executable(tool: string): string {
  return process.platform === "win32" ? `${tool}.exe` : tool;
}

/** How to install the Pulumi CLI. */
export function installInstructions(version: string): string {
  return [
    `No Pulumi CLI was found. This project is tested with version ${version}. Install it with one of:`,
    "  npm run toolchain -- --install               into your cache directory, for this project only",
    "  brew install pulumi/tap/pulumi               macOS",
    "  choco install pulumi                         Windows",
    `  curl -fsSL https://get.pulumi.com | sh -s -- --version ${version}`,
    'For more, see "Download & install Pulumi" in the Pulumi documentation.',
    "Set PULUMI_TOOLCHAIN to use a CLI in another directory.",
  ].join("\n");
}

/** Whether a directory has an executable of this name. On Windows some of Pulumi's are batch files. */
export async function hasExecutable(dir: string, tool: string): Promise<boolean> {
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
