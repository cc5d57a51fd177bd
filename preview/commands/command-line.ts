import { parseArgs } from "node:util";
import { type Override, parseOverride } from "../project/config-path.ts";
import { thrownMessage, UserError } from "../user-error.ts";

/** The options of `npm run preview`. */
export interface CommandLine {
  readonly stack: string;
  /** Directory of another program's Pulumi.yaml; absent for this project. */
  readonly program?: string;
  /** Whether to preview without Pulumi's engine even if it is installed. */
  readonly embedded: boolean;
  /** Whether to fail if Pulumi's engine, or a tool that it requires for the stack, is missing. */
  readonly engine: boolean;
  /** File to write the report to as JSON. */
  readonly json?: string;
  readonly overrides: readonly Override[];
  /** A step of the stack's story. */
  readonly step?: string;
  /** The configuration file of the policy pack; absent for the stack's own. */
  readonly policyPackConfigFile?: string;
  readonly refresh: boolean;
  readonly noState: boolean;
  readonly verbose: boolean;
}

export const USAGE = `npm run preview -- --stack NAME [options]

  --stack NAME              the stack: stacks/Pulumi.NAME.yaml
  --embedded                previews without Pulumi's engine, even if the Pulumi CLI is installed
  --engine                  fails if Pulumi's engine or a tool that it requires is missing, instead of choosing --embedded
  --program DIR             previews another Pulumi program, that of DIR/Pulumi.yaml; --stack defaults to dev
  --json FILE               also writes the report as JSON
  --config KEY.PATH=VALUE   overrides a value of the stack file for this preview; may be repeated
  --step NAME               previews a step of stacks/story.yaml, with all steps before it
  --policy-pack-config FILE configures the guardrails; defaults to stacks/policy.NAME.json, if it exists
  --refresh                 refreshes the state first
  --no-state                ignores the stack's state: every resource is to be created
  --throwaway               deprecated alias of --no-state, removed in the next release
  --verbose                 also shows the output of the program, the policy pack and the engine
  --help                    shows this help

A preview requires no setup. To compare with a stack's state, as --refresh does, it requires a Pulumi CLI, pulumi login,
pulumi stack init NAME, and credentials of the clouds that the stack has resources in.

Exit code 0: no mandatory violation. 1: a mandatory guardrail is violated. 2: invalid input, or a tool is missing.
`;

/** The default stack of another program, which may have no stack files. */
const DEFAULT_STACK = "dev";

/**
 * Reads the command line.
 *
 * @returns undefined for --help
 * @throws UserError if the command line does not match USAGE.
 */
export function readCommandLine(args: readonly string[]): CommandLine | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const noState = values["no-state"] || values.throwaway;
  const stack = values.stack ?? (values.program === undefined ? undefined : DEFAULT_STACK);
  if (!stack) throw new UserError(`--stack NAME is required.\n\n${USAGE}`);
  if (values.embedded && values.engine) {
    throw new UserError("--embedded and --engine exclude each other: leave out one of them.");
  }
  if (values.embedded && values.refresh) {
    throw new UserError("--refresh requires Pulumi's engine: it cannot be combined with --embedded.");
  }
  if (noState && values.refresh) {
    throw new UserError("--refresh refreshes the stack's state: it cannot be combined with --no-state.");
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
        // The name of --no-state before 0.2, an alias for one release.
        throwaway: flag,
        verbose: flag,
        help: { ...flag, short: "h" },
      },
    }).values;
  } catch (error) {
    throw new UserError(`${thrownMessage(error)}\n\n${USAGE}`);
  }
}
