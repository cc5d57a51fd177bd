import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PulumiProject } from "../project/project.ts";
import type { Baseline } from "../report/preview-mode.ts";
import { type Environment, isGiven } from "../toolchain/find-toolchain.ts";

const PATIENCE = 10_000;

/** Exit codes of the CLI (pkg/cmd/pulumi/cmd/exit_codes.go), which Pulumi keeps stable for callers like this one. */
const NOT_LOGGED_IN = 3;
const NO_SUCH_STACK = 6;

/** Whose state to look for, and how. */
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
  readonly patience?: number;
}

/** Finds the state to compare with: the stack's, where the user is logged in to a backend that has it. Creates no stack. */
export async function chooseBaseline(search: StateSearch): Promise<Baseline> {
  const backend = await backendOf(search);
  if (backend === undefined) {
    const because = "not logged in to a Pulumi backend";
    return { kind: "nothing", because, remediation: `pulumi login, then pulumi stack init ${search.stack}` };
  }
  const why = await whyNot(search, backend);
  if (why !== undefined) return { kind: "nothing", ...why };
  return { kind: "state", backend: withoutCredentials(backend), stack: search.stack };
}

/** The backend that the CLI would use, found in its own order; undefined where there is none. */
async function backendOf({ env, project, pulumiHome }: StateSearch): Promise<string | undefined> {
  const named = isGiven(env.PULUMI_BACKEND_URL) ?? project.backend;
  if (named !== undefined) return named;
  const dir = isGiven(env.PULUMI_CREDENTIALS_PATH) ?? pulumiHome;
  const current = await currentBackend(join(dir, "credentials.json"));
  if (current !== undefined) return current;
  return isGiven(env.PULUMI_ACCESS_TOKEN) === undefined ? undefined : "https://api.pulumi.com";
}

async function currentBackend(credentials: string): Promise<string | undefined> {
  try {
    const { current } = JSON.parse(await readFile(credentials, "utf8")) as { current?: string };
    return isGiven(current);
  } catch {
    return undefined; // The CLI, too, takes credentials that it cannot read for none.
  }
}

/** Asks the CLI for the stack, and says why there is no state to compare with; undefined where there is. */
function whyNot(search: StateSearch, backend: string): Promise<Missing | undefined> {
  const { cli, project, stack, signal, patience = PATIENCE } = search;
  const args = ["stack", "--show-name", "--non-interactive", "--stack", stack, "--cwd", project.root];
  const env = { ...search.env, PULUMI_SKIP_UPDATE_CHECK: "1" };
  const at = withoutCredentials(backend);
  return new Promise((resolve, reject) => {
    execFile(cli, args, { env, timeout: patience, killSignal: "SIGKILL", signal }, (error, _, stderr) => {
      if (signal.aborted) reject(signal.reason as Error);
      else if (error === null) resolve(undefined);
      else if (error.killed === true)
        resolve({ because: `${at} did not answer within ${patience / 1000} s` });
      else if (error.code === NO_SUCH_STACK)
        resolve({ because: `${at} has no stack ${stack}`, remediation: `pulumi stack init ${stack}` });
      else if (error.code === NOT_LOGGED_IN)
        resolve({ because: `not logged in to ${at}`, remediation: `pulumi login ${at}` });
      else {
        const said = lastLine(stderr || error.message).replaceAll(backend, at);
        resolve({ because: `${at} could not be asked: ${said}` });
      }
    });
  });
}

/** Why there is no state, and the commands that would change that, where there are any. */
type Missing = Omit<Extract<Baseline, { readonly kind: "nothing" }>, "kind">;

function lastLine(text: string): string {
  return (text.trim().split("\n").at(-1) ?? "").replace(/^error: /, "");
}

/** A backend's URL as it may be shown: PostgreSQL's holds a password. */
function withoutCredentials(backend: string): string {
  return backend.replace(/\/\/[^/@]*@/, "//").replace(/\?.*$/, "");
}
