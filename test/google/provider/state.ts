import { isObject, type Json, type JsonObject } from "../json.ts";
import type { Found, ResourceType } from "./lifecycle.ts";
import type { Field, Fields } from "./schema.ts";
import { isEmpty } from "./values.ts";

/** When Google answered: what a program has left empty is nothing after Create, and empty after Read. */
export type Moment = "created" | "read";

/**
 * The properties that the engine keeps of a resource: what Google has, with what is empty where Google leaves a field
 * out, and what the provider alone knows from before.
 *
 * @param before the plan, or the state when the resource was read.
 */
export function stateFrom(type: ResourceType, found: Found, before: JsonObject, moment: Moment): JsonObject {
  const state = completeFields(type.fields, found.properties, before, moment);
  return { ...state, id: found.id, ...meta(type) };
}

/** The provider keeps its timeouts in the state, in nanoseconds. */
export function meta({ timeouts }: ResourceType): JsonObject {
  if (timeouts === undefined) return {};
  const nanoseconds = Object.entries(timeouts).map(
    ([operation, minutes]) => [operation, minutes * 60e9] as const,
  );
  // The key is the one of Terraform's plugin SDK (helper/schema/resource_timeout.go).
  const meta: JsonObject = { "e2bfb730-ecaa-11e6-8f88-34363bc7c4c0": Object.fromEntries(nanoseconds) };
  return { __meta: JSON.stringify(meta) };
}

function completeFields(fields: Fields, found: JsonObject, before: JsonObject, moment: Moment): JsonObject {
  const entries = Object.entries(fields).map(([name, field]) => {
    const value =
      field.local === true
        ? local(field, before[name], moment)
        : complete(field, found[name], before[name], moment);
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}

/** What the provider alone knows is as it was before. */
function local(field: Field, before: Json | undefined, moment: Moment): Json {
  if (before !== undefined && !isEmpty(before)) return before;
  return field.shape === "map" ? zero(field, before, moment) : (field.planned ?? null);
}

function complete(field: Field, found: Json | undefined, before: Json | undefined, moment: Moment): Json {
  const { shape, fields } = field;
  if (found === undefined || found === null) return zero(field, before, moment);
  if (fields === undefined) return found;
  if (shape === "block" && isObject(found))
    return completeFields(fields, found, isObject(before) ? before : {}, moment);
  if (shape !== "blocks" || !Array.isArray(found)) return found;
  return found.map((item, index) => {
    const known = Array.isArray(before) ? before[index] : undefined;
    return isObject(item) ? completeFields(fields, item, isObject(known) ? known : {}, moment) : item;
  });
}

function zero(field: Field, before: Json | undefined, moment: Moment): Json {
  if (field.zero !== undefined) return field.zero;
  switch (field.shape ?? "value") {
    case "value":
      return "";
    case "block":
      return null;
    case "blocks":
      return [];
    case "map":
      return field.source === "computed" || moment === "read" || isEmptyCollection(before) ? {} : null;
    default:
      return field.source === "computed" || moment === "read" || isEmptyCollection(before) ? [] : null;
  }
}

function isEmptyCollection(value: Json | undefined): boolean {
  return value !== null && value !== undefined && isEmpty(value);
}

/**
 * The inputs that a resource's state comes from.
 *
 * @param inputs those that the engine has; undefined when the resource is imported.
 */
export function inputsFrom(
  type: ResourceType,
  state: JsonObject,
  inputs: JsonObject | undefined,
): JsonObject {
  return inputs === undefined ? imported(type.fields, state) : refreshed(type.fields, state, inputs);
}

/** Every field that a program could give and that says something other than its default. */
function imported(fields: Fields, state: JsonObject): JsonObject {
  const entries = Object.entries(fields).flatMap(([name, field]) => {
    const value = state[name];
    const says = value !== undefined && value !== false && !isEmpty(value) && value !== field.default;
    return says && field.source !== "computed" ? [[name, importedValue(field, value)] as const] : [];
  });
  return { ...Object.fromEntries(entries), __defaults: [] };
}

function importedValue({ shape, fields }: Field, value: Json): Json {
  if (fields === undefined) return value;
  if (shape === "block" && isObject(value)) return imported(fields, value);
  if (!Array.isArray(value)) return value;
  return value.map((item) => (isObject(item) ? imported(fields, item) : item));
}

/** The inputs that there are, each with the value that the state has. */
function refreshed(fields: Fields, state: JsonObject, inputs: JsonObject): JsonObject {
  const entries = Object.entries(inputs).flatMap(([name, input]) => {
    const field = fields[name];
    const value = state[name];
    if (field === undefined) return [[name, input] as const];
    return value === undefined || value === null
      ? []
      : [[name, refreshedValue(field, value, input)] as const];
  });
  return Object.fromEntries(entries);
}

function refreshedValue({ shape, fields }: Field, value: Json, input: Json): Json {
  if (fields === undefined) return value;
  if (shape === "block" && isObject(value) && isObject(input)) return refreshed(fields, value, input);
  if (!Array.isArray(value) || !Array.isArray(input)) return value;
  return value.map((item, index) => {
    const known = input[index];
    if (!isObject(item)) return item;
    return isObject(known) ? refreshed(fields, item, known) : imported(fields, item);
  });
}
