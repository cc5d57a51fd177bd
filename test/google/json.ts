/** JSON values as the server keeps and sends them. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object; a field that is absent is `undefined` to the reader. */
export interface JsonObject {
  [field: string]: Json;
}

/** Whether a value is a JSON object, rather than a list, a scalar or nothing. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object in a field; an empty one when the field is absent or something else. */
export function objectAt(value: JsonObject | undefined, field: string): JsonObject {
  const found = value?.[field];
  return isObject(found) ? found : {};
}

/** The text in a field; undefined when the field is absent or something else. */
export function textAt(value: JsonObject | undefined, field: string): string | undefined {
  const found = value?.[field];
  return typeof found === "string" ? found : undefined;
}

/** The objects of a list; none when the field is absent or something else. */
export function objectsAt(value: JsonObject | undefined, field: string): JsonObject[] {
  const found = value?.[field];
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** The texts of a list; none when the field is absent or something else. */
export function textsAt(value: JsonObject | undefined, field: string): string[] {
  const found = value?.[field];
  return Array.isArray(found) ? found.filter((item) => typeof item === "string") : [];
}

/** A field's name in JSON: `version_template` and `versionTemplate` are the same field to Google. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** A copy of an object without some of its fields. */
export function without(value: JsonObject, ...fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([field]) => !fields.includes(field)));
}

/** A record's own entry: `toString` and its like, which every object inherits, are no fields of a request. */
export function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
