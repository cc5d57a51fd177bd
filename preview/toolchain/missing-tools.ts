import { readdir, realpath } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { executable, findOnPath, holds, type Toolchain } from "./find-toolchain.ts";

/** A program that the engine starts. */
export interface NeededTool {
  /** The executable, `pulumi-resource-gcp`. */
  readonly name: string;
  /** The version that the program's SDK asks for, without a leading v; any when absent. */
  readonly version?: string;
}

/** What comes with the Pulumi CLI itself, and is never downloaded as a plugin. */
export function isBundled({ name }: NeededTool): boolean {
  return name.startsWith("pulumi-language-") || name === "pulumi-resource-pulumi-nodejs";
}

/**
 * The tools that Pulumi's engine would not find. It searches PATH, where it takes any version; the directory of the CLI,
 * for what is bundled with it; then the directory of plugins, of which it takes only the version that the program's SDK
 * asks for (getPluginInfoAndPath in Pulumi's sdk/go/common/workspace/plugins.go). No process is started.
 *
 * @param path the engine's PATH
 */
export async function missingTools(
  toolchain: Toolchain,
  tools: readonly NeededTool[],
  path: string,
): Promise<NeededTool[]> {
  const cli = join(toolchain.binDir, executable("pulumi"));
  // The engine follows links, as package managers make them, to the CLI's own directory.
  const own = dirname(await realpath(cli).catch(() => cli));
  const found = tools.map(async (tool) => {
    const dirs = isBundled(tool) ? [path, own].join(delimiter) : path;
    return (await findOnPath(dirs, tool.name)) !== undefined || (await isPlugin(toolchain.pluginsDir, tool));
  });
  const isFound = await Promise.all(found);
  return tools.filter((_, index) => isFound[index] === false);
}

/** Whether a tool is installed in the directory of plugins, as `resource-gcp-v9.35.0/pulumi-resource-gcp`. */
async function isPlugin(pluginsDir: string, tool: NeededTool): Promise<boolean> {
  const stem = `${tool.name.slice("pulumi-".length)}-v`;
  const present: string[] = await readdir(pluginsDir).catch(() => []);
  const dirs = present.filter((dir) =>
    tool.version === undefined ? dir.startsWith(stem) : dir === `${stem}${tool.version}`,
  );
  for (const dir of dirs) {
    // What is still being installed, or was interrupted, has a mark of this name.
    if (!present.includes(`${dir}.partial`) && (await holds(join(pluginsDir, dir), tool.name))) return true;
  }
  return false;
}

/** Says in one line, without a full stop, which tools are missing and which command installs them. */
export function describeMissing(missing: readonly NeededTool[], { source }: Toolchain): string {
  const names = missing.map((tool) =>
    [tool.name, ...(tool.version === undefined ? [] : [tool.version])].join(" "),
  );
  const installs = `npm run toolchain -- --install installs ${names.length === 1 ? "it" : "them"}`;
  const first = source === "PULUMI_TOOLCHAIN" ? "once PULUMI_TOOLCHAIN is unset, " : "";
  return `missing: ${names.join(", ")}; ${first}${installs}`;
}
