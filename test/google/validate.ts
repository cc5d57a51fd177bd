import type { Document, Schema } from "./discovery.ts";
import { badField, type GoogleError, unimplemented } from "./errors.ts";
import { camelCase, isObject, type Json, type JsonObject, own } from "./json.ts";

/** Whose message is read: fields that only the service may set are dropped from a caller's. */
export type Sender = "caller" | "service";

interface Reading {
  readonly document: Document;
  readonly sender: Sender;
}

/**
 * Reads JSON by a schema the way Google's front end reads a protocol buffer's JSON form
 * (https://protobuf.dev/programming-guides/json): names in camelCase or snake_case, 64-bit numbers as text or
 * number, base64 of either alphabet, null for "not set". What is read has one form only: camelCase names,
 * 64-bit numbers as text, and no field that has its default value, since protocol buffers do not send those.
 *
 * @throws GoogleError INVALID_ARGUMENT for an unknown field or a value of the wrong type.
 */
export function readMessage(document: Document, reference: string, value: Json, sender: Sender): JsonObject {
  if (!isObject(value)) throw badField("", "Invalid JSON payload received. Root element must be a message.");
  return message({ document, sender }, resolve(document, { $ref: reference }), value, "");
}

/** The schema that a field's schema refers to. */
export function resolve(document: Document, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const found = own(document.schemas, schema.$ref);
  if (found === undefined)
    throw new Error(`${document.name} ${document.version} has no schema ${schema.$ref}`);
  return found;
}

/** Whether only the service sets a field; older documents say so in the description alone. */
export function isOutputOnly(schema: Schema): boolean {
  return schema.readOnly === true || schema.description?.startsWith("Output only.") === true;
}

function unknownName(name: string, path: string): GoogleError {
  const at = path === "" ? "" : ` at '${path}'`;
  return badField(path, `Invalid JSON payload received. Unknown name "${name}"${at}: Cannot find field.`);
}

function wrongType(value: Json, path: string, type: string): GoogleError {
  return badField(path, `Invalid value at '${path}' (${type}), ${JSON.stringify(value)}`);
}

function message(reading: Reading, schema: Schema, value: JsonObject, path: string): JsonObject {
  const read: [string, Json][] = [];
  for (const [given, item] of Object.entries(value)) {
    const name =
      schema.properties === undefined || Object.hasOwn(schema.properties, given) ? given : camelCase(given);
    const declared = own(schema.properties, name);
    const field = declared ?? schema.additionalProperties;
    if (field === undefined) throw unknownName(given, path);
    if (item === null && field.type !== "any") continue;
    const kept = readValue(reading, field, item, path === "" ? name : `${path}.${name}`);
    const isDropped = reading.sender === "caller" && isOutputOnly(field);
    if (declared === undefined || !(isDropped || isDefault(kept))) read.push([name, kept]);
  }
  return Object.fromEntries(read);
}

function isDefault(value: Json): boolean {
  return value === "" || value === 0 || value === false || (Array.isArray(value) && value.length === 0);
}

function readValue(reading: Reading, declared: Schema, value: Json, path: string): Json {
  const schema = resolve(reading.document, declared);
  switch (schema.type) {
    case "object":
      if (!isObject(value)) throw wrongType(value, path, `type.googleapis.com/${schema.id ?? "map"}`);
      return message(reading, schema, value, path);
    case "array":
      return list(reading, schema, value, path);
    case "boolean":
      if (typeof value !== "boolean") throw wrongType(value, path, "TYPE_BOOL");
      return value;
    case "integer":
    case "number":
      return number(schema, value, path);
    case "string":
      return text(schema, value, path);
    default:
      return value;
  }
}

function list(reading: Reading, schema: Schema, value: Json, path: string): Json {
  if (!Array.isArray(value)) throw wrongType(value, path, "repeated field");
  const items = schema.items ?? { type: "any" };
  return value.map((item, index) => readValue(reading, items, item, `${path}[${index}]`));
}

function number(schema: Schema, value: Json, path: string): Json {
  const read = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  const fits =
    typeof read === "number" &&
    (schema.type === "integer" ? Number.isSafeInteger(read) : Number.isFinite(read));
  if (!fits || (schema.format === "uint32" && read < 0)) {
    throw wrongType(value, path, `TYPE_${(schema.format ?? "number").toUpperCase()}`);
  }
  return read;
}

const FORMS: Readonly<Record<string, RegExp>> = {
  byte: /^[A-Za-z0-9+/_-]*={0,2}$/,
  "google-datetime": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/,
  "google-duration": /^-?\d+(\.\d{1,9})?s$/,
  int64: /^-?\d{1,19}$/,
  uint64: /^\d{1,20}$/,
};

function text(schema: Schema, value: Json, path: string): Json {
  const format = schema.format ?? "";
  const isWhole = typeof value === "number" && Number.isSafeInteger(value);
  const read = isWhole && format.endsWith("int64") ? String(value) : value;
  if (schema.enum !== undefined && typeof read === "number")
    throw unimplemented("enumerations given by number");
  const fits = typeof read === "string" && (read === "" || own(FORMS, format)?.test(read) !== false);
  if (!fits) {
    const type = format === "" ? "STRING" : format.replace(/^byte$/, "bytes").toUpperCase();
    throw wrongType(value, path, `TYPE_${type}`);
  }
  if (schema.enum?.includes(read) === false) throw wrongType(value, path, "TYPE_ENUM");
  return format === "byte" ? Buffer.from(read, "base64").toString("base64") : read;
}
