import { parseAllDocuments, type ScalarTag, type Tags } from "yaml";
import type { WireProperties } from "./property-wire.ts";

/**
 * Takes a text of Kubernetes manifests apart as Kubernetes and its provider do (k8s.io/apimachinery/pkg/util/yaml): by
 * YAML 1.1, in which `yes` is a boolean, but with JSON's types alone. What has no kind or
 * no apiVersion is left out.
 *
 * @throws Error when the text is not YAML, or holds something other than objects.
 */
export function manifestsIn(text: string): readonly WireProperties[] {
  const documents = parseAllDocuments(text, { version: "1.1", uniqueKeys: false, customTags: ofJson });
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    const manifest: unknown = document.toJS();
    if (manifest === null) return [];
    if (!isObject(manifest)) throw new Error("a manifest is an object, and this is none");
    return isNamed(manifest) ? [manifest] : [];
  });
}

/** What JSON has a word for. */
const TYPES: ReadonlySet<string> = new Set(["map", "seq", "str", "null", "bool", "int", "float", "merge"]);

/** The octal numbers of YAML 1.2, which Kubernetes reads too. */
const OCTAL: ScalarTag = {
  tag: "tag:yaml.org,2002:int",
  default: true,
  test: /^0o[0-7]+$/,
  resolve: Number,
};

function ofJson(tags: Tags): Tags {
  const kept = tags.filter(
    (tag) =>
      typeof tag === "string" ||
      (tag.format !== "TIME" && TYPES.has(tag.tag.replace("tag:yaml.org,2002:", ""))),
  );
  return [OCTAL, ...kept];
}

function isNamed({ kind, apiVersion }: WireProperties): boolean {
  return [kind, apiVersion].every((text) => typeof text === "string" && text !== "");
}

function isObject(value: unknown): value is WireProperties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
