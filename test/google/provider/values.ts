import { UNKNOWN_WIRE_VALUE } from "../../../preview/embedded/property-wire.ts";
import { isObject, type Json } from "../json.ts";

export { UNKNOWN_WIRE_VALUE };

/** Whether anything within a value is not known yet. */
export function holdsUnknown(value: Json): boolean {
  if (Array.isArray(value)) return value.some(holdsUnknown);
  return isObject(value) ? Object.values(value).some(holdsUnknown) : value === UNKNOWN_WIRE_VALUE;
}

/** Whether a value says nothing: null, an empty text, list or map. False and zero say something. */
export function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** The last part of a resource's name: `n` of `projects/p/notes/n`. */
export function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/** Whether one text is the last part of the other: `n` and `projects/p/notes/n` name the same resource. */
export function isSameName(one: string, other: string): boolean {
  return one.endsWith(`/${other}`) || other.endsWith(`/${one}`);
}
