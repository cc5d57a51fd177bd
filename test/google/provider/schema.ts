import { isObject, type Json, type JsonObject } from "../json.ts";
import type { Configuration } from "./configuration.ts";

/**
 * How a field is written: a primitive value, a map of texts, an ordered list of primitives, a set of primitives (its
 * order means nothing), a block that is there at most once, or a list of blocks.
 */
export type Shape = "value" | "map" | "list" | "set" | "block" | "blocks";

/** A field of a resource type, in the words of the provider's own schema. */
export interface Field {
  /** Who gives the value: the program must, the program may, the program may or else Google does, Google alone. */
  readonly source: "required" | "optional" | "optionalComputed" | "computed";
  /** `value` by default. */
  readonly shape?: Shape;
  /** The fields within a block; a block without them is taken as it is given. */
  readonly fields?: Fields;
  /** What Check fills in where the program gives nothing, and lists under `__defaults`. */
  readonly default?: Json;
  /** What is planned where the program gives nothing; Check does not fill it in. */
  readonly planned?: Json;
  /** What a field has that Google leaves out of a response; by default what is empty for its shape. */
  readonly zero?: Json;
  /** Check gives a name where the program gives none. */
  readonly autonamed?: boolean;
  /** Whether a change replaces the resource. */
  readonly replaces?: boolean;
  /** Whether the value is marked as secret. */
  readonly secret?: boolean;
  /** Whether the provider alone knows the field: it is neither sent to Google nor read from there. */
  readonly local?: boolean;
  /** Whether two different texts mean the same. */
  readonly isSame?: (state: string, planned: string) => boolean;
  /** The value as it follows from the inputs; undefined where it does not yet. */
  readonly derive?: (inputs: JsonObject, configuration: Configuration) => Json | undefined;
}

export type Fields = Readonly<Record<string, Field>>;

/** What a behaviour follows: the recorded calls of the real plugin, or the page of a documentation. */
export type Evidence = "recorded" | { readonly assumed: string };

type Options = Omit<Field, "source">;

/** A field that the program must give. */
export const required = (options: Options = {}): Field => ({ source: "required", ...options });
/** A field that the program may give. */
export const optional = (options: Options = {}): Field => ({ source: "optional", ...options });
/** A field that the program may give, and Google otherwise. */
export const optionalComputed = (options: Options = {}): Field => ({
  source: "optionalComputed",
  ...options,
});
/** A field that Google gives, or that follows from others. */
export const computed = (options: Options = {}): Field => ({ source: "computed", ...options });

/** The project of a resource: the program's, or the provider's. */
export const project = (options: Options = {}): Field =>
  optional({ derive: (_, configuration) => configuration.project, ...options });

/** Whether a resource may be deleted; the provider alone keeps it. */
export const deletionPolicy: Field = optional({ planned: "DELETE", local: true });

/** The labels that the provider adds to those that a program gives in a field. */
export function labelFields(field = "labels"): Fields {
  const derive: Field["derive"] = (inputs, { attribution }) => {
    const given = inputs[field];
    return isObject(given) ? { ...given, ...attribution } : { ...attribution };
  };
  return {
    [field]: optional({ shape: "map", local: true }),
    effectiveLabels: computed({ shape: "map", derive }),
    pulumiLabels: computed({ shape: "map", derive, local: true }),
  };
}

/** What a field has where there is nothing: planned before Google has answered. */
export function emptyPlan({ planned, shape }: Field): Json {
  return planned ?? (shape === "blocks" ? [] : null);
}
