import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { styleText } from "node:util";
import { guardrails } from "../policy-pack/guardrails.ts";
import { type CommandLine, readCommandLine, USAGE } from "./command-line.ts";
import { pinnedVersion } from "./pins.ts";
import { previewStack, type Validate } from "./preview.ts";
import { messageOf, Problem } from "./problem.ts";
import { startProgress } from "./progress.ts";
import { render } from "./render.ts";
import type { Report } from "./report.ts";
import { type Environment, findToolchain, given, howToInstall, searchIn } from "./toolchain.ts";

/** Exit codes beside 0, clean. */
const MANDATORY_VIOLATION = 1;
const PROBLEM = 2;

/** What a shell expects of a command that a signal ended: 128 and the signal's number. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

const repository = join(import.meta.dirname, "..");

/** TO CONNECT: the check of the stack's configuration, infra/config.ts. */
const validate: Validate | undefined = undefined;

/** `npm run preview`: see USAGE. */
async function main(args: readonly string[], env: Environment, signal: AbortSignal): Promise<number> {
  const command = readCommandLine(args);
  if (command === undefined) {
    process.stdout.write(USAGE);
    return 0;
  }
  const report = await preview(command, env, signal);
  process.stdout.write(render(report, (style, text) => styleText(style, text, { stream: process.stdout })));
  if (command.json !== undefined) await writeReport(command.json, report);
  return report.totals.violations.mandatory > 0 ? MANDATORY_VIOLATION : 0;
}

async function preview(command: CommandLine, env: Environment, signal: AbortSignal): Promise<Report> {
  const search = { ...searchIn(env, repository), note: say };
  const toolchain = await findToolchain(search);
  if (toolchain === undefined) {
    throw new Problem(howToInstall(await pinnedVersion(repository, "@pulumi/pulumi")));
  }
  const isQuiet = given(env.CI) !== undefined || command.verbose;
  const progress = startProgress(process.stderr, command.stack, isQuiet);
  try {
    return await previewStack({
      ...command,
      root: repository,
      toolchain,
      env,
      pulumiHome: search.pulumiHome,
      policyPacks: [join(repository, "policy-pack")],
      guardrails,
      ...(validate !== undefined && { validate }),
      signal,
      onProgress: (resources) => {
        progress.count(resources);
      },
      ...(command.verbose && { onLog: (text) => process.stderr.write(text) }),
    });
  } finally {
    progress.clear();
  }
}

async function writeReport(file: string, report: Report): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify(report, undefined, 2)}\n`);
  } catch (cause) {
    throw new Problem(`The report cannot be written: ${messageOf(cause)}`, { cause });
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

const interruption = new AbortController();
for (const signal of Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]) {
  process.on(signal, () => {
    process.exitCode = SIGNALS[signal];
    interruption.abort(new Problem("Interrupted."));
  });
}

try {
  process.exitCode = await main(process.argv.slice(2), process.env, interruption.signal);
} catch (error) {
  process.exitCode ??= PROBLEM;
  say(
    error instanceof Problem
      ? error.message
      : error instanceof Error && error.stack !== undefined
        ? error.stack
        : messageOf(error),
  );
}
