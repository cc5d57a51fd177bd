import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { UserError } from "../../preview/user-error.ts";
import { CORRECTIONS } from "./corrections.ts";
import type { Crds } from "./crds.ts";
import { differences, type Files, readFiles, writeFiles } from "./files.ts";
import { runGenerator } from "./generator.ts";
import { readPins } from "./manifest.ts";

const execute = promisify(execFile);

/** What a package is made from, and where. */
export interface Order {
  /** The version of Cilium whose CRDs they are, without a leading v. */
  readonly cilium: string;
  readonly crds: Crds;
  /** crd2pulumi's executable. */
  readonly generator: string;
  /** The checkout, with its npm packages installed: it pins versions and lends the compiler. */
  readonly repository: string;
  /** The package's directory. What it holds is replaced; it need not exist. */
  readonly out: string;
}

/**
 * Generates the package, corrects and compiles it. The same order always gives the same bytes.
 *
 * @returns the files that are now different, new or gone, by their paths in the package
 * @throws UserError when the generator's output is not what the corrections expect, or does not compile; `out` is then
 *   as before.
 */
export async function generatePackage(order: Order): Promise<{ changed: string[] }> {
  const made = await inTemporaryDirectory((dir) => make(order, dir));
  const changed = differences(await readFiles(order.out), made);
  await rm(order.out, { recursive: true, force: true });
  await writeFiles(order.out, made);
  return { changed };
}

async function make({ cilium, crds, generator, repository }: Order, dir: string): Promise<Files> {
  const generated = join(dir, "generated");
  const corrected = join(dir, "corrected");
  await runGenerator(generator, cilium, crds.files, generated);
  const pins = await readPins(repository, cilium);
  const files = CORRECTIONS.reduce((all, correct) => correct(all, pins), await readFiles(generated));
  await writeFiles(corrected, files);
  // Where the compiler looks for @pulumi/pulumi and @types/node.
  await symlink(join(repository, "node_modules"), join(dir, "node_modules"), "junction");
  await compile(corrected);
  return readFiles(corrected);
}

async function compile(project: string): Promise<void> {
  const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  try {
    await execute(process.execPath, [compiler, "--project", project]);
  } catch (error) {
    // tsc prints what it complains about to its standard output.
    const { data } = z.object({ stdout: z.string().min(1) }).safeParse(error);
    if (data === undefined) throw error;
    throw new UserError(`The corrected package does not compile:\n${data.stdout.trim()}`, { cause: error });
  }
}

async function inTemporaryDirectory<T>(use: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), "attested-fhir-crds-"));
  try {
    return await use(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
