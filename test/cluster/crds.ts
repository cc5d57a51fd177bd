import { readFile } from "node:fs/promises";
import { parseAllDocuments } from "yaml";
import type { Client } from "./client.ts";
import { holds } from "./objects.ts";

const CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

/**
 * Creates the CustomResourceDefinitions of YAML files, and waits until the server serves their kinds.
 *
 * @returns their names: `ciliumnetworkpolicies.cilium.io`
 * @throws TypeError when a file holds anything else
 */
export async function installCrds(client: Client, ...files: readonly string[]): Promise<string[]> {
  const crds = (await Promise.all(files.map(read))).flat();
  return Promise.all(
    crds.map(async (crd) => {
      const { name } = (await client.create(CRDS, crd)).metadata;
      await client.waitFor(`${CRDS}/${name}`, (one) => holds(one, "Established"));
      return name;
    }),
  );
}

async function read(file: string): Promise<unknown[]> {
  const documents = parseAllDocuments(await readFile(file, "utf8"));
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    const content: unknown = document.toJS();
    // What follows a last `---`.
    if (content === null) return [];
    if (!isCrd(content)) throw new TypeError(`${file} holds something that is no CustomResourceDefinition.`);
    return [content];
  });
}

function isCrd(value: unknown): boolean {
  return (value as { kind?: unknown }).kind === "CustomResourceDefinition";
}
