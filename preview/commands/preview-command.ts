import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { styleText } from "node:util";
import { type CommandLine, readCommandLine, USAGE } from "./command-line.ts";
import { pinnedVersion } from "../toolchain/pinned-versions.ts";
import { previewStack } from "./preview.ts";
import type { PluginsOfStack, Validate } from "../preview-options.ts";
import { thrownMessage, UserError } from "../user-error.ts";
import { startProgress } from "./progress.ts";
import { render } from "../report/render-terminal.ts";
import type { Report } from "../report/report.ts";
import type { GuardrailFacts } from "../report/guardrail-facts.ts";
import {
  type Environment,
  findToolchain,
  isGiven,
  howToInstall,
  toolchainSearch,
  type Toolchain,
  type ToolchainSearch,
} from "../toolchain/find-toolchain.ts";

/** What the command previews. */
export interface Wiring {
  /** The repository, whose npm packages say which tools are wanted. */
  readonly repository: string;
  /** Directory of the Pulumi.yaml. */
  readonly root: string;
  readonly policyPacks: readonly string[];
  readonly guardrails: readonly GuardrailFacts[];
  /** Defaults to no check. */
  readonly validate?: Validate;
  /** Defaults to none known. */
  readonly plugins?: PluginsOfStack;
}

/** Exit codes beside 0, clean. */
const MANDATORY_VIOLATION = 1;
const PROBLEM = 2;

/** What a shell expects of a command that a signal ended: 128 and the signal's number. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Runs the command and sets the process's exit code: see USAGE. An interrupt leaves nothing behind. */
export async function runPreviewCommand(
  args: readonly string[],
  env: Environment,
  wiring: Wiring,
): Promise<void> {
  const interruption = new AbortController();
  for (const signal of Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]) {
    process.on(signal, () => {
      process.exitCode = SIGNALS[signal];
      interruption.abort(new UserError("Interrupted."));
    });
  }
  try {
    process.exitCode = await run(args, env, wiring, interruption.signal);
  } catch (error) {
    process.exitCode ??= PROBLEM;
    const isOurs = !(error instanceof UserError) && error instanceof Error;
    say(isOurs ? (error.stack ?? error.message) : thrownMessage(error));
  }
}

async function run(
  args: readonly string[],
  env: Environment,
  wiring: Wiring,
  signal: AbortSignal,
): Promise<number> {
  const command = readCommandLine(args);
  if (command === undefined) {
    process.stdout.write(USAGE);
    return 0;
  }
  const report = await preview(command, env, wiring, signal);
  process.stdout.write(render(report, (style, text) => styleText(style, text, { stream: process.stdout })));
  if (command.json !== undefined) await writeReport(command.json, report);
  return report.totals.violations.mandatory > 0 ? MANDATORY_VIOLATION : 0;
}

async function preview(
  command: CommandLine,
  env: Environment,
  wiring: Wiring,
  signal: AbortSignal,
): Promise<Report> {
  const search = toolchainSearch(env, wiring.repository);
  const toolchain = await toolchainFor(command, search);
  const isQuiet = isGiven(env.CI) !== undefined || command.verbose;
  const progress = startProgress(process.stderr, command.stack, isQuiet);
  try {
    return await previewStack({
      ...command,
      ...(command.program === undefined ? wiring : foreign(command.program, wiring)),
      toolchain,
      ...(command.embedded && { because: "as asked" }),
      env,
      pulumiHome: search.pulumiHome,
      signal,
      onProgress: (resources) => {
        progress.count(resources);
      },
      onPrerequisite: (text) => {
        progress.clear();
        say(text);
      },
      ...(command.verbose && { onLog: (text) => process.stderr.write(text) }),
    });
  } finally {
    progress.clear();
  }
}

/**
 * @returns undefined where the preview does without the engine
 * @throws UserError when the user asks for the engine, by name or by --refresh, and there is no Pulumi CLI.
 */
async function toolchainFor(
  { embedded, engine, refresh }: CommandLine,
  search: ToolchainSearch,
): Promise<Toolchain | undefined> {
  if (embedded) return undefined;
  const toolchain = await findToolchain(search);
  if (toolchain === undefined && (engine || refresh)) {
    throw new UserError(howToInstall(await pinnedVersion(search.repository, "@pulumi/pulumi")));
  }
  return toolchain;
}

/** What is previewed where another program is: our guardrails judge it, our checks of a stack file do not fit it. */
function foreign(program: string, { policyPacks, guardrails }: Wiring) {
  return { root: resolve(program), policyPacks, guardrails, mayLackFile: true };
}

async function writeReport(file: string, report: Report): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify(report, undefined, 2)}\n`);
  } catch (cause) {
    throw new UserError(`The report cannot be written: ${thrownMessage(cause)}`, { cause });
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
