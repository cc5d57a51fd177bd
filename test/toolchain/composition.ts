import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PinnedTool, pinnedTools } from "../../preview/toolchain/pinned-versions.ts";
import {
  executable,
  findOnPath,
  findToolchain,
  type Toolchain,
  type ToolchainSearch,
} from "../../preview/toolchain/find-toolchain.ts";

/** The tools that tests use: those that are installed, and stand-ins for those that are not. */
export interface Composition {
  readonly toolchain: Toolchain;
  /** The executables that stand-ins stand in for. */
  readonly standIns: readonly string[];
  /** The tools that the npm packages ask for and that have no stand-in either. */
  readonly missing: readonly string[];
  /** Removes what was made. */
  readonly close: () => Promise<void>;
}

/** The directories of stand-ins, each named like the executable that it stands in for. */
export const STAND_INS: readonly string[] = [
  join(import.meta.dirname, "..", "language-host"),
  join(import.meta.dirname, "..", "google", "provider"),
];

/**
 * Finds the installed tools as the product does. Where one is missing, makes a directory of links to those that are
 * there and to stand-ins for the others.
 *
 * @param standIns directories of stand-ins
 * @returns undefined where there is no Pulumi CLI
 */
export async function composeToolchain(
  search: ToolchainSearch,
  standIns: readonly string[] = STAND_INS,
): Promise<Composition | undefined> {
  const toolchain = await findToolchain(search);
  if (toolchain === undefined) return undefined;
  const found = await locate(await pinnedTools(search.repository), toolchain, search.path);
  const absent = [...found].filter(([, file]) => file === undefined).map(([name]) => name);
  const standingIn = new Map(absent.flatMap((name) => standInFor(name, standIns)));
  const missing = absent.filter((name) => !standingIn.has(name));
  const common = { standIns: [...standingIn.keys()], missing };
  if (standingIn.size === 0) return { ...common, toolchain, close: () => Promise.resolve() };
  const dir = await mkdtemp(join(tmpdir(), "attested-fhir-toolchain-"));
  const files = new Map([...(await executablesIn(toolchain.binDir)), ...definedIn(found), ...standingIn]);
  for (const [name, file] of files) await symlink(file, join(dir, executable(name)));
  return {
    ...common,
    toolchain: { source: "PULUMI_TOOLCHAIN", binDir: dir, pluginsDir: toolchain.pluginsDir },
    close: () => rm(dir, { recursive: true, force: true }),
  };
}

/** Where the engine would take each tool from; undefined where it would not find it. */
async function locate(
  tools: readonly PinnedTool[],
  { binDir, pluginsDir }: Toolchain,
  path: string,
): Promise<Map<string, string | undefined>> {
  const found = new Map<string, string | undefined>();
  for (const { name, version } of tools) {
    const plugin = join(pluginsDir, `${name.replace(/^pulumi-/, "")}-v${version}`);
    const dir =
      (await findOnPath(binDir, name)) ?? (await findOnPath(path, name)) ?? (await findOnPath(plugin, name));
    found.set(name, dir === undefined ? undefined : join(dir, executable(name)));
  }
  return found;
}

function standInFor(name: string, directories: readonly string[]): [string, string][] {
  const file = directories.map((dir) => join(dir, name)).find((candidate) => existsSync(candidate));
  return file === undefined ? [] : [[name, file]];
}

function definedIn(found: ReadonlyMap<string, string | undefined>): [string, string][] {
  return [...found].flatMap(([name, file]) => (file === undefined ? [] : [[name, file]]));
}

async function executablesIn(dir: string): Promise<[string, string][]> {
  const entries = await readdir(dir, { withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => [name.replace(/\.exe$/, ""), join(dir, name)]);
}
