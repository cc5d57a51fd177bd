import { parseArgs } from "node:util";
import { pinnedTools, pinnedVersion } from "../../preview/toolchain/pinned-versions.ts";
import { UserError } from "../../preview/user-error.ts";
import { type FoundTool, toolVersions } from "../../preview/toolchain/tool-versions.ts";
import {
  type Environment,
  findToolchain,
  installInstructions,
  toolchainSearch,
  type ToolchainSearch,
} from "../../preview/toolchain/find-toolchain.ts";
import { installToolchain } from "./install.ts";

/** Who reads what the command has to say. */
export interface Listener {
  /** Told each line of the answer. */
  readonly say: (text: string) => void;
  /** Told of what is not as it should be, but keeps nobody from working. */
  readonly warn: (text: string) => void;
}

/**
 * Says which tools are found, where, and in which versions; with `--install` installs the pinned ones first.
 *
 * @throws UserError when there is no Pulumi CLI, with how to get one, or when it could not be installed.
 */
export async function toolchainCommand(
  args: readonly string[],
  env: Environment,
  repository: string,
  { say, warn }: Listener,
): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { install: { type: "boolean", default: false } },
  });
  const search = toolchainSearch(env, repository);
  if (values.install) say(`Installed: ${await installToolchain(search, env, say)}`);
  const found = await look(search, env, say);
  const longest = Math.max(...found.map(({ name }) => name.length));
  for (const { name, version, dir } of found)
    say(`  ${name.padEnd(longest)}  ${version ?? "?"}  ${dir ?? ""}`.trimEnd());
  for (const tool of found) {
    const text = fault(tool);
    if (text !== undefined) warn(text);
  }
}

async function look(search: ToolchainSearch, env: Environment, say: Listener["say"]): Promise<FoundTool[]> {
  const toolchain = await findToolchain(search);
  if (toolchain === undefined) {
    throw new UserError(installInstructions(await pinnedVersion(search.repository, "@pulumi/pulumi")));
  }
  say(`Toolchain: ${toolchain.binDir} (${toolchain.source})`);
  return toolVersions(toolchain, await pinnedTools(search.repository), env);
}

/** What is wrong with a tool, in one line; undefined where nothing is. */
function fault({ name, pinned, dir, version }: FoundTool): string | undefined {
  if (dir === undefined)
    return `${name} was not found; the npm packages ask for ${pinned}. Try -- --install.`;
  if (version === undefined) return `${name} does not say its version; the npm packages ask for ${pinned}.`;
  return version === pinned ? undefined : `${name} is ${version}, but the npm packages ask for ${pinned}.`;
}
