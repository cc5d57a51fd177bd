import { readFile } from "node:fs/promises";
import { parseAllDocuments } from "yaml";
import type { Client } from "./client.ts";
import { holds } from "./objects.ts";

const CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

/**
 * Creates the CustomResourceDefinitions of a YAML file, and waits until the server serves their kinds.
 *
 * @returns their names: `ciliumnetworkpolicies.cilium.io`
 * @throws TypeError when the file holds anything else
 */
export async function installCrds(client: Client, file: string): Promise<string[]> {
  const documents = parseAllDocuments(await readFile(file, "utf8"));
  const crds = documents.map((document) => document.toJS() as unknown).filter((crd) => crd !== null);
  return Promise.all(
    crds.map(async (crd) => {
      if (!isCrd(crd)) throw new TypeError(`${file} holds something that is no CustomResourceDefinition.`);
      const { name } = (await client.create(CRDS, crd)).metadata;
      await client.waitFor(`${CRDS}/${name}`, (one) => holds(one, "Established"));
      return name;
    }),
  );
}

function isCrd(value: unknown): boolean {
  return (value as { kind?: unknown }).kind === "CustomResourceDefinition";
}
