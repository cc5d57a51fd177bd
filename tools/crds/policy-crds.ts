import { readFile } from "node:fs/promises";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { Problem } from "../../preview/problem.ts";
import type { Crds } from "./crds.ts";

/** What of a CRD the program applies. The labels it adds itself. */
const crd = z.object({
  kind: z.literal("CustomResourceDefinition"),
  metadata: z.object({ name: z.string() }),
  spec: z.record(z.string(), z.unknown()),
});

const NAMES = ["ciliumclusterwidenetworkpolicies.cilium.io", "ciliumnetworkpolicies.cilium.io"];

/**
 * The CRDs of the two policies as the program applies them, name and specification, one to a line. Descriptions are
 * left out: three quarters of the text, which every preview would carry and no API server reads.
 *
 * @throws Problem when the files hold anything else than the two
 */
export async function policyCrdLines({ files }: Pick<Crds, "files">): Promise<string> {
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  const documents = texts.flatMap((text) => parseAllDocuments(text));
  const crds = documents
    .map((document) => document.toJS() as unknown)
    // What follows a last `---`.
    .filter((content) => content !== null)
    .map((content) => crd.parse(content))
    .map(({ metadata: { name }, spec }) => ({ name, spec: withoutDescriptions(spec) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  if (crds.map(({ name }) => name).join() !== NAMES.join()) {
    throw new Problem(`${files.join(", ")} should hold ${NAMES.join(" and ")}, and nothing else.`);
  }
  return crds.map((one) => `${JSON.stringify(one)}\n`).join("");
}

/** A schema's description is a text. A property that is called so is a schema, and stays. */
function withoutDescriptions(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutDescriptions);
  if (typeof node !== "object" || node === null) return node;
  const kept = Object.entries(node).filter(
    ([key, value]) => key !== "description" || typeof value !== "string",
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutDescriptions(value)]));
}
