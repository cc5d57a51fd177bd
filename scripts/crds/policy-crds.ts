import { readFile } from "node:fs/promises";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { UserError } from "../../preview/user-error.ts";
import type { Crds } from "./crds.ts";

/** What of a CRD the program applies. The label with its version the program adds itself. */
const crd = z.object({
  kind: z.literal("CustomResourceDefinition"),
  metadata: z.object({ name: z.string() }),
  spec: z.record(z.string(), z.unknown()),
});

type Crd = z.infer<typeof crd>;

const NAMES = ["ciliumclusterwidenetworkpolicies.cilium.io", "ciliumnetworkpolicies.cilium.io"];

/** The name of a version's file, in `packages/cilium-access/crds`. */
export function policyCrdsFile(version: string): string {
  return `policy-crds-${version}.ndjson`;
}

/**
 * The CRDs of the two policies as the program applies them, name and specification, one to a line. Descriptions are
 * left out: three quarters of the text, which every preview would carry and no API server needs.
 *
 * @throws UserError when the files hold anything else than the two
 */
export async function policyCrdLines({ files }: Pick<Crds, "files">): Promise<string> {
  const crds = (await Promise.all(files.map(readCrds)))
    .flat()
    .map(({ metadata: { name }, spec }) => ({ name, spec: withoutDescriptions(spec) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const names = crds.map(({ name }) => name);
  if (names.join() !== NAMES.join()) {
    throw new UserError(
      `${files.join(" and ")} should hold ${NAMES.join(" and ")}, and nothing else; there is ${names.join(", ") || "nothing"}.`,
    );
  }
  return crds.map((one) => `${JSON.stringify(one)}\n`).join("");
}

async function readCrds(file: string): Promise<Crd[]> {
  return parseAllDocuments(await readFile(file, "utf8")).flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw new UserError(`${file} is not YAML: ${error.message}`, { cause: error });
    const content: unknown = document.toJS();
    // What follows a last `---`.
    if (content === null) return [];
    const { data, error: fault } = crd.safeParse(content);
    if (data === undefined) {
      throw new UserError(`${file} holds something that is no CRD:\n${z.prettifyError(fault)}`);
    }
    return [data];
  });
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
