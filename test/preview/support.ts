import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { type Environment, findToolchain, searchIn, type Toolchain } from "../../preview/toolchain.ts";

/** The directory of this checkout. */
export const repository = join(import.meta.dirname, "..", "..");

/** The entry point that previews a fixture: its first argument names it. */
export const command = join(import.meta.dirname, "fixtures", "command.ts");

/** Directory of a fixture. */
export function fixture(name: string): string {
  return join(import.meta.dirname, "fixtures", name);
}

/** The real tools; skips the suite where there are none. */
export async function toolsFor(suite: Mocha.Context): Promise<Toolchain> {
  const toolchain = await findToolchain(searchIn(process.env, repository));
  return toolchain ?? suite.skip();
}

/** Lends a directory, and removes it. */
export async function inTemporaryDirectory<T>(use: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), "attested-fhir-test-"));
  try {
    return await use(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Writes a file, and the directories above it. */
export async function write(file: string, content: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content, { mode });
}

/** This process's environment, of somebody who is logged in nowhere. */
export function loggedOut(home: string): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith("PULUMI_") || name === "PULUMI_TOOLCHAIN",
  );
  return { ...Object.fromEntries(kept), PULUMI_HOME: home, NO_COLOR: "1", FORCE_COLOR: undefined };
}

/** What a command left behind. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of this Node to its end. */
export async function run(args: readonly string[], env: Environment): Promise<Ended> {
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const [[code], stdout, stderr] = await Promise.all([
    once(child, "close") as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, stdout, stderr };
}
