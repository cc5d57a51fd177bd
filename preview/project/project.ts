import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { closest } from "fastest-levenshtein";
import { parse } from "yaml";
import { z } from "zod";
import { thrownMessage, UserError } from "../user-error.ts";

/** The fields of a Pulumi project that a preview uses. */
export interface PulumiProject {
  /** Directory of the Pulumi.yaml, an absolute path. */
  readonly root: string;
  readonly name: string;
  /** Directory of the stack files, an absolute path. */
  readonly stacksDir: string;
  /** URL of the project's own backend. */
  readonly backend?: string;
  /** The entry point or its directory, relative to the root. */
  readonly main?: string;
  /** The language runtime, `nodejs`, and its options. */
  readonly runtime: { readonly name: string; readonly options: Readonly<Record<string, unknown>> };
  /** The configuration declarations, by key. */
  readonly config: Readonly<Record<string, unknown>>;
}

const anyRecord = z.record(z.string(), z.unknown());

const runtime = z.union([
  z.string().transform((name) => ({ name, options: {} })),
  z.object({ name: z.string(), options: anyRecord.nullish().transform((options) => options ?? {}) }),
]);

const projectFile = z.object({
  name: z.string(),
  stackConfigDir: z.string().default("."),
  backend: z.object({ url: z.string().optional() }).optional(),
  main: z.string().optional(),
  runtime: runtime.default({ name: "nodejs", options: {} }),
  config: anyRecord.nullish().transform((config) => config ?? {}),
});

/**
 * Reads the Pulumi.yaml of a directory.
 *
 * @throws UserError if the file does not exist or is invalid.
 */
export async function readProject(root: string): Promise<PulumiProject> {
  try {
    const { name, stackConfigDir, backend, main, runtime, config } = projectFile.parse(
      parse(await readFile(join(root, "Pulumi.yaml"), "utf8")),
    );
    return {
      root,
      name,
      stacksDir: join(root, stackConfigDir),
      ...(backend?.url && { backend: backend.url }),
      ...(main !== undefined && { main }),
      runtime,
      config,
    };
  } catch (cause) {
    throw new UserError(`Pulumi.yaml cannot be read: ${thrownMessage(cause)}`, { cause });
  }
}

/**
 * Returns the path of a stack file; the stack's name may include its organization, `acme/prod`.
 *
 * @throws UserError if the file does not exist, with the names of those that do.
 */
export async function stackFilePath(project: PulumiProject, stack: string): Promise<string> {
  const name = basename(stack);
  const stacks = await listStacks(project);
  if (stacks.includes(name)) return join(project.stacksDir, `Pulumi.${name}.yaml`);
  if (stacks.length === 0)
    throw new UserError(`stack not found: ${name}: ${project.stacksDir} has no stack files.`);
  throw new UserError(
    `stack not found: ${name}. Did you mean ${closest(name, stacks)}? The stack files are: ` +
      `${stacks.map((one) => `Pulumi.${one}.yaml`).join(", ")}.`,
  );
}

async function listStacks({ stacksDir }: PulumiProject): Promise<string[]> {
  const files = await readdir(stacksDir).catch(() => []);
  return files.flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []).sort();
}
