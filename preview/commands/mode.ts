import { join } from "node:path";
import { chooseBaseline } from "./baseline.ts";
import { describeMissing, isBundled, missingTools, type NeededTool } from "../toolchain/missing-tools.ts";
import type { ObserveOptions, PreviewOptions } from "../preview-options.ts";
import { UserError } from "../user-error.ts";
import type { PulumiProject } from "../project/project.ts";
import type { Baseline } from "../report/preview-mode.ts";
import type { StackFile } from "../project/stack-file.ts";
import { executable, type Toolchain } from "../toolchain/find-toolchain.ts";

/** How a stack is previewed where there is a Pulumi CLI. */
export type ChosenMode =
  | { readonly kind: "engine"; readonly comparedWith: Baseline }
  /** With the reason, in a few words. */
  | { readonly kind: "embedded"; readonly because: string };

/** A preview for which there is a Pulumi CLI. */
export type EngineOptions = ObserveOptions & {
  readonly toolchain: Toolchain;
  /** Whether the stack has resources of Google Cloud. */
  readonly needsGoogle: boolean;
};

/**
 * Chooses the engine where it would find all that the stack needs, and embedded mode otherwise. The engine is not started
 * for that. A plugin is only missing where the engine may not download it: it does when it compares with a state, unless
 * the user has switched that off.
 *
 * @param options with the engine's PATH in their environment
 * @throws UserError when a tool is missing and embedded mode cannot stand in: the user asks for the engine, by name or by
 * --refresh, or the program is not for Node.js.
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
  const missing = await lookFor(tools, options, toolchain);
  if (missing.some(isBundled)) return without(missing, options, project);
  const comparedWith = await compareWith(project, options);
  if (comparedWith.kind === "nothing") {
    return missing.length > 0 ? without(missing, options, project) : { kind: "engine", comparedWith };
  }
  if (downloadsPlugins(options)) return { kind: "engine", comparedWith };
  // Compared with a state, the CLI keeps its plugins in the user's own directory.
  const missed = await lookFor(tools, options, {
    ...toolchain,
    pluginsDir: join(options.pulumiHome, "plugins"),
  });
  return missed.length > 0 ? without(missed, options, project) : { kind: "engine", comparedWith };
}

/** The host of the program's language, and that of the policy packs. */
function languageHosts({ policyPacks = [] }: PreviewOptions, { runtime }: PulumiProject): NeededTool[] {
  const languages = new Set([runtime.name, ...(policyPacks.length > 0 ? ["nodejs"] : [])]);
  return [...languages].map((language) => ({ name: `pulumi-language-${language}` }));
}

function lookFor(tools: readonly NeededTool[], { env }: PreviewOptions, toolchain: Toolchain) {
  return missingTools(toolchain, tools, env.PATH ?? "");
}

/** Embedded mode, which can preview programs for Node.js and read no state. */
function without(
  missing: readonly NeededTool[],
  { toolchain, engine, refresh }: EngineOptions,
  { runtime }: PulumiProject,
): ChosenMode {
  const because = describeMissing(missing, toolchain);
  if (engine !== true && refresh !== true && runtime.name === "nodejs") return { kind: "embedded", because };
  throw new UserError(`Pulumi's engine cannot preview this stack here (${because}).`);
}

async function compareWith(project: PulumiProject, options: EngineOptions): Promise<Baseline> {
  if (options.noState === true) return { kind: "nothing", because: "as asked" };
  const { stack, env, pulumiHome, signal } = options;
  return chooseBaseline({ cli: cliOf(options.toolchain), project, stack, env, pulumiHome, signal });
}

/** The Pulumi CLI of a toolchain, an absolute path. */
export function cliOf({ binDir }: Toolchain): string {
  return join(binDir, executable("pulumi"));
}

/** As Pulumi reads the variable. */
function downloadsPlugins({ env }: PreviewOptions): boolean {
  const isOff = env.PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION ?? "";
  return !/^(?:1|true)$/i.test(isOff);
}
