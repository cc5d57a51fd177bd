import { urnType } from "../../../preview/report/urn.ts";
import type { Difference } from "./by-design.ts";
import type { RecordedPart, RecordedResource } from "./recorder/recorded.ts";
import type { View } from "./views.ts";

/** The inputs that differ, each place by itself. */
export function inputDifferences(engine: View, embedded: View): Difference[] {
  return [...engine.resources].flatMap(([urn, seen]) => {
    const ours = embedded.resources.get(urn);
    return ours === undefined ? [] : differencesOf(seen, ours, embedded.parts.get(urn));
  });
}

/** Everything about a resource that both modes must show alike, but for its inputs. */
export function structureOf({ resources, parts }: View): object {
  const single = [...resources.values()].map(
    ({ urn, type, name, provider, options }) => [urn, { type, name, provider, options }] as const,
  );
  const together = [...parts].map(([urn, part]) => [urn, structureOfPart(part)] as const);
  return {
    single: Object.fromEntries<object>(single),
    together: Object.fromEntries<object>(together),
  };
}

/** All but the outputs: those of resources are their providers', and those of components are made from them. */
function structureOfPart({ parent, dependencies, propertyDependencies, provider, options }: RecordedPart) {
  return { parent, dependencies, propertyDependencies, provider, options };
}

function differencesOf(
  engine: RecordedResource,
  embedded: RecordedResource,
  part: RecordedPart | undefined,
): Difference[] {
  const found: Difference[] = [];
  const note = (path: string, a: unknown, b: unknown, isDefault: boolean) => {
    const input = path.split(".")[0] ?? "";
    const madeFrom = new Set((part?.propertyDependencies[input] ?? []).map(urnType));
    found.push({
      urn: engine.urn,
      type: engine.type,
      path,
      engine: a,
      embedded: b,
      isDefault,
      madeFrom,
    });
  };
  walk("", engine.inputs, embedded.inputs, false, note);
  return found;
}

type Note = (path: string, engine: unknown, embedded: unknown, isDefault: boolean) => void;

function walk(path: string, a: unknown, b: unknown, isDefault: boolean, note: Note): void {
  if (Object.is(a, b)) return;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) {
    note(path, a, b, isDefault);
    return;
  }
  const defaults = isObject(a) && Array.isArray(a.__defaults) ? (a.__defaults as unknown[]) : [];
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
    walk(path === "" ? name : `${path}.${name}`, a[name], b[name], defaults.includes(name), note);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
