import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { inspect, styleText } from "node:util";
import { type CommandLine, readCommandLine, USAGE } from "./command-line.ts";
import { pinnedVersion } from "../toolchain/pinned-versions.ts";
import { previewStack } from "./preview.ts";
import type { PluginsOfStack, Validate } from "../preview-options.ts";
import { toInternalError } from "../internal-error.ts";
import { thrownMessage, UserError } from "../user-error.ts";
import { startProgress } from "./progress.ts";
import { render } from "../report/render-terminal.ts";
import type { Report } from "../report/report.ts";
import type { GuardrailFacts } from "../report/guardrail-facts.ts";
import {
  type Environment,
  findToolchain,
  nonEmpty,
  installInstructions,
  toolchainSearch,
  type Toolchain,
  type ToolchainSearch,
} from "../toolchain/find-toolchain.ts";

/** The project that the command previews. */
export interface Wiring {
  /** The repository, whose npm packages pin the versions of the tools. */
  readonly repository: string;
  /** Directory of the Pulumi.yaml. */
  readonly root: string;
  readonly policyPacks: readonly string[];
  readonly guardrails: readonly GuardrailFacts[];
  /** Defaults to no validation. */
  readonly validate?: Validate;
  /** Defaults to none. */
  readonly plugins?: PluginsOfStack;
}

/** Exit codes; 0 is success. */
const MANDATORY_VIOLATION = 1;
const USER_ERROR = 2;

/** Exit codes after a signal, as shells expect them: 128 plus the number of the signal. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Runs the command and sets the exit code of the process (see USAGE). An interrupt leaves no process and no file behind. */
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
    process.exitCode ??= USER_ERROR;
    printError(error instanceof UserError ? error.message : inspect(toInternalError(error)));
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
  const isQuiet = nonEmpty(env.CI) !== undefined || command.verbose;
  const progress = startProgress(process.stderr, command.stack, isQuiet);
  try {
    return await previewStack({
      ...command,
      ...(command.program === undefined ? wiring : otherProgram(command.program, wiring)),
      toolchain,
      ...(command.embedded && { because: "--embedded" }),
      env,
      pulumiHome: search.pulumiHome,
      signal,
      onProgress: (resources) => {
        progress.count(resources);
      },
      onPrerequisite: (text) => {
        progress.clear();
        printError(text);
      },
      ...(command.verbose && { onLog: (text) => process.stderr.write(text) }),
    });
  } finally {
    progress.clear();
  }
}

/**
 * @returns undefined if the preview is embedded
 * @throws UserError if --engine or --refresh is set and no Pulumi CLI is installed.
 */
async function toolchainFor(
  { embedded, engine, refresh }: CommandLine,
  search: ToolchainSearch,
): Promise<Toolchain | undefined> {
  if (embedded) return undefined;
  const toolchain = await findToolchain(search);
  if (toolchain === undefined && (engine || refresh)) {
    throw new UserError(installInstructions(await pinnedVersion(search.repository, "@pulumi/pulumi")));
  }
  return toolchain;
}

/** Another program: the guardrails apply to it, the validation of this project's stack files does not. */
function otherProgram(program: string, { policyPacks, guardrails }: Wiring) {
  return { root: resolve(program), policyPacks, guardrails, allowMissingFile: true };
}

async function writeReport(file: string, report: Report): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify(report, undefined, 2)}\n`);
  } catch (cause) {
    throw new UserError(`Cannot write the report: ${thrownMessage(cause)}`, { cause });
  }
}

function printError(text: string): void {
  process.stderr.write(`${text}\n`);
}
