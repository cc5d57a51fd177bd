import { parseArgs } from "node:util";
import { type Override, parseOverride } from "./config-path.ts";
import { messageOf, Problem } from "./problem.ts";

/** What the user asks of `npm run preview`. */
export interface CommandLine {
  readonly stack: string;
  /** File that the report is written to as JSON. */
  readonly json?: string;
  readonly overrides: readonly Override[];
  /** A step of the stack's story. */
  readonly step?: string;
  readonly refresh: boolean;
  readonly throwaway: boolean;
  readonly verbose: boolean;
}

export const USAGE = `npm run preview -- --stack NAME [options]

  --stack NAME              the stack: stacks/Pulumi.NAME.yaml
  --json FILE               also writes the report as JSON
  --config KEY.PATH=VALUE   previews with this value instead of the stack file's; may be repeated
  --step NAME               previews a step of stacks/story.yaml, with all the steps before it
  --refresh                 reads the real state of the world first
  --throwaway               compares with nothing, even where a backend has the stack
  --verbose                 also shows what the program, the policy pack and the engine say
  --help                    shows this

Exit code 0: clean. 1: a mandatory guardrail is not kept. 2: something to mend first, or a tool is missing.
`;

/**
 * Reads the command line.
 *
 * @returns undefined when the user asks for help
 * @throws Problem when it is not of the form above.
 */
export function readCommandLine(args: readonly string[]): CommandLine | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  if (!values.stack) throw new Problem(`Which stack? Say it with --stack NAME.\n\n${USAGE}`);
  return {
    stack: values.stack,
    ...(values.json !== undefined && { json: values.json }),
    overrides: values.config.map(parseOverride),
    ...(values.step !== undefined && { step: values.step }),
    refresh: values.refresh,
    throwaway: values.throwaway,
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
        json: { type: "string" },
        config: { type: "string", multiple: true, default: [] },
        step: { type: "string" },
        refresh: flag,
        throwaway: flag,
        verbose: flag,
        help: { ...flag, short: "h" },
      },
    }).values;
  } catch (error) {
    throw new Problem(`${messageOf(error)}\n\n${USAGE}`);
  }
}
