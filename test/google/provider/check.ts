import { createHash } from "node:crypto";
import { isObject, type Json, type JsonObject, own, textsAt } from "../json.ts";
import type { Field, Fields } from "./schema.ts";
import type { ResourceType } from "./lifecycle.ts";

/** A property that is refused. */
export interface Failure {
  readonly property: string;
  readonly reason: string;
}

/** What Check knows of a resource besides its inputs. */
export interface Naming {
  /** The logical name. */
  readonly name: string;
  /** The engine's seed for this resource; the same seed gives the same name. */
  readonly seed: Uint8Array;
  /** The name that the engine's own configuration of autonames gives; null where it forbids autonames. */
  readonly proposed?: string | null | undefined;
}

interface Filling {
  readonly olds: JsonObject;
  readonly naming: Naming;
  readonly failures: Failure[];
}

/** Fills in defaults and names, and finds what is missing or unknown. */
export function check(
  type: ResourceType,
  news: JsonObject,
  olds: JsonObject,
  naming: Naming,
): { inputs: JsonObject; failures: readonly Failure[] } {
  const failures: Failure[] = [];
  const inputs = fill(type.fields, news, "", { olds, naming, failures });
  return { inputs, failures };
}

function fill(fields: Fields, given: JsonObject, path: string, filling: Filling): JsonObject {
  const filled: JsonObject = {};
  const defaults: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (value === null || name === "__defaults") continue;
    const field = own(fields, name);
    if (field === undefined || (field.source === "computed" && path === "")) {
      filling.failures.push({
        property: path + name,
        reason: `unexpected property: the resource has no input ${name}`,
      });
      continue;
    }
    filled[name] = fillField(field, value, `${path}${name}`, filling);
  }
  for (const [name, field] of Object.entries(fields)) {
    if (Object.hasOwn(filled, name)) continue;
    const value = defaultValue(field, name, filling);
    if (value !== undefined) {
      filled[name] = value;
      defaults.push(name);
    } else if (field.source === "required") {
      filling.failures.push({ property: path + name, reason: `missing required property '${path}${name}'` });
    }
  }
  return { ...filled, __defaults: defaults.sort() };
}

/** Blocks within a block; whatever else is kept as it is. */
function fillField({ shape, fields }: Field, value: Json, path: string, filling: Filling): Json {
  if (shape === "block" && isObject(value)) return fillBlock(fields, value, `${path}.`, filling);
  if (shape !== "blocks" || !Array.isArray(value)) return value;
  return value.map((item, index) =>
    isObject(item) ? fillBlock(fields, item, `${path}[${index}].`, filling) : item,
  );
}

function fillBlock(
  fields: Fields | undefined,
  value: JsonObject,
  path: string,
  filling: Filling,
): JsonObject {
  return fields === undefined ? { ...value, __defaults: [] } : fill(fields, value, path, filling);
}

function defaultValue(field: Field, name: string, { olds, naming }: Filling): Json | undefined {
  if (field.autonamed !== true) return field.default;
  const old = olds[name];
  if (typeof old === "string" && textsAt(olds, "__defaults").includes(name)) return old;
  if (naming.proposed === null) return undefined;
  return naming.proposed ?? autoname(naming);
}

/** The logical name and seven hexadecimal digits (https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming). */
function autoname({ name, seed }: Naming): string {
  return `${name}-${createHash("sha256").update(seed).digest("hex").slice(0, 7)}`;
}

/** The names that Check gave, among inputs. */
export function autonames(type: ResourceType, inputs: JsonObject): readonly string[] {
  const filled = textsAt(inputs, "__defaults");
  return filled.filter((name) => own(type.fields, name)?.autonamed === true);
}

/** An object's fields without what only Check writes. */
export function withoutDefaults(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([name]) => name !== "__defaults");
  return Object.fromEntries(kept.map(([name, part]) => [name, withoutDefaults(part)]));
}

/** The engine's word on autonames (AutonamingOptions in provider.proto): nothing, a name, or null for none at all. */
export function autonamingFrom(
  options: { proposedName: string; mode: number } | undefined,
): string | null | undefined {
  if (options === undefined) return undefined;
  return options.mode === DISABLED ? null : options.proposedName;
}

/** `AutonamingOptions.Mode.DISABLE` */
const DISABLED = 2;
