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
 * Reads objects of Kubernetes from files, from the manifests of directories, and from standard input for `-`. Of an
 * object that is there more than once, the last one counts, as where one is applied after the other.
 *
 * @param namespace where objects are that name no namespace
 * @throws UserError that names the file that cannot be read, and the place in it.
 */
export async function readObjects(
  files: readonly string[],
  input: NodeJS.ReadableStream,
  { namespace, version }: { readonly namespace: string; readonly version: Version },
): Promise<ReadObjects> {
  const all: Found[] = [];
  for (const file of new Set(files)) {
    if (file === "-") all.push(...objectsIn(await text(input), "standard input"));
    else for (const each of await manifestsAt(file)) all.push(...objectsIn(await contentOf(each), each));
  }
  const refused: RefusedObject[] = [];
  const taken = all.filter(({ object, origin }) => {
    const error = serverFault(object, version);
    if (error === undefined) return true;
    const name = `${object.kind ?? ""} ${nameOf(object, namespace)}`;
    if (!DECIDES.test(object.kind ?? "")) throw new UserError(`${origin}: ${name}: ${error}`);
    refused.push({ policy: name, error, origin });
    return false;
  });
  return {
    objects: latestOf(
      taken.map(({ object }) => object),
      namespace,
    ),
    refused,
  };
}

/** Kinds without which the rest can be evaluated: what is refused of them is not enforced. */
const DECIDES = /^Cilium|Policy|polic/i;

interface Found {
  readonly object: KubernetesObject;
  readonly origin: string;
}

/** A policy that the API server does not take. */
export interface RefusedObject {
  /** `CiliumNetworkPolicy shop/web` */
  readonly policy: string;
  readonly error: string;
  /** The file that it stands in. */
  readonly origin: string;
}

/** What manifests hold. */
export interface ReadObjects {
  readonly objects: readonly KubernetesObject[];
  readonly refused: readonly RefusedObject[];
}

function nameOf({ kind, metadata }: KubernetesObject, defaultNamespace: string): string {
  const { name = metadata?.generateName ?? "without a name", namespace = defaultNamespace } = metadata ?? {};
  const isPolicy = DECIDES.test(kind ?? "") && !/Clusterwide|CIDRGroup/.test(kind ?? "");
  return isPolicy ? `${namespace}/${name}` : name;
}

function latestOf(objects: readonly KubernetesObject[], defaultNamespace: string): KubernetesObject[] {
  const latest = new Map<unknown, KubernetesObject>();
  for (const object of objects) {
    const { name = "", namespace = defaultNamespace } = object.metadata ?? {};
    // Without a name of its own, each is another.
    const key = name === "" ? object : JSON.stringify([object.kind, isReadKind(object), namespace, name]);
    latest.set(key, object);
  }
  return [...latest.values()];
}

async function manifestsAt(path: string): Promise<string[]> {
  const entries = await reading(path, async () =>
    (await stat(path)).isDirectory() ? readdir(path, { withFileTypes: true }) : undefined,
  );
  if (entries === undefined) return [path];
  const names = entries
    .filter((entry) => MANIFEST.test(entry.name) && !entry.isDirectory())
    .map(({ name }) => name);
  if (names.length === 0) {
    throw new UserError(
      `${path}: has no manifests (.yaml, .yml, .json); directories in it are not looked into`,
    );
  }
  return names.sort().map((name) => join(path, name));
}

async function contentOf(path: string): Promise<string> {
  return reading(path, () => readFile(path, "utf8"));
}

async function reading<Content>(path: string, read: () => Promise<Content>): Promise<Content> {
  try {
    return await read();
  } catch (error) {
    throw new UserError(`${path}: ${thrownMessage(error)}`);
  }
}

function objectsIn(content: string, origin: string): Found[] {
  return documentsIn(content, origin).flatMap((document) => {
    if (document === null || document === undefined) return [];
    const items = listItems(objectOf(document, origin));
    return items.map((item) => ({ object: objectOf(item, origin), origin }));
  });
}

function objectOf(document: unknown, origin: string): KubernetesObject {
  const { kind, items } = (document ?? {}) as { kind?: unknown; items?: unknown };
  if (typeof document !== "object" || Array.isArray(document) || typeof kind !== "string" || kind === "") {
    throw new UserError(`${origin}: a document is no object of Kubernetes, which has a kind`);
  }
  if (kind.endsWith("List") && items !== undefined && items !== null && !Array.isArray(items)) {
    throw new UserError(`${origin}: the items of a ${kind} are no list`);
  }
  return document as KubernetesObject;
}

function documentsIn(content: string, origin: string): unknown[] {
  if (content.trimStart().startsWith("{")) {
    try {
      return [JSON.parse(content)];
    } catch {
      // YAML may begin so, too, and says where it is wrong.
    }
  }
  // kubectl knows `<<`, too. What the parser only warns of, the form of the object shows.
  return parseAllDocuments(content, { merge: true, logLevel: "error" }).map((document) =>
    valueOf(document, origin),
  );
}

function valueOf(document: Document | Document.Parsed, origin: string): unknown {
  const [error] = document.errors;
  if (error !== undefined) throw new UserError(`${origin}: ${error.message}`);
  try {
    return document.toJS() as unknown;
  } catch (thrown) {
    // Aliases are only followed here.
    throw new UserError(`${origin}: ${thrownMessage(thrown)}`);
  }
}
