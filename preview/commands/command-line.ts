import { parseArgs } from "node:util";
import { type Override, parseOverride } from "../project/config-path.ts";
import { thrownMessage, UserError } from "../user-error.ts";

/** What the user asks of `npm run preview`. */
export interface CommandLine {
  readonly stack: string;
  /** Directory of the Pulumi.yaml of another program; this project's own when absent. */
  readonly program?: string;
  /** Whether to do without Pulumi's engine where there is one. */
  readonly embedded: boolean;
  /** Whether to fail where Pulumi's engine, or a tool that it needs for the stack, is missing. */
  readonly engine: boolean;
  /** File that the report is written to as JSON. */
  readonly json?: string;
  readonly overrides: readonly Override[];
  /** A step of the stack's story. */
  readonly step?: string;
  /** The file that the policy pack is configured by; the stack's own when absent. */
  readonly policyPackConfigFile?: string;
  readonly refresh: boolean;
  readonly noState: boolean;
  readonly verbose: boolean;
}

export const USAGE = `npm run preview -- --stack NAME [options]

  --stack NAME              the stack: stacks/Pulumi.NAME.yaml
  --embedded                does without Pulumi's engine, as where there is no Pulumi CLI
  --engine                  fails where Pulumi's engine or a tool that it needs is missing; else --embedded is chosen
  --program DIR             previews another Pulumi program, that of DIR/Pulumi.yaml; --stack may be left out
  --json FILE               also writes the report as JSON
  --config KEY.PATH=VALUE   previews with this value instead of the stack file's; may be repeated
  --step NAME               previews a step of stacks/story.yaml, with all the steps before it
  --policy-pack-config FILE configures the guardrails by this file; else by stacks/policy.NAME.json, if there is one
  --refresh                 reads the real state of the world first
  --no-state                compares with nothing, even where a backend has the stack
  --verbose                 also shows what the program, the policy pack and the engine say
  --help                    shows this

It needs nothing beforehand. To compare with a stack's state, as --refresh does, it needs a Pulumi CLI, pulumi login,
pulumi stack init NAME, and the credentials of the clouds that the stack has resources in.

Exit code 0: clean. 1: a mandatory guardrail is not kept. 2: something to mend first, or a tool is missing.
`;

/** The stack of a program that comes without stack files. */
const FOREIGN_STACK = "dev";

/**
 * Reads the command line.
 *
 * @returns undefined when the user asks for help
 * @throws UserError when it is not of the form above.
 */
export function readCommandLine(args: readonly string[]): CommandLine | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const noState = values["no-state"] || values.throwaway;
  const stack = values.stack ?? (values.program === undefined ? undefined : FOREIGN_STACK);
  if (!stack) throw new UserError(`Which stack? Say it with --stack NAME.\n\n${USAGE}`);
  if (values.embedded && values.engine) {
    throw new UserError(
      "--embedded does without Pulumi's engine, which --engine asks for: leave out one of them.",
    );
  }
  if (values.embedded && values.refresh) {
    throw new UserError("--refresh reads the real state of the world, which --embedded cannot.");
  }
  if (noState && values.refresh) {
    throw new UserError(
      "--refresh reads the real state of the world into the stack's, which --no-state does without.",
    );
  }
  return {
    stack,
    ...(values.program !== undefined && { program: values.program }),
    embedded: values.embedded,
    engine: values.engine,
    ...(values.json !== undefined && { json: values.json }),
    overrides: values.config.map(parseOverride),
    ...(values.step !== undefined && { step: values.step }),
    ...(values["policy-pack-config"] !== undefined && {
      policyPackConfigFile: values["policy-pack-config"],
    }),
    refresh: values.refresh,
    noState,
    verbose: values.verbose,
  };
}

function parse(args: readonly string[]) {
  const flag = { type: "boolean", default: false } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        stack: { type: "string", short: "s" },
        program: { type: "string" },
        embedded: flag,
        engine: flag,
        json: { type: "string" },
        config: { type: "string", multiple: true, default: [] },
        step: { type: "string" },
        "policy-pack-config": { type: "string" },
        refresh: flag,
        "no-state": flag,
        // Its name before 0.2, for one release more.
        throwaway: flag,
        verbose: flag,
        help: { ...flag, short: "h" },
      },
    }).values;
  } catch (error) {
    throw new UserError(`${thrownMessage(error)}\n\n${USAGE}`);
  }
}
