import { readdir, realpath } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { executable, findOnPath, hasExecutable, type Toolchain } from "./find-toolchain.ts";

/** A program that the engine starts. */
export interface NeededTool {
  /** The executable, `pulumi-resource-gcp`. */
  readonly name: string;
  /** The version that the program's SDK pins, without a leading v; absent for any. */
  readonly version?: string;
}

/** Whether a tool is bundled with the Pulumi CLI and never downloaded as a plugin. */
export function isBundled({ name }: NeededTool): boolean {
  return name.startsWith("pulumi-language-") || name === "pulumi-resource-pulumi-nodejs";
}

/**
 * Returns the tools that Pulumi's engine would not find. The engine searches PATH, for any version; the directory of the
 * CLI, for bundled tools; then the plugin directory, for the version that the program's SDK pins (getPluginInfoAndPath in
 * sdk/go/common/workspace/plugins.go). No process is started.
 *
 * @param path the engine's PATH
 */
export async function missingTools(
  toolchain: Toolchain,
  tools: readonly NeededTool[],
  path: string,
): Promise<NeededTool[]> {
  const cli = join(toolchain.binDir, executable("pulumi"));
  // The engine follows the symbolic links of package managers to the CLI's own directory.
  const own = dirname(await realpath(cli).catch(() => cli));
  const found = tools.map(async (tool) => {
    const dirs = isBundled(tool) ? [path, own].join(delimiter) : path;
    return (await findOnPath(dirs, tool.name)) !== undefined || (await isPlugin(toolchain.pluginsDir, tool));
  });
  const isFound = await Promise.all(found);
  return tools.filter((_, index) => isFound[index] === false);
}

/** Whether a tool is installed in the plugin directory, as `resource-gcp-v9.35.0/pulumi-resource-gcp`. */
async function isPlugin(pluginsDir: string, tool: NeededTool): Promise<boolean> {
  const stem = `${tool.name.slice("pulumi-".length)}-v`;
  const present: string[] = await readdir(pluginsDir).catch(() => []);
  const dirs = present.filter((dir) =>
    tool.version === undefined ? dir.startsWith(stem) : dir === `${stem}${tool.version}`,
  );
  for (const dir of dirs) {
    // An incomplete or interrupted installation has a marker with this name.
    if (!present.includes(`${dir}.partial`) && (await hasExecutable(join(pluginsDir, dir), tool.name)))
      return true;
  }
  return false;
}

/** Describes in one line which tools are missing and which command installs them. */
export function describeMissing(missing: readonly NeededTool[], { source }: Toolchain): string {
  const names = missing.map((tool) =>
    [tool.name, ...(tool.version === undefined ? [] : [tool.version])].join(" "),
  );
  const installs = `npm run toolchain -- --install installs ${names.length === 1 ? "it" : "them"}`;
  const first = source === "PULUMI_TOOLCHAIN" ? "once PULUMI_TOOLCHAIN is unset, " : "";
  return `missing: ${names.join(", ")}; ${first}${installs}`;
}
