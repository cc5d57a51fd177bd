import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parseAllDocuments } from "yaml";
import { itemsOf, type KubernetesObject } from "../../access/manifests.ts";
import { messageOf, Problem } from "../../preview/problem.ts";

const MANIFEST = /\.(?:ya?ml|json)$/;

/**
 * Reads objects of Kubernetes from files, from the manifests of directories, and from standard input for `-`.
 *
 * @throws Problem that names the file that cannot be read, and the place in it.
 */
export async function readObjects(
  files: readonly string[],
  input: NodeJS.ReadableStream,
): Promise<KubernetesObject[]> {
  const all: KubernetesObject[] = [];
  for (const file of files) {
    if (file === "-") all.push(...objectsIn(await text(input), "standard input"));
    else for (const each of await manifestsAt(file)) all.push(...objectsIn(await contentOf(each), each));
  }
  return all;
}

async function manifestsAt(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = await readdir(path);
    return names
      .filter((name) => MANIFEST.test(name))
      .sort()
      .map((name) => join(path, name));
  } catch (error) {
    throw new Problem(`${path}: ${messageOf(error)}`);
  }
}

async function contentOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new Problem(`${path}: ${messageOf(error)}`);
  }
}

function objectsIn(content: string, origin: string): KubernetesObject[] {
  return documentsIn(content, origin).flatMap((document) => {
    if (document === null || document === undefined) return [];
    if (typeof document !== "object" || Array.isArray(document)) {
      throw new Problem(`${origin}: a document is no object of Kubernetes, which has a kind`);
    }
    return itemsOf(document as KubernetesObject);
  });
}

function documentsIn(content: string, origin: string): unknown[] {
  if (content.trimStart().startsWith("{")) {
    try {
      return [JSON.parse(content)];
    } catch {
      // YAML may begin so, too, and says where it is wrong.
    }
  }
  return parseAllDocuments(content).map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw new Problem(`${origin}: ${error.message}`);
    return document.toJS() as unknown;
  });
}
