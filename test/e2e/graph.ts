import type { State } from "./engine.ts";

/** The resources of a stack by name, and what each waits for. */
export class Graph {
  private readonly byUrn: ReadonlyMap<string, State>;

  constructor(resources: readonly State[]) {
    this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  }

  get all(): State[] {
    return [...this.byUrn.values()];
  }

  /** The one resource of a type, by the last part of its token: `binaryauthorization/policy:Policy`. */
  only(type: string): State {
    const found = this.all.filter((resource) => resource.type.endsWith(type));
    const [one] = found;
    if (one === undefined || found.length > 1) throw new Error(`${found.length} resources of type ${type}`);
    return one;
  }

  /** All resources of a type, by the last part of its token. */
  every(type: string): State[] {
    return this.all.filter((resource) => resource.type.endsWith(type));
  }

  /** Whether the engine makes the first only once the second is there, through however many others. */
  waits(first: State, second: State): boolean {
    return this.awaited(first, new Set()).has(second.urn);
  }

  private awaited({ dependencies = [], provider }: State, seen: Set<string>): Set<string> {
    const direct = [
      ...dependencies,
      ...(provider === undefined ? [] : [provider.slice(0, provider.lastIndexOf("::"))]),
    ];
    for (const urn of direct.filter((one) => !seen.has(one))) {
      seen.add(urn);
      const resource = this.byUrn.get(urn);
      if (resource) this.awaited(resource, seen);
    }
    return seen;
  }

  /** The types of a resource's ancestors, nearest first. */
  ancestors({ parent }: State): string[] {
    const resource = parent === undefined ? undefined : this.byUrn.get(parent);
    return resource === undefined ? [] : [resource.type, ...this.ancestors(resource)];
  }
}

/** The name that a URN ends in. */
export function nameOf({ urn }: State): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}
