import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import type { PinnedTool } from "./pinned-versions.ts";
import { queryPluginVersion } from "./plugin-info.ts";
import { type Environment, executable, findOnPath, type Toolchain } from "./find-toolchain.ts";

const execute = promisify(execFile);

/** A tool with its location and its version. */
export interface FoundTool {
  readonly name: string;
  /** The version that the npm packages pin. */
  readonly pinned: string;
  /** Directory of the tool; undefined if it was not found. */
  readonly dir?: string;
  /** Undefined if the tool was not found or does not answer. */
  readonly version?: string;
}

/** The output of `pulumi plugin ls --json`. */
const pluginList = z.array(z.object({ name: z.string(), kind: z.string(), version: z.string().optional() }));

/** Looks up each tool as the engine does: on PATH, which starts with the toolchain, then in the plugin directory. */
export async function toolVersions(
  toolchain: Toolchain,
  tools: readonly PinnedTool[],
  env: Environment,
): Promise<FoundTool[]> {
  const cli = join(toolchain.binDir, executable("pulumi"));
  const path = [toolchain.binDir, env.PATH ?? ""].join(process.platform === "win32" ? ";" : ":");
  const plugins = await listPlugins(cli, toolchain, env);
  const found = tools.map(async ({ name, version: pinned }): Promise<FoundTool> => {
    const dir = await findOnPath(path, name);
    if (dir !== undefined) {
      const version =
        name === "pulumi"
          ? await cliVersion(cli, env)
          : await queryPluginVersion(join(dir, executable(name)), env);
      return { name, pinned, dir, ...(version !== undefined && { version }) };
    }
    const versions = plugins.filter((plugin) => `pulumi-${plugin.kind}-${plugin.name}` === name);
    const version = (versions.find((plugin) => plugin.version === pinned) ?? versions[0])?.version;
    return version === undefined ? { name, pinned } : { name, pinned, dir: toolchain.pluginsDir, version };
  });
  return Promise.all(found);
}

async function cliVersion(cli: string, env: Environment): Promise<string | undefined> {
  const { stdout } = await execute(cli, ["version"], { env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "1" } });
  return /^v?(\S+)/.exec(stdout)?.[1];
}

async function listPlugins(cli: string, { pluginsDir }: Toolchain, env: Environment) {
  const home = { PULUMI_HOME: dirname(pluginsDir), PULUMI_SKIP_UPDATE_CHECK: "1" };
  const { stdout } = await execute(cli, ["plugin", "ls", "--json"], { env: { ...env, ...home } });
  return pluginList.parse(JSON.parse(stdout));
}
