import { UserError } from "../user-error.ts";

/** A value of the stack file that a what-if changes: `mllpAdapter.image=…`. */
export interface Override {
  /** The key, then names and indices within its value: `["images", 0, "image"]`. */
  readonly path: readonly [string, ...(string | number)[]];
  /** Plain data; from a command line a text, a whole number, true or false. */
  readonly value: unknown;
}

/** A step of a path: a name, an index in brackets, or a name in brackets and quotes. */
const STEP = /(?:^|(?<=[^])\.)(?<name>[^.[\]"=]+)|\[(?<index>\d+)\]|\["(?<quoted>(?:[^"\\]|\\.)+)"\]/y;

/**
 * Reads `KEY.PATH=VALUE`, in the syntax of `pulumi config set --path`: names joined by dots, indices in brackets, names
 * with dots in brackets and quotes. `true`, `false` and whole numbers become what they look like.
 *
 * @throws UserError when it is not of that form.
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
 * Reads a path, `fhirClients.payer.patient`.
 *
 * @throws UserError when it is not one.
 */
export function parsePath(text: string): Override["path"] {
  const { path, end } = readPath(text);
  const [key, ...rest] = path;
  if (typeof key !== "string" || end < text.length)
    throw new UserError(`"${text}" is not a path of a stack file.`);
  return [key, ...rest];
}

/** Writes a path the way `parseOverride` reads it. */
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

/** As `pulumi config set --path` takes values. */
function typed(value: string): string | number | boolean {
  if (value === "true" || value === "false") return value === "true";
  return /^(?:0|-?[1-9]\d{0,14})$/.test(value) ? Number(value) : value;
}
