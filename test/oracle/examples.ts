import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { parseAllDocuments } from "yaml";
import type { Version } from "../../packages/cilium-access/options.ts";

/** A file of Cilium's example policies. */
export interface Example {
  readonly file: string;
  readonly policies: readonly object[];
}

interface KubernetesObject {
  readonly kind?: string;
  readonly metadata?: object;
}

/** The example policies in the module that the oracle of this release is built from. */
export async function examplesOf(version: Version): Promise<Example[]> {
  const cwd = join(import.meta.dirname, "engine", `cilium-${version}`);
  const args = ["mod", "download", "-json", "github.com/cilium/cilium"];
  const module = JSON.parse((await promisify(execFile)("go", args, { cwd })).stdout) as { Dir: string };
  const directory = join(module.Dir, "examples", "policies");
  const files = (await readdir(directory, { recursive: true })).filter((file) =>
    /\.(?:json|yaml)$/.test(file),
  );
  const examples = await Promise.all(
    files.sort().map(async (file) => ({ file, policies: await policiesIn(join(directory, file)) })),
  );
  return examples.filter(({ policies }) => policies.length > 0);
}

async function policiesIn(path: string): Promise<object[]> {
  const text = await readFile(path, "utf8");
  // Cilium's own form, from before Kubernetes: the rules alone.
  if (extname(path) === ".json") {
    const specs: unknown = JSON.parse(text);
    return [{ kind: "CiliumNetworkPolicy", metadata: { name: "example", namespace: "default" }, specs }];
  }
  const objects = parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject | null);
  return objects.flatMap((object): object[] => {
    if (object?.kind === "CiliumClusterwideNetworkPolicy") return [object];
    if (object?.kind !== "CiliumNetworkPolicy") return [];
    // As kubectl does.
    return [{ ...object, metadata: { namespace: "default", ...object.metadata } }];
  });
}
