import { isIPv4, isIPv6 } from "node:net";
import { readPolicyCrds } from "../crds/policy-crds.ts";
import type { Version } from "../options.ts";
import { dottedPath } from "../api/policy-document.ts";

/** What the API server asks of Cilium's policies: the schemas of their CRDs. */

/** A structural schema, as far as these CRDs use it. */
interface Schema {
  readonly type?: "array" | "boolean" | "integer" | "number" | "object" | "string";
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly "x-kubernetes-int-or-string"?: boolean;
}

type Path = readonly (string | number)[];

const RELEASES = { "1.16": "1.16.0", "1.20": "1.20.2" } as const;

const known = new Map<string, Schema | undefined>();

/**
 * What is wrong with one of Cilium's policies by the schema of its CRD.
 *
 * @returns in words, with the path to it; undefined when nothing is, and for other kinds
 */
export function schemaFault(object: { readonly kind?: unknown }, version: Version): string | undefined {
  const schema = schemaOf(String(object.kind), version);
  return schema && faultIn(schema, object, []);
}

function schemaOf(kind: string, version: Version): Schema | undefined {
  const key = `${version} ${kind}`;
  if (!known.has(key)) {
    const crd = readPolicyCrds(RELEASES[version]).find(({ spec }) => spec.names.kind === kind);
    known.set(key, crd?.spec.versions[0]?.schema.openAPIV3Schema);
  }
  return known.get(key);
}

function faultIn(schema: Schema, value: unknown, path: Path): string | undefined {
  const found =
    typeFault(schema, value) ?? valueFault(schema, value) ?? combinationFault(schema, value, path);
  if (found !== undefined) return `${dottedPath(path)}: ${found}`;
  if (Array.isArray(value)) return itemsFault(schema, value, path);
  return typeof value === "object" && value !== null ? keysFault(schema, value, path) : undefined;
}

function typeFault(schema: Schema, value: unknown): string | undefined {
  const isInteger = typeof value === "number" && Number.isInteger(value);
  if (schema["x-kubernetes-int-or-string"]) {
    return isInteger || typeof value === "string" ? undefined : "must be a number or a text";
  }
  const { type } = schema;
  if (type === undefined) return undefined;
  const actual = Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
  const fits = type === "integer" ? isInteger : actual === type;
  return fits ? undefined : `expected ${type}, received ${actual}`;
}

function valueFault(schema: Schema, value: unknown): string | undefined {
  if (schema.enum !== undefined && !schema.enum.includes(value)) {
    return `${JSON.stringify(value)} is none of ${schema.enum.map((one) => JSON.stringify(one)).join(", ")}`;
  }
  if (typeof value === "number") return numberFault(schema, value);
  return typeof value === "string" ? textFault(schema, value) : undefined;
}

function numberFault({ minimum, maximum, format }: Schema, value: number): string | undefined {
  const least = minimum ?? (format === "int32" ? -(2 ** 31) : -Infinity);
  const most = maximum ?? (format === "int32" ? 2 ** 31 - 1 : Infinity);
  return value < least || value > most ? `${value} is not from ${least} to ${most}` : undefined;
}

function textFault({ pattern, format, minLength, maxLength }: Schema, value: string): string | undefined {
  const said = JSON.stringify(value);
  if (Array.from(value).length > (maxLength ?? Infinity)) return `${said} is longer than ${maxLength}`;
  if (Array.from(value).length < (minLength ?? 0)) return `${said} is shorter than ${minLength}`;
  if (pattern !== undefined && !new RegExp(pattern).test(value)) return `${said} does not match ${pattern}`;
  return format === "cidr" && !isBlock(value) ? `${said} is not a block of addresses` : undefined;
}

/** Go's net.ParseCIDR. */
function isBlock(text: string): boolean {
  const [, address = "", length = ""] = /^([^/]+)\/(\d{1,8})$/.exec(text) ?? [];
  const bits = isIPv4(address) ? 32 : isIPv6(address) && !address.includes("%") ? 128 : -1;
  return length !== "" && Number(length) <= bits;
}

function combinationFault(schema: Schema, value: unknown, path: Path): string | undefined {
  const fitting = (schemas: readonly Schema[]) =>
    schemas.filter((one) => faultIn(one, value, path) === undefined).length;
  const { oneOf, anyOf } = schema;
  const names = (schemas: readonly Schema[]) =>
    schemas.flatMap(({ required = [] }) => required).join(", ") || "the forms that it may have";
  if (oneOf !== undefined && fitting(oneOf) !== 1) return `needs exactly one of ${names(oneOf)}`;
  if (anyOf !== undefined && !schema["x-kubernetes-int-or-string"] && fitting(anyOf) === 0) {
    return `needs one of ${names(anyOf)}`;
  }
  return undefined;
}

function itemsFault({ items, maxItems }: Schema, value: readonly unknown[], path: Path): string | undefined {
  if (value.length > (maxItems ?? Infinity)) return `${dottedPath(path)}: has more than ${maxItems} items`;
  if (items === undefined) return undefined;
  for (const [index, item] of value.entries()) {
    const fault = faultIn(items, item, [...path, index]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function keysFault(schema: Schema, value: object, path: Path): string | undefined {
  const { properties = {}, additionalProperties, required = [] } = schema;
  const missing = required.find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) return `${dottedPath([...path, missing])}: is missing`;
  for (const [key, part] of Object.entries(value) as [string, unknown][]) {
    const other = typeof additionalProperties === "object" ? additionalProperties : undefined;
    const own = Object.hasOwn(properties, key) ? properties[key] : other;
    const fault = own && faultIn(own, part, [...path, key]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
