import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type PinnedTool, pinnedTools } from "../../preview/toolchain/pinned-versions.ts";
import { thrownMessage, UserError } from "../../preview/user-error.ts";
import {
  type Environment,
  executable,
  findOnPath,
  hasExecutable,
  installDir,
  type ToolchainSearch,
} from "../../preview/toolchain/find-toolchain.ts";

const execute = promisify(execFile);

/**
 * Installs the pinned CLI, with the plugin of each provider package, into the user's cache, where `findToolchain` looks.
 * What is there already stays.
 *
 * @param say told of each step
 * @returns the directory of the installation
 * @throws UserError when something cannot be fetched; a half-made installation of the CLI does not stay.
 */
export async function installToolchain(
  search: ToolchainSearch,
  env: Environment,
  say: (text: string) => void,
): Promise<string> {
  const root = await installDir(search);
  const tools = await pinnedTools(search.repository);
  say(`Installing the Pulumi CLI into ${root} …`);
  await installCli(root);
  const cli = join(root, "bin", executable("pulumi"));
  for (const tool of tools) {
    if ((await findOnPath(join(root, "bin"), tool.name)) === undefined) {
      await installPlugin(tool, cli, { ...env, PULUMI_HOME: root }, say);
    }
  }
  return root;
}

async function installCli(root: string): Promise<void> {
  const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  const bin = join(root, "bin");
  try {
    // A CLI that is there already is not installed again, even if it lacks its language host.
    if (!(await hasExecutable(bin, "pulumi-language-nodejs")))
      await rm(join(bin, executable("pulumi")), { force: true });
    await PulumiCommand.install({ root });
  } catch (cause) {
    await rm(bin, { recursive: true, force: true });
    throw new UserError(
      `The Pulumi CLI could not be installed: ${reason(cause)}\nIt comes from https://get.pulumi.com; can that be reached from here?`,
      { cause },
    );
  }
}

async function installPlugin(
  { name, version }: PinnedTool,
  cli: string,
  env: Environment,
  say: (text: string) => void,
): Promise<void> {
  const plugin = name.replace(/^pulumi-resource-/, "");
  say(`Installing the plugin ${plugin} ${version} …`);
  try {
    await execute(cli, ["plugin", "install", "resource", plugin, `v${version}`, "--non-interactive"], {
      env,
    });
  } catch (cause) {
    throw new UserError(`The plugin ${plugin} ${version} could not be installed: ${reason(cause)}`, {
      cause,
    });
  }
}

/** The innermost cause says most: Node's fetch says only "fetch failed". */
function reason(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  return cause === undefined ? thrownMessage(thrown).trim() : reason(cause);
}
