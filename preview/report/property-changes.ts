import { isDeepStrictEqual } from "node:util";
import { parsePath } from "../project/config-path.ts";
import { isSecretValue, isUnknownValue } from "./engine-values.ts";

/** A property that differs, and how it is shown before and after. */
export interface Change {
  /** `spec.replicas` */
  readonly path: string;
  /**
   * The value in the state as JSON, a long one shortened to where the two differ; `[secret]` for a secret, `[unknown]`
   * for what is not known before the update; null where there is none.
   */
  readonly old: string | null;
  /** The value after the update, in the same form. */
  readonly new: string | null;
}

/** What the engine tells of a resource before or after an update. */
interface State {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>> | undefined;
}

/** The parts of an engine's step that say what differs. */
export interface StepChanges {
  readonly old?: State | null;
  readonly new?: State | null;
  readonly diffs?: readonly string[] | null;
  readonly detailedDiff?: Readonly<
    Record<string, { readonly diffKind: string; readonly inputDiff?: boolean }>
  > | null;
}

/** The properties that differ, as precisely as the provider says it; dynamic providers say nothing. */
export function changesIn(step: StepChanges): readonly Change[] {
  const { detailedDiff, old, new: after } = step;
  return pathsIn(step)
    .filter(isVisible)
    .map((path) => {
      // What a provider compares with, as the engine's own display has it (pkg/engine/detailedDiff.go).
      const isInput = detailedDiff?.[path]?.inputDiff === true;
      const before = (isInput ? undefined : valueAt(old?.outputs, path)) ?? valueAt(old?.inputs, path);
      return { path, ...shortened(shown(before), shown(valueAt(after?.inputs, path))) };
    });
}

/** Names with two underscores are Pulumi's own. */
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

/** The value under a path; a name at the top may hold what would part the steps of a path. */
function valueAt(properties: Readonly<Record<string, unknown>> | undefined, path: string): unknown {
  if (properties === undefined) return undefined;
  if (Object.hasOwn(properties, path)) return properties[path];
  return pathSteps(path).reduce<unknown>((value, step) => {
    if (typeof value !== "object" || value === null) return hidden(value);
    return Object.hasOwn(value, step) ? (value as Record<string | number, unknown>)[step] : undefined;
  }, properties);
}

/** What is within a secret is secret, and what is within something unknown is unknown. */
function hidden(value: unknown): unknown {
  return isSecretValue(value) || isUnknownValue(value) ? value : undefined;
}

function pathSteps(path: string): readonly (string | number)[] {
  try {
    return parsePath(path);
  } catch {
    return [path]; // a name that is not there: the change is shown without its values
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

/** Without what a terminal takes for more than a text and JSON leaves as it is. */
function escaped(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** How many characters of a value are shown. */
const LENGTH = 80;
/** How many of those stand before the first that differs. */
const LEAD = 20;

/** Two values around the first character that differs. */
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
