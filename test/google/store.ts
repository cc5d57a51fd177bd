import { GoogleError, notFound } from "./errors.ts";
import type { JsonObject } from "./json.ts";

/**
 * What the control plane knows: resources by service and full name, such as
 * `projects/p/locations/l/keyRings/r`. Values are copied on the way in and out, so that a stored resource changes
 * by {@link Store.put} alone.
 */
export class Store {
  readonly #resources = new Map<string, JsonObject>();

  /** Stores a new resource. @throws GoogleError ALREADY_EXISTS */
  create(service: string, name: string, resource: JsonObject): void {
    if (this.find(service, name) !== undefined)
      throw new GoogleError("ALREADY_EXISTS", `${name} already exists.`);
    this.put(service, name, resource);
  }

  /** Stores a resource, new or not. */
  put(service: string, name: string, resource: JsonObject): void {
    this.#resources.set(key(service, name), structuredClone(resource));
  }

  /** A resource, or undefined. */
  find(service: string, name: string): JsonObject | undefined {
    const found = this.#resources.get(key(service, name));
    return found === undefined ? undefined : structuredClone(found);
  }

  /** A resource. @throws GoogleError NOT_FOUND */
  get(service: string, name: string): JsonObject {
    const found = this.find(service, name);
    if (found === undefined) throw notFound(name);
    return found;
  }

  /** The resources directly in a collection such as `projects/p/notes`, in the order of their creation. */
  list(service: string, collection: string): JsonObject[] {
    const prefix = key(service, `${collection}/`);
    return [...this.#resources]
      .filter(([name]) => name.startsWith(prefix) && !name.slice(prefix.length).includes("/"))
      .map(([, resource]) => structuredClone(resource));
  }

  /** Forgets a resource, everything below it, and their access policies. @throws GoogleError NOT_FOUND */
  delete(service: string, name: string): void {
    this.get(service, name);
    for (const part of [service, policiesOf(service)]) {
      for (const known of [...this.#resources.keys()]) {
        if (known === key(part, name) || known.startsWith(key(part, `${name}/`)))
          this.#resources.delete(known);
      }
    }
  }
}

/** Where the access policies of a service's resources are stored, each under its resource's name. */
export function policiesOf(service: string): string {
  return `${service}/policies`;
}

function key(service: string, name: string): string {
  return `${service}:${name}`;
}
