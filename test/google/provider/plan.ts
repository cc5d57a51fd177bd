import { secret } from "../../../preview/embedded/property-wire.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";
import { withoutDefaults } from "./check.ts";
import type { Configuration } from "./configuration.ts";
import { emptyPlan, type Field, type Fields } from "./schema.ts";
import type { ResourceType } from "./lifecycle.ts";
import { holdsUnknown, UNKNOWN_WIRE_VALUE } from "./values.ts";

/**
 * What a resource's properties will be: those that the program gives, those that follow from them, and for the rest what
 * the state has, or unknown where there is no state.
 *
 * @param state the properties in the engine's state; undefined for a resource that is to be created.
 */
export function plan(
  type: ResourceType,
  inputs: JsonObject,
  state: JsonObject | undefined,
  configuration: Configuration,
): JsonObject {
  return planFields(type.fields, inputs, state, (field) => field.derive?.(inputs, configuration));
}

type Derive = (field: Field) => Json | undefined;

function planFields(
  fields: Fields,
  given: JsonObject,
  state: JsonObject | undefined,
  derive: Derive,
): JsonObject {
  const entries = Object.entries(fields).map(([name, field]) => {
    const value = given[name];
    const planned =
      value === undefined || value === null
        ? planAbsent(field, state === undefined ? undefined : (state[name] ?? null), derive)
        : planGiven(field, value, state?.[name], derive);
    return [name, planned] as const;
  });
  return Object.fromEntries(entries);
}

function planAbsent(field: Field, known: Json | undefined, derive: Derive): Json {
  const derived = derive(field);
  if (derived !== undefined && !holdsUnknown(derived)) return derived;
  if (!field.source.toLowerCase().endsWith("computed")) return emptyPlan(field);
  if (known !== undefined) return known;
  return field.secret === true ? (secret(UNKNOWN_WIRE_VALUE) as JsonObject) : UNKNOWN_WIRE_VALUE;
}

function planGiven(field: Field, value: Json, state: Json | undefined, derive: Derive): Json {
  const { shape, fields } = field;
  // The members of a set are distinguished by their values.
  if (shape === "set" && holdsUnknown(value)) return UNKNOWN_WIRE_VALUE;
  if (fields === undefined || !(shape === "block" || shape === "blocks")) return withoutDefaults(value);
  if (shape === "block") return isObject(value) ? planBlock(fields, value, state, derive) : value;
  if (!Array.isArray(value)) return value;
  return value.map((item, index) => {
    const known = Array.isArray(state) ? state[index] : undefined;
    return isObject(item) ? planBlock(fields, item, known, derive) : item;
  });
}

function planBlock(fields: Fields, value: JsonObject, state: Json | undefined, derive: Derive): JsonObject {
  return planFields(fields, value, isObject(state) ? state : undefined, derive);
}
