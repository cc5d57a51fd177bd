import { z } from "zod";
import { nearest } from "../../components/nearest.ts";

/** An invalid value of a file, with a message that states what would be valid. */
export interface ConfigIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The errors of one file, and its data. */
export interface InvalidFile {
  readonly file: string;
  /** The prefix of every key of the file: the project's namespace, or empty. */
  readonly prefix: string;
  readonly data: unknown;
  readonly issues: readonly ConfigIssue[];
}

/** All errors of all files at once: the key of each, its value, and what is allowed. */
export class ConfigError extends Error {
  readonly files: readonly InvalidFile[];

  constructor(files: readonly InvalidFile[]) {
    super(files.map(inLines).join("\n"));
    this.name = "ConfigError";
    this.files = files;
  }
}

function inLines({ file, prefix, data, issues }: InvalidFile): string {
  const count = issues.length === 1 ? "1 error" : `${issues.length} errors`;
  return [`${file}: ${count}`, ...issues.map((issue) => `  ${describeIssue(issue, data, prefix)}`)].join(
    "\n",
  );
}

/** An issue on one line: key, value, and what is wrong with it. */
export function describeIssue({ path, message }: ConfigIssue, data: unknown, prefix: string): string {
  const where = path.length === 0 ? "the file as a whole" : `${prefix}${keyPath(path)}`;
  return `${where}${equals(valueAt(data, path))}: ${message}`;
}

/** ` = VALUE`, on one line and not too long; empty for undefined. */
export function equals(value: unknown): string {
  return value === undefined ? "" : ` = ${shorten(JSON.stringify(value))}`;
}

/** A path as `pulumi config --path` writes it: `images[0].image`. */
export function keyPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${String(key)}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    data,
  );
}

/** A value on one line, shortened; a private key given by accident is never logged. */
function shorten(text: string): string {
  const shown = text.replace(/PRIVATE KEY-----.*/, "PRIVATE KEY-----…");
  return shown.length <= 100 ? shown : `${shown.slice(0, 97)}…`;
}

/** The issues that a schema finds in a value; each unknown key is one. */
export function schemaIssues(schema: z.ZodType, data: unknown): ConfigIssue[] {
  const result = schema.safeParse(data);
  return result.success ? [] : result.error.issues.flatMap((issue) => fromIssue(issue, schema));
}

function fromIssue(issue: z.core.$ZodIssue, schema: z.ZodType): ConfigIssue[] {
  if (issue.code !== "unrecognized_keys") return [{ path: issue.path, message: inWords(issue) }];
  const known = Object.keys(objectAt(schema, issue.path)?.shape ?? {});
  return issue.keys.map((key) => ({
    path: [...issue.path, key],
    message: `is an unknown key${suggestion(key, known) || `: the keys are ${known.join(", ")}`}`,
  }));
}

/** `: did you mean NAME?`, to append to a message; empty where no known name is near. */
export function suggestion(given: string, known: readonly string[]): string {
  const meant = nearest(given, known);
  return meant === undefined ? "" : `: did you mean ${meant}?`;
}

/** How zod's own messages begin; every other message is the schema's own, and is kept. */
const ZODS_OWN = /^(?:Invalid|Too small|Too big)/;

function inWords(issue: z.core.$ZodIssue): string {
  if (!ZODS_OWN.test(issue.message)) return issue.message;
  switch (issue.code) {
    case "invalid_type":
      return issue.message.endsWith("received undefined")
        ? "is missing"
        : `is not ${article(issue.expected)}`;
    case "invalid_key":
      return `has a name that ${issue.issues.map(inWords).join(", and ")}`;
    case "invalid_value":
      return `is not one of ${issue.values.map(String).join(", ")}`;
    case "too_big":
      return `is ${issue.origin === "number" ? "more" : "longer"} than ${String(issue.maximum)}`;
    case "too_small":
      return tooSmall(issue);
    default:
      return issue.message;
  }
}

function tooSmall({ origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): string {
  if (origin === "number") return `is ${inclusive === false ? "not more" : "less"} than ${String(minimum)}`;
  return minimum === 1 ? "is empty" : `is shorter than ${String(minimum)}`;
}

function article(type: string): string {
  if (type === "int") return "a whole number";
  if (type === "record") return "an object";
  return `${/^[aeio]/.test(type) ? "an" : "a"} ${type}`;
}

/** The object schema under a path, through optional, default and array wrappers. */
function objectAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): z.ZodObject | undefined {
  const bare = unwrap(schema);
  const [key, ...rest] = path;
  if (key === undefined) return bare instanceof z.ZodObject ? bare : undefined;
  if (bare instanceof z.ZodArray) return objectAt(bare.element, rest);
  if (bare instanceof z.ZodRecord) return objectAt(bare.valueType, rest);
  const next = bare instanceof z.ZodObject ? fields(bare)[String(key)] : undefined;
  return next === undefined ? undefined : objectAt(next, rest);
}

function fields(schema: z.ZodObject): Readonly<Record<string, z.core.$ZodType>> {
  return schema.shape;
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return unwrap(schema.unwrap());
  }
  return schema;
}

/** A value of which some parts may be missing, at any depth. */
export type Partially<T> = T extends readonly (infer U)[]
  ? Partially<U>[]
  : T extends object
    ? { [K in keyof T]?: Partially<T[K]> | undefined }
    : T;

/**
 * The valid parts of a value, so that checks across keys still run where another key is invalid:
 * objects and records key by key, lists of objects item by item (an item that is wrong is an empty object), everything
 * else only where it is valid as a whole.
 */
export function salvage<S extends z.core.$ZodType>(
  schema: S,
  data: unknown,
): Partially<z.core.output<S>> | undefined {
  return salvaged(schema, data) as Partially<z.core.output<S>> | undefined;
}

function salvaged(schema: z.core.$ZodType, data: unknown): unknown {
  const bare = unwrap(schema);
  const result = z.safeParse(schema, data);
  if (result.success) return result.data;
  if (bare instanceof z.ZodArray && unwrap(bare.element) instanceof z.ZodObject && Array.isArray(data)) {
    return data.map((item) => z.safeParse(bare.element, item).data ?? {});
  }
  if (typeof data !== "object" || data === null) return undefined;
  const value = data as Record<string, unknown>;
  if (bare instanceof z.ZodRecord) {
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, salvaged(bare.valueType, part)]),
    );
  }
  if (!(bare instanceof z.ZodObject)) return undefined;
  return Object.fromEntries(
    Object.entries(fields(bare)).map(([key, part]) => [key, salvaged(part, value[key])]),
  );
}
