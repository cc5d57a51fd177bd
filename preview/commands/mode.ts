import { join } from "node:path";
import { chooseBaseline } from "./baseline.ts";
import { describeMissing, isBundled, missingTools, type NeededTool } from "../toolchain/missing-tools.ts";
import type { ObserveOptions, PreviewOptions } from "../preview-options.ts";
import { UserError } from "../user-error.ts";
import type { PulumiProject } from "../project/project.ts";
import type { Baseline } from "../report/preview-mode.ts";
import type { StackFile } from "../project/stack-file.ts";
import { executable, type Toolchain } from "../toolchain/find-toolchain.ts";

/** How a stack is previewed when a Pulumi CLI is installed. */
export type ChosenMode =
  | { readonly kind: "engine"; readonly comparedWith: Baseline }
  /** With the reason, in a few words. */
  | { readonly kind: "embedded"; readonly because: string };

/** The options of a preview with a Pulumi CLI. */
export type EngineOptions = ObserveOptions & {
  readonly toolchain: Toolchain;
  /** Whether the stack has resources of Google Cloud. */
  readonly needsGoogle: boolean;
};

/**
 * Chooses the engine if every tool that the stack requires is installed, and embedded mode otherwise, without starting the
 * engine. With a state as the baseline the engine downloads missing plugins itself, unless the user has disabled that.
 *
 * @param options their environment has the engine's PATH
 * @throws UserError if a tool is missing and embedded mode is impossible: --engine or --refresh is set, or the program is
 * not for Node.js.
 */
export async function chooseMode(
  options: EngineOptions,
  project: PulumiProject,
  stackFile: StackFile,
): Promise<ChosenMode> {
  const { toolchain } = options;
  const tools = [
    ...languageHosts(options, project),
    ...((await options.plugins?.(stackFile.values())) ?? []),
  ];
  const missing = await findMissing(tools, options, toolchain);
  if (missing.some(isBundled)) return chooseEmbedded(missing, options, project);
  const comparedWith = await findBaseline(project, options);
  if (comparedWith.kind === "nothing") {
    return missing.length > 0 ? chooseEmbedded(missing, options, project) : { kind: "engine", comparedWith };
  }
  if (downloadsPlugins(options)) return { kind: "engine", comparedWith };
  // With a state as the baseline, the CLI looks for plugins in the user's own directory.
  const missed = await findMissing(tools, options, {
    ...toolchain,
    pluginsDir: join(options.pulumiHome, "plugins"),
  });
  return missed.length > 0 ? chooseEmbedded(missed, options, project) : { kind: "engine", comparedWith };
}

/** The language hosts of the program and of the policy packs. */
function languageHosts({ policyPacks = [] }: PreviewOptions, { runtime }: PulumiProject): NeededTool[] {
  const languages = new Set([runtime.name, ...(policyPacks.length > 0 ? ["nodejs"] : [])]);
  return [...languages].map((language) => ({ name: `pulumi-language-${language}` }));
}

function findMissing(tools: readonly NeededTool[], { env }: PreviewOptions, toolchain: Toolchain) {
  return missingTools(toolchain, tools, env.PATH ?? "");
}

/** Chooses embedded mode, which previews Node.js programs without a state. */
function chooseEmbedded(
  missing: readonly NeededTool[],
  { toolchain, engine, refresh }: EngineOptions,
  { runtime }: PulumiProject,
): ChosenMode {
  const because = describeMissing(missing, toolchain);
  if (engine !== true && refresh !== true && runtime.name === "nodejs") return { kind: "embedded", because };
  throw new UserError(`Pulumi's engine cannot preview this stack here (${because}).`);
}

async function findBaseline(project: PulumiProject, options: EngineOptions): Promise<Baseline> {
  if (options.noState === true) return { kind: "nothing", because: "--no-state" };
  const { stack, env, pulumiHome, signal } = options;
  return chooseBaseline({ cli: cliPath(options.toolchain), project, stack, env, pulumiHome, signal });
}

/** Returns the absolute path of a toolchain's Pulumi CLI. */
export function cliPath({ binDir }: Toolchain): string {
  return join(binDir, executable("pulumi"));
}

/** Reads the variable the way Pulumi does. */
function downloadsPlugins({ env }: PreviewOptions): boolean {
  const isOff = env.PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION ?? "";
  return !/^(?:1|true)$/i.test(isOff);
}
