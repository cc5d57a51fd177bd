import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Document, parseAllDocuments } from "yaml";
import {
  isReadKind,
  listItems,
  type KubernetesObject,
  serverFault,
  type Version,
} from "@attested-fhir/cilium-access";
import { thrownMessage, UserError } from "../../user-error.ts";

const MANIFEST = /\.(?:ya?ml|json)$/;

/**
 * Reads Kubernetes objects from files, from the manifests in directories, and from standard input for `-`. If an object
 * occurs more than once, the last one wins, as with `kubectl apply`.
 *
 * @param namespace the namespace of objects that name none
 * @throws UserError with the file and the place in it that is invalid.
 */
export async function readObjects(
  files: readonly string[],
  input: NodeJS.ReadableStream,
  { namespace, version }: { readonly namespace: string; readonly version: Version },
): Promise<ReadObjects> {
  const all: FoundObject[] = [];
  for (const file of new Set(files)) {
    if (file === "-") all.push(...objectsIn(await text(input), "standard input"));
    else for (const each of await manifestsAt(file)) all.push(...objectsIn(await readContent(each), each));
  }
  const refused: RefusedObject[] = [];
  const accepted = all.filter(({ object, origin }) => {
    const error = serverFault(object, version);
    if (error === undefined) return true;
    const name = `${object.kind ?? ""} ${objectName(object, namespace)}`;
    if (!POLICY_KIND.test(object.kind ?? "")) throw new UserError(`${origin}: ${name}: ${error}`);
    refused.push({ policy: name, error, origin });
    return false;
  });
  return {
    objects: latestObjects(
      accepted.map(({ object }) => object),
      namespace,
    ),
    refused,
  };
}

/** Policy kinds: one that the API server rejects is not enforced, and the other objects can still be evaluated. */
const POLICY_KIND = /^Cilium|Policy|polic/i;

interface FoundObject {
  readonly object: KubernetesObject;
  readonly origin: string;
}

/** A policy that the API server rejects. */
export interface RefusedObject {
  /** `CiliumNetworkPolicy shop/web` */
  readonly policy: string;
  readonly error: string;
  /** The file that contains it. */
  readonly origin: string;
}

/** The objects of the manifests. */
export interface ReadObjects {
  readonly objects: readonly KubernetesObject[];
  readonly refused: readonly RefusedObject[];
}

function objectName({ kind, metadata }: KubernetesObject, defaultNamespace: string): string {
  const { name = metadata?.generateName ?? "unnamed", namespace = defaultNamespace } = metadata ?? {};
  const isPolicy = POLICY_KIND.test(kind ?? "") && !/Clusterwide|CIDRGroup/.test(kind ?? "");
  return isPolicy ? `${namespace}/${name}` : name;
}

function latestObjects(objects: readonly KubernetesObject[], defaultNamespace: string): KubernetesObject[] {
  const latest = new Map<unknown, KubernetesObject>();
  for (const object of objects) {
    const { name = "", namespace = defaultNamespace } = object.metadata ?? {};
    // Objects without a name (generateName) are all different.
    const key = name === "" ? object : JSON.stringify([object.kind, isReadKind(object), namespace, name]);
    latest.set(key, object);
  }
  return [...latest.values()];
}

async function manifestsAt(path: string): Promise<string[]> {
  const entries = await readOrFail(path, async () =>
    (await stat(path)).isDirectory() ? readdir(path, { withFileTypes: true }) : undefined,
  );
  if (entries === undefined) return [path];
  const names = entries
    .filter((entry) => MANIFEST.test(entry.name) && !entry.isDirectory())
    .map(({ name }) => name);
  if (names.length === 0) {
    throw new UserError(`${path}: has no manifests (.yaml, .yml, .json); subdirectories are not searched`);
  }
  return names.sort().map((name) => join(path, name));
}

async function readContent(path: string): Promise<string> {
  return readOrFail(path, () => readFile(path, "utf8"));
}

async function readOrFail<Content>(path: string, read: () => Promise<Content>): Promise<Content> {
  try {
    return await read();
  } catch (error) {
    throw new UserError(`${path}: ${thrownMessage(error)}`);
  }
}

function objectsIn(content: string, origin: string): FoundObject[] {
  return documentsIn(content, origin).flatMap((document) => {
    if (document === null || document === undefined) return [];
    const items = listItems(toObject(document, origin));
    return items.map((item) => ({ object: toObject(item, origin), origin }));
  });
}

function toObject(document: unknown, origin: string): KubernetesObject {
  const { kind, items } = (document ?? {}) as { kind?: unknown; items?: unknown };
  if (typeof document !== "object" || Array.isArray(document) || typeof kind !== "string" || kind === "") {
    throw new UserError(`${origin}: a document is not a Kubernetes object: it has no kind`);
  }
  if (kind.endsWith("List") && items !== undefined && items !== null && !Array.isArray(items)) {
    throw new UserError(`${origin}: items of a ${kind} must be a list`);
  }
  return document as KubernetesObject;
}

function documentsIn(content: string, origin: string): unknown[] {
  if (content.trimStart().startsWith("{")) {
    try {
      return [JSON.parse(content)];
    } catch {
      // A YAML flow mapping starts with { too, and the YAML parser reports the position of an error.
    }
  }
  // kubectl supports `<<`. The parser's warnings are dropped: the schema validation reports what they are about.
  return parseAllDocuments(content, { merge: true, logLevel: "error" }).map((document) =>
    documentValue(document, origin),
  );
}

function documentValue(document: Document | Document.Parsed, origin: string): unknown {
  const [error] = document.errors;
  if (error !== undefined) throw new UserError(`${origin}: ${error.message}`);
  try {
    return document.toJS() as unknown;
  } catch (thrown) {
    // Aliases are only resolved here.
    throw new UserError(`${origin}: ${thrownMessage(thrown)}`);
  }
}
