import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { executable, findOnPath, hasExecutable, nonEmpty } from "../../preview/toolchain/find-toolchain.ts";
import { skipWithout } from "../toolchain/skip.ts";

/**
 * The absolute path of OPA, for a suite that needs it: from the directory in PULUMI_TOOLCHAIN, or from PATH. Where
 * there is none, the suite is skipped and says so (test/toolchain/skippable.ts).
 */
export async function opaOrSkip(suite: Mocha.Context): Promise<string> {
  const named = nonEmpty(process.env.PULUMI_TOOLCHAIN);
  const directory =
    named !== undefined && (await hasExecutable(named, "opa"))
      ? named
      : await findOnPath(process.env.PATH ?? "", "opa");
  if (directory === undefined)
    return skipWithout(suite, "opa", "put Open Policy Agent 1.x on PATH, or into PULUMI_TOOLCHAIN");
  return join(directory, executable("opa"));
}

/** How an invocation of OPA ended. */
export interface OpaRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs OPA to its end. It does not check for a newer version. */
export async function runOpa(program: string, args: readonly string[], stdin = ""): Promise<OpaRun> {
  const child = spawn(program, args, { stdio: "pipe" });
  const ended = Promise.withResolvers<number | null>();
  child.on("error", ended.reject);
  child.on("close", ended.resolve);
  // A child that ends before it has read everything closes the pipe.
  child.stdin.on("error", () => undefined);
  child.stdin.end(stdin);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended.promise]);
  return { code, stdout, stderr };
}

/**
 * The value of a query.
 *
 * @param files policies and data, as `opa eval --data` takes them
 * @throws Error with OPA's own message where it does not evaluate
 */
export async function evaluate(
  program: string,
  query: string,
  files: readonly string[],
  input: unknown = {},
): Promise<unknown> {
  const data = files.flatMap((file) => ["--data", file]);
  const args = ["eval", "--format", "json", "--stdin-input", ...data, query];
  const { code, stdout, stderr } = await runOpa(program, args, JSON.stringify(input));
  if (code !== 0) throw new Error(`opa eval: ${stderr}${stdout}`);
  const { result } = JSON.parse(stdout) as { result?: { expressions: { value: unknown }[] }[] };
  return result?.[0]?.expressions[0]?.value;
}
