import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Project } from "./project.ts";
import type { Comparison } from "./report.ts";
import { type Environment, given } from "./toolchain.ts";

/** How long a backend may take to say whether it has a stack, in milliseconds. */
const PATIENCE = 10_000;

/** Exit codes of the CLI (pkg/cmd/pulumi/cmd/exit_codes.go), which Pulumi keeps stable for callers like this one. */
const NOT_LOGGED_IN = 3;
const NO_SUCH_STACK = 6;

/** Whose state to look for, and how. */
export interface StateSearch {
  /** The Pulumi CLI, an absolute path. */
  readonly cli: string;
  readonly project: Project;
  /** The stack as the user named it. */
  readonly stack: string;
  /** The user's environment. */
  readonly env: Environment;
  /** The user's Pulumi directory, where the CLI keeps its credentials. */
  readonly pulumiHome: string;
  readonly signal: AbortSignal;
}

/** Finds the state to compare with: the stack's, where the user is logged in to a backend that has it. Creates nothing. */
export async function chooseComparison(search: StateSearch): Promise<Comparison> {
  const backend = await backendOf(search);
  if (backend === undefined) return { kind: "nothing", because: "not logged in to a Pulumi backend" };
  const shown = withoutCredentials(backend);
  const answer = await askFor(search);
  if (answer === undefined) return { kind: "state", backend: shown, stack: search.stack };
  return { kind: "nothing", because: answer(shown, search.stack) };
}

/** The backend that the CLI would use, found in its own order; undefined where there is none. */
async function backendOf({ env, project, pulumiHome }: StateSearch): Promise<string | undefined> {
  const named = given(env.PULUMI_BACKEND_URL) ?? project.backend;
  if (named !== undefined) return named;
  const dir = given(env.PULUMI_CREDENTIALS_PATH) ?? pulumiHome;
  const current = await currentBackend(join(dir, "credentials.json"));
  if (current !== undefined) return current;
  return given(env.PULUMI_ACCESS_TOKEN) === undefined ? undefined : "https://api.pulumi.com";
}

async function currentBackend(credentials: string): Promise<string | undefined> {
  try {
    const { current } = JSON.parse(await readFile(credentials, "utf8")) as { current?: string };
    return given(current);
  } catch {
    return undefined; // The CLI, too, takes credentials that it cannot read for none.
  }
}

/** Asks the CLI for the stack; undefined when it is there, otherwise why not, in words that take the backend and stack. */
function askFor(search: StateSearch): Promise<((backend: string, stack: string) => string) | undefined> {
  const args = [
    "stack",
    "--show-name",
    "--non-interactive",
    "--stack",
    search.stack,
    "--cwd",
    search.project.root,
  ];
  const env = { ...search.env, PULUMI_SKIP_UPDATE_CHECK: "1" };
  return new Promise((resolve, reject) => {
    const options = { env, timeout: PATIENCE, killSignal: "SIGKILL", signal: search.signal } as const;
    execFile(search.cli, args, options, (error, _, stderr) => {
      if (search.signal.aborted) reject(search.signal.reason as Error);
      else if (error === null) resolve(undefined);
      else if (error.killed === true) resolve((at) => `${at} did not answer within ${PATIENCE / 1000} s`);
      else if (error.code === NO_SUCH_STACK) resolve((at, stack) => `${at} has no stack ${stack}`);
      else if (error.code === NOT_LOGGED_IN) resolve((at) => `not logged in to ${at}`);
      else resolve((at) => `${at} could not be asked: ${lastLine(stderr) ?? error.message}`);
    });
  });
}

function lastLine(text: string): string | undefined {
  return text
    .trim()
    .split("\n")
    .at(-1)
    ?.replace(/^error: /, "");
}

/** A backend's URL as it may be shown: PostgreSQL's holds a password. */
function withoutCredentials(backend: string): string {
  return backend.replace(/\/\/[^/@]*@/, "//").replace(/\?.*$/, "");
}
