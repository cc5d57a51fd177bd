import { z } from "zod";

/** A key of a schema, as the documents show it. */
export interface ConfigKey {
  /** `[]` stands for each item of a list, `<name>` for each name of a record. */
  readonly path: string;
  readonly shape: string;
  /** The default in backticks, or `required` or `none`. */
  readonly byDefault: string;
  readonly description: string;
}

/**
 * Every key of a schema, at every depth, in the schema's order. The shape is the `shape` of the schema's metadata, or
 * follows from its type.
 *
 * @throws Error when a key has no description.
 */
export function configKeys(schema: z.core.$ZodType, path = ""): ConfigKey[] {
  const { bare } = unwrap(schema);
  if (bare instanceof z.ZodArray) return configKeys(bare.element, `${path}[]`);
  if (bare instanceof z.ZodRecord) return configKeys(bare.valueType, `${path}.<name>`);
  if (!(bare instanceof z.ZodObject)) return [];
  return entries(bare).flatMap(([name, part]) => {
    const at = path === "" ? name : `${path}.${name}`;
    const description = metadata(part, "description");
    if (description === undefined) throw new Error(`${at} has no description: add .describe() to its schema`);
    const key = { path: at, shape: shapeOf(part), byDefault: unwrap(part).byDefault, description };
    return [key, ...configKeys(part, at)];
  });
}

/** The keys of an object, or one key in place of all: the projects of all roles have the same keys. */
function entries(schema: z.ZodObject): [string, z.core.$ZodType][] {
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
  const placeholder = metadata(schema, "keys");
  const all = Object.entries(shape);
  return placeholder === undefined ? all : all.slice(0, 1).map(([, part]) => [placeholder, part]);
}

interface Unwrapped {
  readonly bare: z.core.$ZodType;
  readonly byDefault: string;
}

/** The schema within its wrappers, and the value that applies where the key is left out. */
function unwrap(schema: z.core.$ZodType): Unwrapped {
  if (schema instanceof z.ZodOptional) return { ...unwrap(schema.unwrap()), byDefault: "none" };
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return { ...unwrap(schema.unwrap()), byDefault: literal(schema.def.defaultValue) };
  }
  if (schema instanceof z.ZodPipe) return unwrap(schema.out);
  return { bare: schema, byDefault: "required" };
}

function literal(value: unknown): string {
  const text = typeof value === "string" && value !== "" ? value : JSON.stringify(value);
  return `\`${text}\``;
}

/** A text of a schema's metadata, or of the schema that it wraps. */
function metadata(schema: z.core.$ZodType, name: string): string | undefined {
  const own = z.globalRegistry.get(schema)?.[name];
  if (typeof own === "string") return own;
  if (schema instanceof z.ZodPipe) return metadata(schema.out, name);
  const isWrapper =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
  return isWrapper ? metadata(schema.unwrap(), name) : undefined;
}

function shapeOf(schema: z.core.$ZodType): string {
  const named = metadata(schema, "shape");
  if (named !== undefined) return withCode(named);
  const { bare } = unwrap(schema);
  if (bare instanceof z.ZodBoolean) return "true or false";
  if (bare instanceof z.ZodNumber) return `whole number${range(bare)}`;
  if (bare instanceof z.ZodString) return bare.maxLength === null ? "text" : characters(bare);
  if (bare instanceof z.ZodEnum) return alternatives(bare.options.map((option) => `\`${option}\``));
  if (bare instanceof z.ZodArray) return list(bare);
  if (bare instanceof z.ZodRecord) return `object, by name: ${shapeOf(bare.keyType)}`;
  if (bare instanceof z.ZodObject) return "object";
  throw new Error(`no shape for a schema of type ${bare._zod.def.type}`);
}

function range({ minValue, maxValue, def }: z.ZodNumber): string {
  const positive = (def.checks ?? []).some(
    ({ _zod: { def: check } }) => check.check === "greater_than" && "inclusive" in check && !check.inclusive,
  );
  const least = minValue === null || minValue < 0 ? undefined : minValue + (positive ? 1 : 0);
  const isBounded = maxValue !== null && maxValue < Number.MAX_SAFE_INTEGER;
  if (least === undefined) return "";
  return isBounded ? `, ${String(least)} to ${String(maxValue)}` : `, ${String(least)} or more`;
}

function characters({ minLength, maxLength }: z.ZodString): string {
  return `${String(minLength ?? 0)} to ${String(maxLength)} characters`;
}

function list(schema: z.ZodArray): string {
  const element = unwrap(schema.element).bare;
  const isFilled = (schema.def.checks ?? []).some(({ _zod: { def } }) => def.check === "min_length");
  const items =
    element instanceof z.ZodEnum
      ? `list of ${element.options.map((option) => `\`${option}\``).join(", ")}`
      : "list";
  return isFilled ? `${items}; at least one` : items;
}

function alternatives(options: readonly string[]): string {
  return options.join(", ").replace(/, (?=[^,]*$)/, " or ");
}

/** Symbols and forms such as `folders/NUMBER` in backticks: Markdown would take them for markup. */
function withCode(shape: string): string {
  if (shape.includes("`")) return shape;
  return shape.replace(/\S+/g, (word) => {
    const [, token = "", end = ""] = /^(.*?)([,;:]?)$/.exec(word) ?? [];
    const isSymbol = /^[^\p{L}\p{N}\s]+$/u.test(token);
    const isForm = /[/@*_…]/.test(token) && !/^[A-Z][a-z]+\/[A-Z][a-z]+$/.test(token);
    return isSymbol || isForm ? `\`${token}\`${end}` : word;
  });
}
