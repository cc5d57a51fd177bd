import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import type { Environment } from "../../preview/toolchain/find-toolchain.ts";

/** The directory of this checkout. */
export const repository = join(import.meta.dirname, "..", "..");

/** The entry point that previews a fixture: its first argument names it. */
export const command = join(import.meta.dirname, "fixtures", "command.ts");

/** Directory of a fixture. */
export function fixture(name: string): string {
  return join(import.meta.dirname, "fixtures", name);
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

/** Every file of a directory with its content and time, in one number. */
export async function fingerprint(dir: string): Promise<string> {
  const hash = createHash("sha256");
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  for (const entry of entries.sort((a, b) =>
    join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1,
  )) {
    const path = join(entry.parentPath, entry.name);
    hash.update(path);
    if (!entry.isFile()) continue;
    hash.update(await readFile(path)).update(String((await stat(path)).mtimeMs));
  }
  return hash.digest("hex");
}

/** What a preview left among temporary files, beside the caches that Node and Pulumi's SDK keep for the next run. */
export async function leftIn(temporary: string): Promise<string[]> {
  return (await readdir(temporary)).filter((name) => !/^(?:node-compile-cache|ts-node-.*)$/.test(name));
}

/**
 * Processes that have inherited this value among their environment's, by their command lines. Only where there is
 * /proc, as on Linux.
 */
export async function processesWith(value: string): Promise<string[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = ids.map(async (id) => {
    const environment = await readFile(`/proc/${id}/environ`, "latin1").catch(() => "");
    return environment.includes(value)
      ? [await readFile(`/proc/${id}/cmdline`, "latin1").catch(() => id)]
      : [];
  });
  return (await Promise.all(found)).flat();
}

/** How a command ended. */
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
