import { spawn, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Environment } from "../../preview/toolchain/find-toolchain.ts";

/** A script of @pulumi/pulumi and what it is run with. */
export interface SdkScript {
  readonly script: "run" | "run-policy-pack";
  /** The directory of the program or the policy pack, whose own @pulumi/pulumi is taken. */
  readonly directory: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Environment;
  /** Ends the script. */
  readonly signal: AbortSignal;
  /** Receives what it writes. Defaults to this process's own standard output and standard error. */
  readonly onText?: (text: Uint8Array, stream: "stdout" | "stderr") => void;
}

const LEASHED = join(import.meta.dirname, "leashed.cjs");

/**
 * Runs a script of the SDK by this Node. It ends when this process does, however that ends.
 *
 * @returns its exit code, or the signal that ended it
 * @throws Error when the directory has no @pulumi/pulumi, or Node cannot be started in `cwd`.
 */
export async function runSdkScript(options: SdkScript): Promise<number | NodeJS.Signals> {
  const { script, directory, args, cwd, env, signal, onText } = options;
  const file = createRequire(join(directory, "package.json")).resolve(`@pulumi/pulumi/cmd/${script}`);
  const output = onText === undefined ? "inherit" : "pipe";
  const stdio: StdioOptions = ["ignore", output, output, "pipe"];
  const child = spawn(process.execPath, [LEASHED, file, ...args], { cwd, env, stdio });
  const kill = () => child.kill("SIGKILL");
  signal.addEventListener("abort", kill);
  if (signal.aborted) kill();
  child.stdio[3]?.on("error", () => undefined); // it has ended
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream]?.on("data", (text: Buffer) => onText?.(text, stream));
  }
  try {
    const [code, killedBy] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
    return code ?? killedBy ?? 1;
  } finally {
    signal.removeEventListener("abort", kill);
  }
}
