import {
  type PreviewOptions,
  type ValidationResult,
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
import { chooseMode, cliPath, type EngineOptions } from "./mode.ts";
import { policyPackNotes, policyPackReport, readPolicyPackConfig } from "../project/policy-config.ts";
import { missingPrerequisites } from "./prerequisites.ts";
import { UserError } from "../user-error.ts";
import { type PulumiProject, readProject, stackFilePath } from "../project/project.ts";
import { type Report, buildReport } from "../report/report.ts";
import type { Baseline } from "../report/preview-mode.ts";
import { StackFile } from "../project/stack-file.ts";
import { explainMissingState } from "../report/status-line.ts";
import { readStory, resolveStep } from "../project/story.ts";
import { createEphemeralBackend } from "../engine/ephemeral-backend.ts";
import type { Environment, Toolchain } from "../toolchain/find-toolchain.ts";

/**
 * Previews a stack, with Pulumi's engine and the real providers if they are installed and in embedded mode otherwise, and
 * evaluates policy packs. Works in a temporary directory outside the checkout; never creates a stack.
 *
 * @throws UserError if the project, the stack file or the toolchain makes a preview impossible.
 * @throws the signal's reason if it was aborted.
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
  const configNotes = policyPackConfig === undefined ? [] : policyPackNotes(policyPackConfig);
  return buildReport(seen, {
    ...options,
    ...context,
    notes: [...notes, ...configNotes],
    policyPackConfig,
    access: accessReport(seen.resources),
  });
}

/** Observes a stack the way `previewStack` does, with the same errors. */
export async function observeStack(options: ObserveOptions): Promise<ObservedStack> {
  const project = await readProject(options.root);
  const step = await readStep(project, options);
  const stackFile = await readStackFile(project, options, step?.overrides ?? []);
  const { placeholders = [], needsGoogle = false } = validateStackFile(stackFile, options);
  const notes = step === undefined ? [] : [`Step ${step.step.name} of the story: ${step.step.title}.`];
  const seen = await observe({ ...options, needsGoogle }, project, stackFile, notes);
  return { ...seen, placeholders };
}

async function observe(
  options: ObserveOptions & Pick<EngineOptions, "needsGoogle">,
  project: PulumiProject,
  stackFile: StackFile,
  notes: readonly string[],
): Promise<Seen> {
  const { toolchain } = options;
  if (toolchain === undefined) {
    rejectRefresh(
      options,
      `it requires Pulumi's engine (${options.because ?? NO_CLI}); npm run toolchain says how to install it`,
    );
    return observeWithoutEngine(options, project, stackFile, notes);
  }
  const withEngine = { ...options, toolchain, env: withTools(options, toolchain) };
  const mode = await chooseMode(withEngine, project, stackFile);
  return mode.kind === "embedded"
    ? observeWithoutEngine({ ...options, because: mode.because }, project, stackFile, notes)
    : observeByEngine(withEngine, project, { stackFile, notes, comparedWith: mode.comparedWith });
}

async function observeWithoutEngine(...args: Parameters<typeof observeEmbedded>): Promise<Seen> {
  const { observeEmbedded } = await import("../embedded/observe-embedded.ts");
  return observeEmbedded(...args);
}

/** Fails the preview if --refresh is set. */
function rejectRefresh({ refresh }: PreviewOptions, why: string): void {
  if (refresh === true) throw new UserError(`--refresh is not possible: ${why}.`);
}

async function observeByEngine(
  options: EngineOptions,
  project: PulumiProject,
  prepared: PreparedPreview,
): Promise<Seen> {
  const { stackFile, comparedWith } = prepared;
  if (comparedWith.kind === "nothing") {
    rejectRefresh(options, `there is no state to refresh: ${explainMissingState(comparedWith)}`);
  } else {
    const needs = { google: options.needsGoogle, passphrase: stackFile.hasPassphrase };
    missingPrerequisites(needs, options.env, homedir()).forEach((text) => options.onPrerequisite?.(text));
  }
  const dir = await mkdtemp(join(tmpdir(), "attested-fhir-preview-"));
  try {
    return await runInDirectory(dir, options, project, prepared);
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function readStep(project: PulumiProject, { stack, step }: PreviewOptions) {
  return step === undefined ? undefined : resolveStep(await readStory(project), { stack, step }, new Date());
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

function validateStackFile(file: StackFile, { validate }: PreviewOptions): ValidationResult {
  const found = validate?.(file.name, file.values()) ?? {};
  if (found.error !== undefined) throw new UserError(found.error);
  return found;
}

/** Reads the stack file; its name is relative to the project, for messages. */
async function findStackFile(project: PulumiProject, { stack, allowMissingFile }: PreviewOptions) {
  const expected = join(project.stacksDir, `Pulumi.${basename(stack)}.yaml`);
  if (allowMissingFile === true && !existsSync(expected)) {
    return { name: relative(project.root, expected), text: "config: {}\n" };
  }
  const path = await stackFilePath(project, stack);
  return { name: relative(project.root, path), text: await readFile(path, "utf8") };
}

interface PreparedPreview {
  readonly stackFile: StackFile;
  /** What the reader has to know about the stack file. */
  readonly notes: readonly string[];
  readonly comparedWith: Baseline;
}

async function runInDirectory(
  dir: string,
  options: EngineOptions,
  project: PulumiProject,
  { stackFile, notes: given, comparedWith }: PreparedPreview,
): Promise<Seen> {
  const name = basename(options.stack);
  const isEphemeral = comparedWith.kind === "nothing";
  const notes = [...given, ...(isEphemeral ? stackFile.seal() : [])];
  const configFile = join(dir, `Pulumi.${name}.yaml`);
  await writeFile(configFile, stackFile.toString());
  const ephemeral = isEphemeral
    ? await createEphemeralBackend(dir, project.name, name, options.toolchain, options.env)
    : undefined;
  try {
    const seen = await runEngine({
      ...options,
      cli: cliPath(options.toolchain),
      configFile,
      stack: isEphemeral ? name : options.stack,
      policyPacks: options.policyPacks ?? [],
      refresh: options.refresh ?? false,
      env: ephemeral?.env ?? options.env,
    });
    return { seen, mode: { kind: "engine", comparedWith }, notes };
  } finally {
    await ephemeral?.close();
  }
}

/** PATH with the tools first, then the Node of this process for the program and the policy packs. */
function withTools({ env }: PreviewOptions, { binDir }: Toolchain): Environment {
  return { ...env, PATH: [binDir, dirname(process.execPath), env.PATH ?? ""].join(delimiter) };
}
