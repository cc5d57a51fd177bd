import { isDeepStrictEqual } from "node:util";
import { parsePath } from "../project/config-path.ts";
import { isSecretValue, isUnknownValue } from "./engine-values.ts";

/** A changed property with its value before and after. */
export interface Change {
  /** `spec.replicas` */
  readonly path: string;
  /**
   * The value in the state as JSON, shortened around the first difference; `[secret]` for a secret, `[unknown]` for an
   * unknown value; null if absent.
   */
  readonly old: string | null;
  /** The value after the update, in the same form. */
  readonly new: string | null;
}

/** The state of a resource before or after an update, in an event of the engine. */
interface State {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>> | undefined;
}

/** The fields of an engine's step that describe its changes. */
export interface StepChanges {
  readonly old?: State | null;
  readonly new?: State | null;
  readonly diffs?: readonly string[] | null;
  readonly detailedDiff?: Readonly<
    Record<string, { readonly diffKind: string; readonly inputDiff?: boolean }>
  > | null;
}

/** Returns the changed properties, as precisely as the provider reports them; dynamic providers report none. */
export function changesIn(step: StepChanges): readonly Change[] {
  const { detailedDiff, old, new: after } = step;
  return pathsIn(step)
    .filter(isVisible)
    .map((path) => {
      // The side that the provider compares with, as in the engine's own display (pkg/engine/detailedDiff.go).
      const isInput = detailedDiff?.[path]?.inputDiff === true;
      const before = (isInput ? undefined : valueAt(old?.outputs, path)) ?? valueAt(old?.inputs, path);
      return { path, ...shortened(shown(before), shown(valueAt(after?.inputs, path))) };
    });
}

/** Whether a property is shown: names with two underscores are internal to Pulumi. */
export function isVisible(property: string): boolean {
  return !property.startsWith("__");
}

function pathsIn({ detailedDiff, diffs, old, new: after }: StepChanges): readonly string[] {
  if (detailedDiff && Object.keys(detailedDiff).length > 0) return Object.keys(detailedDiff);
  if (diffs && diffs.length > 0) return diffs;
  if (!old || !after) return [];
  const names = Object.keys({ ...old.inputs, ...after.inputs });
  return names.filter((name) => !isDeepStrictEqual(old.inputs[name], after.inputs[name]));
}

/** The value at a path; a top-level name may itself contain path separators. */
function valueAt(properties: Readonly<Record<string, unknown>> | undefined, path: string): unknown {
  if (properties === undefined) return undefined;
  if (Object.hasOwn(properties, path)) return properties[path];
  return pathSteps(path).reduce<unknown>((value, step) => {
    if (typeof value !== "object" || value === null) return hidden(value);
    return Object.hasOwn(value, step) ? (value as Record<string | number, unknown>)[step] : undefined;
  }, properties);
}

/** A part of a secret is secret, and a part of an unknown value is unknown. */
function hidden(value: unknown): unknown {
  return isSecretValue(value) || isUnknownValue(value) ? value : undefined;
}

function pathSteps(path: string): readonly (string | number)[] {
  try {
    return parsePath(path);
  } catch {
    return [path]; // not a path: the change is shown without values
  }
}

/** A value as JSON on one line. */
function shown(value: unknown): string | null {
  if (value === undefined) return null;
  const plain = toPlain(value);
  return plain === SECRET || plain === UNKNOWN ? plain : escaped(JSON.stringify(plain));
}

const SECRET = "[secret]";
const UNKNOWN = "[unknown]";

function toPlain(value: unknown): unknown {
  if (isSecretValue(value)) return SECRET;
  if (isUnknownValue(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toPlain(part)]));
}

/** Escapes control and bidirectional characters that JSON leaves as they are. */
function escaped(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The maximum number of characters shown of a value. */
const LENGTH = 80;
/** How many of them precede the first difference. */
const LEAD = 20;

/** Shortens two values around their first difference. */
function shortened(old: string | null, after: string | null): Pick<Change, "old" | "new"> {
  const [a, b] = [Array.from(old ?? ""), Array.from(after ?? "")];
  const fit = a.length <= LENGTH && b.length <= LENGTH;
  const found = a.findIndex((character, index) => character !== b[index]);
  const differs = found < 0 ? a.length : found;
  const start = fit || old === null || after === null ? 0 : Math.max(0, differs - LEAD);
  const cut = (characters: readonly string[]) => {
    const rest = characters.slice(start);
    const head = rest.length <= LENGTH ? rest.join("") : `${rest.slice(0, LENGTH - 1).join("")}…`;
    return start === 0 ? head : `…${head}`;
  };
  return { old: old === null ? null : cut(a), new: after === null ? null : cut(b) };
}
