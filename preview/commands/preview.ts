import {
  type PreviewOptions,
  type Validated,
  type ObservedStack,
  type ObserveOptions,
  type Seen,
  NO_CLI,
} from "../preview-options.ts";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { basename, delimiter, dirname, join, relative } from "node:path";
import { accessReport } from "../report/access-report.ts";
import type { Override } from "../project/config-path.ts";
import { runEngine } from "../engine/run-engine.ts";
import type { observeEmbedded } from "../embedded/observe-embedded.ts";
import { chooseMode, cliOf, type EngineOptions } from "./mode.ts";
import { policyPackNotes, policyPackReport, readPolicyPackConfig } from "../project/policy-config.ts";
import { missingPrerequisites } from "./prerequisites.ts";
import { UserError } from "../user-error.ts";
import { type PulumiProject, readProject, stackFileOf } from "../project/project.ts";
import { type Report, reportOf } from "../report/report.ts";
import type { Baseline } from "../report/preview-mode.ts";
import { StackFile } from "../project/stack-file.ts";
import { inFull } from "../report/status-line.ts";
import { readStory, stepOf } from "../project/story.ts";
import { createEphemeralBackend } from "../engine/ephemeral-backend.ts";
import type { Environment, Toolchain } from "../toolchain/find-toolchain.ts";

/**
 * Previews a stack, with Pulumi's engine and the real providers where there are tools and in embedded mode otherwise, and
 * judges it by policy packs. Works in a directory of its own outside the checkout, which is gone afterwards; never
 * creates a stack.
 *
 * @throws UserError when there is something to mend before there can be a preview.
 * @throws the signal's reason when it was aborted.
 */
export async function previewStack(options: PreviewOptions): Promise<Report> {
  const { policyPacks = [], guardrails = [], now = new Date() } = options;
  const project = await readProject(options.root);
  const config =
    policyPacks.length > 0
      ? await readPolicyPackConfig(project, options.stack, options.policyPackConfigFile, guardrails, now)
      : undefined;
  const { seen, notes, ...context } = await observeStack({ ...options, policyPackConfig: config });
  const policyPackConfig = policyPacks.length > 0 ? policyPackReport(config, seen.resources) : undefined;
  const told = [...notes, ...(policyPackConfig === undefined ? [] : policyPackNotes(policyPackConfig))];
  return reportOf(seen, {
    ...options,
    ...context,
    notes: told,
    policyPackConfig,
    access: accessReport(seen.resources),
  });
}

/** Looks at a stack as `previewStack` does, and throws what that throws. */
export async function observeStack(options: ObserveOptions): Promise<ObservedStack> {
  const project = await readProject(options.root);
  const step = await stepWanted(project, options);
  const stackFile = await readStackFile(project, options, step?.overrides ?? []);
  const { placeholders = [], needsGoogle = false } = validated(stackFile, options);
  const told = step === undefined ? [] : [`Step ${step.step.name} of the story: ${step.step.title}.`];
  const seen = await observe({ ...options, needsGoogle }, project, stackFile, told);
  return { ...seen, placeholders };
}

async function observe(
  options: ObserveOptions & Pick<EngineOptions, "needsGoogle">,
  project: PulumiProject,
  stackFile: StackFile,
  told: readonly string[],
): Promise<Seen> {
  const { toolchain } = options;
  if (toolchain === undefined) {
    refuseRefresh(
      options,
      `it needs Pulumi's engine: ${options.because ?? NO_CLI}. npm run toolchain says how to get it`,
    );
    return observeWithoutEngine(options, project, stackFile, told);
  }
  const withEngine = { ...options, toolchain, env: withTools(options, toolchain) };
  const mode = await chooseMode(withEngine, project, stackFile);
  return mode.kind === "embedded"
    ? observeWithoutEngine({ ...options, because: mode.because }, project, stackFile, told)
    : observeByEngine(withEngine, project, { stackFile, told, comparedWith: mode.comparedWith });
}

async function observeWithoutEngine(...args: Parameters<typeof observeEmbedded>): Promise<Seen> {
  const { observeEmbedded } = await import("../embedded/observe-embedded.ts");
  return observeEmbedded(...args);
}

/** An option that cannot be honored fails the preview. */
function refuseRefresh({ refresh }: PreviewOptions, why: string): void {
  if (refresh === true) throw new UserError(`--refresh reads the real state of the world; ${why}.`);
}

async function observeByEngine(
  options: EngineOptions,
  project: PulumiProject,
  prepared: Prepared,
): Promise<Seen> {
  const { stackFile, comparedWith } = prepared;
  if (comparedWith.kind === "nothing") {
    refuseRefresh(options, `there is no state that says what to read: ${inFull(comparedWith)}`);
  } else {
    const needs = { google: options.needsGoogle, passphrase: stackFile.hasPassphrase };
    missingPrerequisites(needs, options.env, homedir()).forEach((text) => options.onPrerequisite?.(text));
  }
  const dir = await mkdtemp(join(tmpdir(), "attested-fhir-preview-"));
  try {
    return await observeIn(dir, options, project, prepared);
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function stepWanted(project: PulumiProject, { stack, step }: PreviewOptions) {
  return step === undefined ? undefined : stepOf(await readStory(project), { stack, step }, new Date());
}

async function readStackFile(
  project: PulumiProject,
  options: PreviewOptions,
  story: readonly Override[],
): Promise<StackFile> {
  const { name, text } = await findStackFile(project, options);
  const file = new StackFile(text, name, project.name);
  for (const override of story) file.set(override, "story.yaml:");
  for (const override of options.overrides ?? []) file.set(override);
  return file;
}

function validated(file: StackFile, { validate }: PreviewOptions): Validated {
  const found = validate?.(file.name, file.values()) ?? {};
  if (found.fault !== undefined) throw new UserError(found.fault);
  return found;
}

/** The stack's file, by its name as a reader would look for it. */
async function findStackFile(project: PulumiProject, { stack, mayLackFile }: PreviewOptions) {
  const expected = join(project.stacksDir, `Pulumi.${basename(stack)}.yaml`);
  if (mayLackFile === true && !existsSync(expected)) {
    return { name: relative(project.root, expected), text: "config: {}\n" };
  }
  const path = await stackFileOf(project, stack);
  return { name: relative(project.root, path), text: await readFile(path, "utf8") };
}

interface Prepared {
  readonly stackFile: StackFile;
  /** What the reader has to know beforehand. */
  readonly told: readonly string[];
  readonly comparedWith: Baseline;
}

async function observeIn(
  dir: string,
  options: EngineOptions,
  project: PulumiProject,
  { stackFile, told, comparedWith }: Prepared,
): Promise<Seen> {
  const name = basename(options.stack);
  const isThrowaway = comparedWith.kind === "nothing";
  const notes = [...told, ...(isThrowaway ? stackFile.seal() : [])];
  const configFile = join(dir, `Pulumi.${name}.yaml`);
  await writeFile(configFile, stackFile.toString());
  const throwaway = isThrowaway
    ? await createEphemeralBackend(dir, project.name, name, options.toolchain, options.env)
    : undefined;
  try {
    const seen = await runEngine({
      ...options,
      cli: cliOf(options.toolchain),
      configFile,
      stack: isThrowaway ? name : options.stack,
      policyPacks: options.policyPacks ?? [],
      refresh: options.refresh ?? false,
      env: throwaway?.env ?? options.env,
    });
    return { seen, mode: { kind: "engine", comparedWith }, notes };
  } finally {
    await throwaway?.close();
  }
}

/** The tools first; then this very Node, which the program and the policy packs need as much as the preview does. */
function withTools({ env }: PreviewOptions, { binDir }: Toolchain): Environment {
  return { ...env, PATH: [binDir, dirname(process.execPath), env.PATH ?? ""].join(delimiter) };
}
