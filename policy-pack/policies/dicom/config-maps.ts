import { gunzipSync } from "node:zlib";
import { parse } from "yaml";
import { mapEntries, propertyAt, type Resource } from "@attested-fhir/stack-model";

/** What ConfigMaps hold for OPA and Envoy: configurations and Rego, in bundles or by themselves. */

export const CONFIG_MAP = /^kubernetes:core\/v1:ConfigMap(?:Patch)?$/;

/** A value as it is read from a configuration. */
export type Config = Readonly<Record<string, unknown>>;

/** A module of Rego, by its file's name. */
export interface Module {
  readonly file: string;
  readonly text: string;
}

/** The texts of a ConfigMap, by their keys. */
function texts({ props }: Resource): readonly (readonly [string, string])[] {
  return mapEntries(propertyAt(props, "data")).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[key, value]] : [],
  );
}

/** The configurations in a ConfigMap, JSON or YAML, by their keys. */
export function configurations(resource: Resource): readonly (readonly [string, Config])[] {
  return texts(resource).flatMap(([key, text]): [string, Config][] => {
    if (!/\.(?:json|ya?ml)$/.test(key)) return [];
    const value = parsed(text);
    return isConfig(value) ? [[key, value]] : [];
  });
}

/** The Rego in a ConfigMap: its texts, and the files of its bundles. */
export function modules(resource: Resource): readonly Module[] {
  const own = texts(resource)
    .filter(([key]) => key.endsWith(".rego"))
    .map(([file, text]) => ({ file, text }));
  const bundled = mapEntries(propertyAt(resource.props, "binaryData")).flatMap(([key, value]) =>
    typeof value === "string" && key.endsWith(".tar.gz") ? filesIn(value) : [],
  );
  return [...own, ...bundled.filter(({ file }) => file.endsWith(".rego") && !file.endsWith("_test.rego"))];
}

/** All objects within a value that have a field, with the field's value. */
export function objectsWith(value: unknown, field: string): readonly Config[] {
  if (Array.isArray(value)) return value.flatMap((item) => objectsWith(item, field));
  if (!isConfig(value)) return [];
  const inside = Object.values(value).flatMap((part) => objectsWith(part, field));
  return field in value ? [value, ...inside] : inside;
}

export function isConfig(value: unknown): value is Config {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const BLOCK = 512;

/** The files of a bundle; none where it is no archive, which OPA refuses as well. */
function filesIn(base64: string): Module[] {
  try {
    return untar(gunzipSync(Buffer.from(base64, "base64")));
  } catch {
    return [];
  }
}

function untar(archive: Buffer): Module[] {
  const files: Module[] = [];
  for (let at = 0; at + BLOCK <= archive.length;) {
    const header = archive.subarray(at, at + BLOCK);
    const file = field(header, 0, 100);
    if (file === "") break;
    const size = Number.parseInt(field(header, 124, 12), 8);
    files.push({ file, text: archive.subarray(at + BLOCK, at + BLOCK + size).toString() });
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

function field(header: Buffer, start: number, length: number): string {
  return header
    .subarray(start, start + length)
    .toString()
    .replace(/\0.*$/s, "")
    .trim();
}
