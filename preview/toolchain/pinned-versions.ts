import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../user-error.ts";

/** The fields of a package.json about its version and its provider plugin. */
const manifest = z.object({
  version: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
  pulumi: z.object({ resource: z.boolean().optional(), name: z.string().optional() }).optional(),
});

/** A program that the engine starts, and the version that the installed npm packages pin. */
export interface PinnedTool {
  /** The executable, `pulumi-resource-gcp`. */
  readonly name: string;
  /** `9.35.0`, without a leading v. */
  readonly version: string;
}

/**
 * Returns the version of an installed npm package.
 *
 * @throws UserError if it is not installed.
 */
export async function pinnedVersion(repository: string, name: string): Promise<string> {
  return (await installedManifest(repository, name)).version;
}

/** Returns all tools that stacks of this repository may require: the CLI, its hosts, and the plugin of each provider package. */
export async function pinnedTools(repository: string): Promise<PinnedTool[]> {
  const version = await pinnedVersion(repository, "@pulumi/pulumi");
  const own = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];
  const { dependencies } = await readManifest(join(repository, "package.json"));
  const packages = Object.keys(dependencies).filter((name) => name.startsWith("@pulumi/"));
  const providers = await Promise.all(packages.map((name) => providerPlugin(repository, name)));
  return [...own.map((name) => ({ name, version })), ...providers.flat()];
}

async function providerPlugin(repository: string, name: string): Promise<PinnedTool[]> {
  const { version, pulumi } = await installedManifest(repository, name);
  if (pulumi?.resource !== true) return [];
  return [{ name: `pulumi-resource-${pulumi.name ?? name.slice("@pulumi/".length)}`, version }];
}

async function installedManifest(repository: string, name: string): Promise<z.infer<typeof manifest>> {
  try {
    return await readManifest(join(repository, "node_modules", name, "package.json"));
  } catch (cause) {
    throw new UserError(`The npm package ${name} is not installed: run npm ci first.`, { cause });
  }
}

async function readManifest(file: string): Promise<z.infer<typeof manifest>> {
  return manifest.parse(JSON.parse(await readFile(file, "utf8")));
}
