import { join } from "node:path";
import { parseArgs } from "node:util";
import { pinnedTools, pinnedVersion } from "./pins.ts";
import { messageOf, Problem } from "./problem.ts";
import { type FoundTool, toolVersions } from "./tool-versions.ts";
import {
  type Environment,
  findToolchain,
  howToInstall,
  searchIn,
  type ToolchainSearch,
} from "./toolchain.ts";
import { installToolchain } from "./toolchain-install.ts";

/**
 * `npm run toolchain [-- --install]`: says which tools are found, where, and in which versions.
 * Exit code 0 when there is a Pulumi CLI, 2 when there is none or it could not be installed.
 */
async function main(args: readonly string[], env: Environment): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { install: { type: "boolean", default: false } },
  });
  const search = { ...searchIn(env, join(import.meta.dirname, "..")), note: warn };
  if (values.install) say(`Installed: ${await installToolchain(search, env, say)}`);
  await show(search, env);
}

async function show(search: ToolchainSearch, env: Environment): Promise<void> {
  const toolchain = await findToolchain(search);
  if (toolchain === undefined) {
    throw new Problem(howToInstall(await pinnedVersion(search.repository, "@pulumi/pulumi")));
  }
  const found = await toolVersions(toolchain, await pinnedTools(search.repository), env);
  say(`Toolchain: ${toolchain.binDir} (${toolchain.source})`);
  for (const tool of found)
    say(`  ${tool.name.padEnd(28)} ${tool.version ?? "–"}${tool.dir === undefined ? "" : `  ${tool.dir}`}`);
  found
    .map(fault)
    .filter((text) => text !== undefined)
    .forEach(warn);
}

/** What is wrong with a tool, in one line; undefined where nothing is. */
function fault({ name, pinned, dir, version }: FoundTool): string | undefined {
  if (dir === undefined)
    return `${name} was not found; the npm packages ask for ${pinned}. Try -- --install.`;
  if (version === undefined) return `${name} does not say its version; the npm packages ask for ${pinned}.`;
  return version === pinned ? undefined : `${name} is ${version}, but the npm packages ask for ${pinned}.`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function warn(text: string): void {
  process.stderr.write(`warning: ${text}\n`);
}

try {
  await main(process.argv.slice(2), process.env);
} catch (error) {
  process.stderr.write(`${error instanceof Problem ? error.message : messageOf(error)}\n`);
  process.exitCode = 2;
}
