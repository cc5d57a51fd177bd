import type { Resource } from "./resource.ts";

/**
 * The resources that a program registered before another one, in one preview or update. Independent resources are
 * registered in any order; `dependsOn`, or an input taken from another resource's outputs, is what guarantees it.
 */
export interface RegisteredResources {
  /** Those of certain types, type tokens or patterns of them; in their order within each type. */
  ofTypes(...types: readonly (string | RegExp)[]): readonly Resource[];
  /**
   * Those that have a key.
   *
   * @param keysOf the keys of a resource; each resource is asked once, so give the same function each time
   */
  withKey(keysOf: (resource: Resource) => readonly string[], key: string): readonly Resource[];
  /** All of them and the resource that is evaluated: one list for all that ask about the same resource. */
  upTo(resource: Resource): readonly Resource[];
}

/** Whether a type is one of certain types, type tokens or patterns of them. */
export function isOneOf(types: readonly (string | RegExp)[], type: string): boolean {
  return types.some((one) => (typeof one === "string" ? one === type : one.test(type)));
}

/** The resources of one preview or update as they are registered, indexed so that none is read again for the next one. */
export class Registrations implements RegisteredResources {
  readonly #all = new Map<string, Resource>();
  readonly #byType = new Map<string, Resource[]>();
  readonly #indexes = new Map<(resource: Resource) => readonly string[], Map<string, Resource[]>>();
  #upTo: readonly Resource[] = [];

  /** @param resource one that is known by its URN takes the other's place */
  add(resource: Resource): void {
    const known = this.#all.has(resource.urn);
    this.#all.set(resource.urn, resource);
    if (known) this.#index();
    else this.#list(resource);
  }

  ofTypes(...types: readonly (string | RegExp)[]): readonly Resource[] {
    return [...this.#byType].flatMap(([type, resources]) => (isOneOf(types, type) ? resources : []));
  }

  withKey(keysOf: (resource: Resource) => readonly string[], key: string): readonly Resource[] {
    let index = this.#indexes.get(keysOf);
    if (index === undefined) {
      index = new Map();
      for (const resource of this.#all.values()) append(index, keysOf(resource), resource);
      this.#indexes.set(keysOf, index);
    }
    return index.get(key) ?? [];
  }

  upTo(resource: Resource): readonly Resource[] {
    const isKnown = this.#upTo.length === this.#all.size + 1 && this.#upTo.at(-1) === resource;
    if (!isKnown) this.#upTo = [...this.#all.values(), resource];
    return this.#upTo;
  }

  #list(resource: Resource): void {
    append(this.#byType, [resource.type], resource);
    for (const [keysOf, index] of this.#indexes) append(index, keysOf(resource), resource);
  }

  #index(): void {
    this.#byType.clear();
    this.#indexes.clear();
    this.#upTo = [];
    for (const resource of this.#all.values()) this.#list(resource);
  }
}

function append(index: Map<string, Resource[]>, keys: readonly string[], resource: Resource): void {
  for (const key of new Set(keys)) {
    const found = index.get(key);
    if (found === undefined) index.set(key, [resource]);
    else found.push(resource);
  }
}
