import { UserError } from "../user-error.ts";

/** An override of a value in the stack file: `mllpAdapter.image=…`. */
export interface Override {
  /** The key, then names and indices within its value: `["images", 0, "image"]`. */
  readonly path: readonly [string, ...(string | number)[]];
  /** Plain data; from a command line a string, an integer or a boolean. */
  readonly value: unknown;
}

/** A step of a path: a name, an index in brackets, or a name in brackets and quotes. */
const STEP = /(?:^|(?<=[^])\.)(?<name>[^.[\]"=]+)|\[(?<index>\d+)\]|\["(?<quoted>(?:[^"\\]|\\.)+)"\]/y;

/**
 * Parses `KEY.PATH=VALUE`, in the syntax of `pulumi config set --path`: names joined by dots, indices in brackets, names
 * with dots in brackets and quotes. `true`, `false` and integers are converted.
 *
 * @throws UserError if the syntax is invalid.
 */
export function parseOverride(text: string): Override {
  const { path, end } = readPath(text);
  const [key, ...rest] = path;
  if (typeof key !== "string" || text[end] !== "=") {
    throw new UserError(
      `--config ${text}: expected KEY.PATH=VALUE, such as mllpAdapter.image=… or images[0].owner=…`,
    );
  }
  return { path: [key, ...rest], value: typed(text.slice(end + 1)) };
}

/**
 * Parses a path, `fhirClients.payer.patient`.
 *
 * @throws UserError if the syntax is invalid.
 */
export function parsePath(text: string): Override["path"] {
  const { path, end } = readPath(text);
  const [key, ...rest] = path;
  if (typeof key !== "string" || end < text.length)
    throw new UserError(`"${text}" is not a path of a stack file.`);
  return [key, ...rest];
}

/** Formats a path the way `parseOverride` parses it. */
export function formatPath(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    if (/[.[\]"=]/.test(step) || step === "") return `${text}["${step.replace(/["\\]/g, "\\$&")}"]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
}

function readPath(text: string): { path: (string | number)[]; end: number } {
  const path: (string | number)[] = [];
  let end = 0;
  for (;;) {
    STEP.lastIndex = end;
    const groups = STEP.exec(text)?.groups;
    if (groups === undefined) return { path, end };
    path.push(
      groups.index === undefined ? (groups.name ?? unquote(groups.quoted ?? "")) : Number(groups.index),
    );
    end = STEP.lastIndex;
  }
}

function unquote(text: string): string {
  return text.replace(/\\(.)/gs, "$1");
}

/** Converts a value as `pulumi config set --path` does. */
function typed(value: string): string | number | boolean {
  if (value === "true" || value === "false") return value === "true";
  return /^(?:0|-?[1-9]\d{0,14})$/.test(value) ? Number(value) : value;
}
