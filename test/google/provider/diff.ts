import { isObject, type Json, type JsonObject } from "../json.ts";
import { autonames } from "./check.ts";
import type { Configuration } from "./configuration.ts";
import { plan } from "./plan.ts";
import type { Field, Fields } from "./schema.ts";
import type { ResourceType } from "./lifecycle.ts";
import { isEmpty, UNKNOWN_WIRE_VALUE } from "./values.ts";

/** What happens to a property. */
export interface Change {
  /** In the engine's notation: `versionTemplate.algorithm`, `labels["a-b"]`, `publicKeys[0].id`. */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  /** Whether it replaces the resource. */
  readonly replaces: boolean;
}

/** What Diff finds. */
export interface Difference {
  readonly changes: readonly Change[];
  /** The fields that cannot change without a replacement. */
  readonly stables: readonly string[];
  /** Whether the old resource must be gone before the new one is made: both would have the same name. */
  readonly deleteBeforeReplace: boolean;
}

/** Compares the state with what the inputs make of it. */
export function diff(
  type: ResourceType,
  state: JsonObject,
  news: JsonObject,
  configuration: Configuration,
): Difference {
  const changes: Change[] = [];
  compareFields(type.fields, state, plan(type, news, state, configuration), {
    path: "",
    replaces: false,
    changes,
  });
  const stables = Object.entries(type.fields).filter(([, field]) => field.replaces === true);
  const names = Object.keys(type.fields).filter((name) => type.fields[name]?.autonamed === true);
  const given = names.filter((name) => !autonames(type, news).includes(name));
  return {
    changes,
    stables: stables.map(([name]) => name).sort(),
    deleteBeforeReplace:
      changes.some(({ replaces }) => replaces) && given.some((name) => news[name] === state[name]),
  };
}

interface Place {
  readonly path: string;
  readonly replaces: boolean;
  readonly changes: Change[];
}

function compareFields(fields: Fields, old: JsonObject, planned: JsonObject, place: Place): void {
  for (const [name, field] of Object.entries(fields)) {
    const replaces = place.replaces || field.replaces === true;
    compare(field, old[name], planned[name], { ...place, replaces, path: join(place.path, name) });
  }
}

function compare(field: Field, old: Json | undefined, planned: Json | undefined, place: Place): void {
  if (areSame(field, old, planned)) return;
  const { fields, shape } = field;
  if (isObject(old) && isObject(planned)) {
    if (shape === "block" && fields !== undefined) {
      compareFields(fields, old, planned, place);
      return;
    }
    compareEntries(old, planned, place);
    return;
  }
  if (Array.isArray(old) && Array.isArray(planned) && shape !== "set") {
    compareItems(field, old, planned, place);
    return;
  }
  note(old, planned, place);
}

function compareEntries(old: JsonObject, planned: JsonObject, place: Place): void {
  for (const name of new Set([...Object.keys(old), ...Object.keys(planned)])) {
    compare(ENTRY, old[name], planned[name], { ...place, path: join(place.path, name) });
  }
}

/** An entry of a map, an item of a list. */
const ENTRY: Field = { source: "optional" };

function compareItems(field: Field, old: readonly Json[], planned: readonly Json[], place: Place): void {
  const item: Field =
    field.shape === "blocks"
      ? { ...ENTRY, shape: "block", ...(field.fields !== undefined && { fields: field.fields }) }
      : ENTRY;
  for (let index = 0; index < Math.max(old.length, planned.length); index += 1) {
    compare(item, old[index], planned[index], { ...place, path: `${place.path}[${index}]` });
  }
}

function note(old: Json | undefined, planned: Json | undefined, { path, replaces, changes }: Place): void {
  const kind = isEmpty(old) ? "add" : isEmpty(planned) ? "delete" : "update";
  changes.push({ path, kind, replaces });
}

function areSame({ shape, isSame }: Field, old: Json | undefined, planned: Json | undefined): boolean {
  if (isEmpty(old) && isEmpty(planned)) return true;
  if (planned === UNKNOWN_WIRE_VALUE) return false;
  if (typeof old === "string" && typeof planned === "string" && isSame?.(old, planned) === true) return true;
  if (shape === "set" && Array.isArray(old) && Array.isArray(planned))
    return canonical(sorted(old)) === canonical(sorted(planned));
  return canonical(old) === canonical(planned);
}

const sorted = (items: readonly Json[]): Json[] =>
  items.toSorted((a, b) => (canonical(a) < canonical(b) ? -1 : 1));

/** JSON with the fields of objects in order. */
function canonical(value: Json | undefined): string {
  return JSON.stringify(value, (_, part: Json) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

function join(path: string, name: string): string {
  if (!/^[A-Za-z_]\w*$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}
