import { parseAllDocuments, type ScalarTag, type Tags } from "yaml";
import type { WireProperties } from "./property-wire.ts";

/**
 * Parses Kubernetes manifests as Kubernetes and its provider do (k8s.io/apimachinery/pkg/util/yaml): YAML 1.1, in which
 * `yes` is a boolean, restricted to JSON's types. Documents without kind or apiVersion are skipped.
 *
 * @throws Error if the text is not YAML, or a document is not an object.
 */
export function manifestsIn(text: string): readonly WireProperties[] {
  const documents = parseAllDocuments(text, { version: "1.1", uniqueKeys: false, customTags: jsonTags });
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    const manifest: unknown = document.toJS();
    if (manifest === null) return [];
    if (!isObject(manifest)) throw new Error("a manifest must be an object");
    return isManifest(manifest) ? [manifest] : [];
  });
}

/** The YAML tags with a JSON type. */
const TYPES: ReadonlySet<string> = new Set(["map", "seq", "str", "null", "bool", "int", "float", "merge"]);

/** The octal numbers of YAML 1.2, which Kubernetes parses too. */
const OCTAL: ScalarTag = {
  tag: "tag:yaml.org,2002:int",
  default: true,
  test: /^0o[0-7]+$/,
  resolve: Number,
};

function jsonTags(tags: Tags): Tags {
  const kept = tags.filter(
    (tag) =>
      typeof tag === "string" ||
      (tag.format !== "TIME" && TYPES.has(tag.tag.replace("tag:yaml.org,2002:", ""))),
  );
  return [OCTAL, ...kept];
}

function isManifest({ kind, apiVersion }: WireProperties): boolean {
  return [kind, apiVersion].every((text) => typeof text === "string" && text !== "");
}

function isObject(value: unknown): value is WireProperties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
