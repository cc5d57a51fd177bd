import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PulumiProject } from "../project/project.ts";
import type { Baseline } from "../report/preview-mode.ts";
import { type Environment, nonEmpty } from "../toolchain/find-toolchain.ts";

const TIMEOUT = 10_000;

/** Exit codes of the CLI (pkg/cmd/pulumi/cmd/exit_codes.go), which Pulumi keeps stable. */
const NOT_LOGGED_IN = 3;
const NO_SUCH_STACK = 6;

/** The stack whose state to look for, and how to reach its backend. */
export interface StateSearch {
  /** The Pulumi CLI, an absolute path. */
  readonly cli: string;
  readonly project: Pick<PulumiProject, "root" | "backend">;
  /** The stack as the user named it. */
  readonly stack: string;
  /** The user's environment. */
  readonly env: Environment;
  /** The user's Pulumi directory, where the CLI keeps its credentials. */
  readonly pulumiHome: string;
  readonly signal: AbortSignal;
  /** How long the backend may take to answer, in milliseconds. Defaults to 10 seconds. */
  readonly timeout?: number;
}

/** Chooses the baseline: the stack's state, if the user is logged in to a backend that has the stack. Creates no stack. */
export async function chooseBaseline(search: StateSearch): Promise<Baseline> {
  const backend = await findBackend(search);
  if (backend === undefined) {
    const because = "not logged in to a Pulumi backend";
    return { kind: "nothing", because, remediation: `pulumi login, then pulumi stack init ${search.stack}` };
  }
  const why = await explainMissing(search, backend);
  if (why !== undefined) return { kind: "nothing", ...why };
  return { kind: "state", backend: withoutCredentials(backend), stack: search.stack };
}

/** Finds the backend that the CLI would use, in the CLI's own order; undefined if there is none. */
async function findBackend({ env, project, pulumiHome }: StateSearch): Promise<string | undefined> {
  const named = nonEmpty(env.PULUMI_BACKEND_URL) ?? project.backend;
  if (named !== undefined) return named;
  const dir = nonEmpty(env.PULUMI_CREDENTIALS_PATH) ?? pulumiHome;
  const current = await currentBackend(join(dir, "credentials.json"));
  if (current !== undefined) return current;
  return nonEmpty(env.PULUMI_ACCESS_TOKEN) === undefined ? undefined : "https://api.pulumi.com";
}

async function currentBackend(credentials: string): Promise<string | undefined> {
  try {
    const { current } = JSON.parse(await readFile(credentials, "utf8")) as { current?: string };
    return nonEmpty(current);
  } catch {
    return undefined; // The CLI treats unreadable credentials as missing, too.
  }
}

/** Looks the stack up with the CLI; returns why there is no state, or undefined if there is one. */
function explainMissing(search: StateSearch, backend: string): Promise<MissingState | undefined> {
  const { cli, project, stack, signal, timeout = TIMEOUT } = search;
  const args = ["stack", "--show-name", "--non-interactive", "--stack", stack, "--cwd", project.root];
  const env = { ...search.env, PULUMI_SKIP_UPDATE_CHECK: "1" };
  const at = withoutCredentials(backend);
  return new Promise((resolve, reject) => {
    execFile(cli, args, { env, timeout, killSignal: "SIGKILL", signal }, (error, _, stderr) => {
      if (signal.aborted) reject(signal.reason as Error);
      else if (error === null) resolve(undefined);
      else if (error.killed === true) resolve({ because: `${at} did not answer within ${timeout / 1000} s` });
      else if (error.code === NO_SUCH_STACK)
        resolve({ because: `${at} has no stack ${stack}`, remediation: `pulumi stack init ${stack}` });
      else if (error.code === NOT_LOGGED_IN)
        resolve({ because: `not logged in to ${at}`, remediation: `pulumi login ${at}` });
      else {
        const message = lastLine(stderr || error.message).replaceAll(backend, at);
        resolve({ because: `${at} could not be queried: ${message}` });
      }
    });
  });
}

/** Why there is no state, and the commands that would create one, if any. */
type MissingState = Omit<Extract<Baseline, { readonly kind: "nothing" }>, "kind">;

function lastLine(text: string): string {
  return (text.trim().split("\n").at(-1) ?? "").replace(/^error: /, "");
}

/** Removes credentials from a backend's URL: a PostgreSQL URL contains a password. */
function withoutCredentials(backend: string): string {
  return backend.replace(/\/\/[^/@]*@/, "//").replace(/\?.*$/, "");
}
