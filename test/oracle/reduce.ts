import type { Batch } from "./batch.ts";

/**
 * A smaller batch of which something still holds: parts are left out, one after the other, as long as it does.
 *
 * @param holds whether it holds of a batch; it holds of the first
 */
export async function reduce(batch: Batch, holds: (batch: Batch) => Promise<boolean>): Promise<Batch> {
  let smallest = batch;
  for (let before; before !== smallest;) {
    before = smallest;
    for (const path of pathsIn(smallest).reverse()) {
      const candidate = without(smallest, path) as Batch;
      if (isBatch(candidate) && (await holds(candidate))) smallest = candidate;
    }
  }
  return smallest;
}

type Path = readonly (string | number)[];

/** Where everything is that could be left out; the outer before the inner. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [];
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => {
    const at = [...path, key];
    return [at, ...pathsIn((value as Record<string | number, unknown>)[key], at)];
  });
}

/** The value without a part; the same value where there is no such part any more. */
function without(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined || typeof value !== "object" || value === null || !(key in value)) return value;
  const inner = (value as Record<string | number, unknown>)[key];
  if (Array.isArray(value)) {
    const list = value as unknown[];
    return rest.length === 0
      ? list.filter((_, index) => index !== key)
      : list.map((each, index) => (index === key ? without(each, rest) : each));
  }
  if (rest.length > 0) return { ...value, [key]: without(inner, rest) };
  return Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
}

/** Whether the form is still that of a batch, whose queries name endpoints of it. */
function isBatch(value: Partial<Batch>): value is Batch {
  const { policies, endpoints, queries } = value;
  if (!policies || !endpoints || !queries) return false;
  if (!policies.every((policy) => "kind" in policy && "metadata" in policy)) return false;
  if (!policies.every(isTakenByServer)) return false;
  if (
    !endpoints.every((each) => "name" in each && "namespace" in each && "labels" in each && "ports" in each)
  )
    return false;
  const names = endpoints.map(({ name }) => name);
  return queries.every(
    (each) =>
      ["src", "dst", "port", "method", "path"].every((key) => key in each) &&
      names.includes(each.dst) &&
      (names.includes(each.src) || !each.src.startsWith("pod-")),
  );
}

/** What the API server asks of Kubernetes' own policies, Cilium does not check again. */
function isTakenByServer(policy: object): boolean {
  const { kind, metadata, spec } = policy as { kind: string; metadata: object; spec?: object };
  return (
    kind !== "NetworkPolicy" ||
    (["name", "namespace"].every((key) => key in metadata) && spec !== undefined && "podSelector" in spec)
  );
}
