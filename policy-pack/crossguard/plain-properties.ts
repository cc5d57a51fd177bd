import { UnknownValueError } from "@pulumi/policy";
import { type Properties, UNKNOWN, type PropertyValue } from "@attested-fhir/stack-model";

/**
 * Turns the properties that the policy host hands out into plain data, with UNKNOWN for each value that the
 * engine does not know yet. The host's own objects throw when such a value is read, and a policy that lets the
 * error out is downgraded to advisory: here it never gets out.
 *
 * The host takes the wrapping off secrets before any policy sees them, so nothing here tells a secret from
 * another value; that is why messages name identifiers only and never print an object (see `said`).
 */
export function plain(properties: Readonly<Record<string, unknown>>): Properties {
  return Object.fromEntries(Object.keys(properties).map((name) => [name, read(() => properties[name])]));
}

/** One property at the top, where it is a text that is known; read alone, as that takes less time. */
export function knownText(properties: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const found = Object.hasOwn(properties, name) ? read(() => properties[name]) : undefined;
  return typeof found === "string" ? found : undefined;
}

function read(property: () => unknown): PropertyValue {
  try {
    return value(property());
  } catch (error) {
    if (error instanceof UnknownValueError) return UNKNOWN;
    throw error;
  }
}

function value(raw: unknown): PropertyValue {
  if (raw === undefined || raw === null) return raw;
  if (typeof raw === "string" || typeof raw === "number" || typeof raw === "boolean") return raw;
  // By index, since an iterator would throw at the first unknown item and lose the others.
  if (isArray(raw)) return Array.from({ length: raw.length }, (_, index) => read(() => raw[index]));
  return typeof raw === "object" ? plain(raw as Readonly<Record<string, unknown>>) : undefined;
}

function isArray(raw: unknown): raw is readonly unknown[] {
  return Array.isArray(raw);
}
