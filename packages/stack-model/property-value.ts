/** Properties of resources as plain data, in which a value that is only known after the update is UNKNOWN. */

/** Stands for a value that the engine does not know yet: an output of a resource that is still to be made. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** One property of a resource, or a part of one; null counts as absent. */
export type PropertyValue =
  undefined | null | boolean | number | string | typeof UNKNOWN | readonly PropertyValue[] | Properties;

/** The properties of a resource, or an object within them. */
export interface Properties {
  readonly [name: string]: PropertyValue;
}

/** Whether a value is an object with named properties. */
export function isProperties(value: PropertyValue): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path. UNKNOWN as soon as a step of the path is unknown, undefined where a step is absent. */
export function propertyAt(value: PropertyValue, ...path: readonly string[]): PropertyValue {
  let found = value;
  for (const step of path) {
    if (found === UNKNOWN) return UNKNOWN;
    found = isProperties(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  }
  return found ?? undefined;
}

/**
 * The items of a list: none where the list is absent, and the single item UNKNOWN for an unknown list, so that
 * a check of every item sees it. A value that is no list counts as a list of itself.
 */
export function listItems(value: PropertyValue): readonly PropertyValue[] {
  if (value === undefined || value === null) return [];
  return isList(value) ? value : [value];
}

function isList(value: PropertyValue): value is readonly PropertyValue[] {
  return Array.isArray(value);
}

/** The names and values of an object: none where it is absent, and one unknown value for an unknown object. */
export function mapEntries(value: PropertyValue): readonly (readonly [string, PropertyValue])[] {
  if (value === UNKNOWN) return [["?", UNKNOWN]];
  return isProperties(value) ? Object.entries(value) : [];
}

/**
 * A value in the words of a message. Objects and lists are not printed: they may hold secrets, which the
 * engine hands to policies unmarked.
 */
export function formatValue(value: PropertyValue): string {
  if (value === UNKNOWN) return "not known before the update";
  if (value === undefined || value === null) return "not set";
  if (typeof value === "object") return "set to something else";
  return typeof value === "string" ? quoted(value) : JSON.stringify(value);
}

/** As much of a text as a message shows. */
const SHOWN = 200;

function quoted(text: string): string {
  if (text.length <= SHOWN) return JSON.stringify(text);
  return `${JSON.stringify(text.slice(0, SHOWN))}… (${text.length} characters)`;
}
