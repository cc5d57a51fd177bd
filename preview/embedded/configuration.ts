import { UserError } from "../user-error.ts";
import type { PulumiProject } from "../project/project.ts";
import type { ConfigValue } from "../project/stack-file.ts";

/** The configuration of a program: strings, by `NAMESPACE:NAME`. */
export interface Configuration {
  readonly values: ReadonlyMap<string, string>;
  /** Keys whose values are or contain secrets. */
  readonly secretKeys: readonly string[];
}

/** The declaration of a key in Pulumi.yaml. */
interface Declaration {
  /** Absent if the project sets a value without a type. */
  readonly type?: string;
  readonly items?: Items;
  readonly secret?: boolean;
  /** The default value. */
  readonly value?: unknown;
}

interface Items {
  readonly type: string;
  readonly items?: Items;
}

/**
 * Merges a stack's values with the project's defaults and validates the types that the project declares, as the CLI does
 * (pkg/workspace/config.go).
 *
 * @param stack the stack's name
 * @param given the stack's own values
 * @throws UserError with the CLI's message if a value is missing or has the wrong type.
 */
export function configurationOf(
  project: PulumiProject,
  stack: string,
  given: readonly ConfigValue[],
): Configuration {
  const own = new Map(given.map((one) => [qualified(one.key, project.name), one]));
  const declared = Object.entries(project.config).map(
    ([key, entry]) => [key, qualified(key, project.name), parseDeclaration(entry)] as const,
  );
  const missing = declared
    .filter(
      ([, key, { value }]) => !own.has(key) && value === undefined && key.startsWith(`${project.name}:`),
    )
    .map(([key]) => key);
  if (missing.length > 0) throw new UserError(missingText(stack, missing));
  const values = new Map([...own].map(([key, { value }]) => [key, asText(value)]));
  for (const [key, full, declaration] of declared) {
    const found = own.get(full);
    if (found !== undefined) check(stack, key, declaration, found);
    else if (declaration.value !== undefined) values.set(full, asText(declaration.value));
  }
  const secretKeys = [...own].filter(([, { secret }]) => secret).map(([key]) => key);
  return { values, secretKeys };
}

/** Adds the namespace to a key; old files have `config` between the two. */
function qualified(key: string, project: string): string {
  const [namespace = "", ...rest] = key.split(":");
  if (rest.length === 0) return `${project}:${key}`;
  return `${namespace}:${(rest[0] === "config" && rest.length > 1 ? rest.slice(1) : rest).join(":")}`;
}

/** A declaration is an object; anything else is the value itself. */
function parseDeclaration(entry: unknown): Declaration {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return { value: entry };
  const { type, items, secret, value, default: fallback } = entry as Record<string, unknown>;
  return {
    ...(typeof type === "string" && { type }),
    ...(items !== undefined && { items: items as Items }),
    secret: secret === true,
    value: fallback ?? value,
  };
}

function check(stack: string, key: string, { type, items, secret }: Declaration, found: ConfigValue): void {
  if (type === undefined) return;
  const subject = `Stack '${stack}' with configuration key '${key}'`;
  if (secret === true && !found.secret) throw new UserError(`${subject} must be encrypted as it's secret`);
  if (!fits(found.value, type, items))
    throw new UserError(`${subject} must be of type '${typeName(type, items)}'`);
}

function fits(value: unknown, type: string, items: Items | undefined): boolean {
  switch (type) {
    case "string":
      return typeof value !== "object" || value === null;
    case "integer":
      return typeof value === "string" ? /^[+-]?\d+$/.test(value) : Number.isInteger(value);
    case "boolean":
      return typeof value === "boolean" || value === "true" || value === "false";
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    default:
      return (
        Array.isArray(value) &&
        items !== undefined &&
        value.every((item) => fits(item, items.type, items.items))
      );
  }
}

function typeName(type: string, items: Items | undefined): string {
  return type === "array" && items !== undefined ? `array<${typeName(items.type, items.items)}>` : type;
}

function missingText(stack: string, keys: readonly string[]): string {
  const quoted = keys.toSorted().map((key) => `'${key}'`);
  const last = quoted.at(-1) ?? "";
  const list = quoted.length === 1 ? last : `${quoted.slice(0, -1).join(", ")} and ${last}`;
  return `Stack '${stack}' is missing configuration value${quoted.length === 1 ? "" : "s"} ${list}`;
}

/** Formats a value the way programs get it: scalars as they are, everything else as Go formats JSON. */
function asText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "object") return goJson(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Formats JSON as Go does: sorted names, and HTML characters escaped. */
function goJson(value: object): string {
  const sorted = (_: string, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part;
  return JSON.stringify(value, sorted).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
