/**
 * How Envoy brings a path into normal form before a rule sees it. Cilium sets `normalize_path`, `merge_slashes` and
 * `path_with_escaped_slashes_action: UNESCAPE_AND_REDIRECT`.
 *
 * Source: Envoy, source/common/http/path_utility.cc and conn_manager_utility.cc; googleurl, url/url_canon_path.cc.
 */

/** What becomes of a path. */
export type NormalPath =
  /** It goes on, in this form. */
  | { readonly kind: "path"; readonly path: string }
  /** Envoy itself answers, with a redirection to another path or an error: the request does not reach the server. */
  | { readonly kind: "answered"; readonly status: 307 | 400; readonly location?: string }
  /** Envoy's versions differ. */
  | { readonly kind: "unknown"; readonly why: string };

// Envoy refuses what HTTP/1.1 does not allow in a request line.
const FORBIDDEN = /[^\x21-\x7e]|#/;
/** For a whole URL, or for the server itself. */
const ELSEWHERE = /^(?:[a-z][a-z\d+.-]*:\/\/|\*)/i;
const ESCAPED_SLASH = /%(?:2f|5c)/gi;
/** A dot segment with parameters: Envoy 1.40 takes it for a dot segment, 1.37 does not. */
const DOTS_WITH_PARAMETERS = /(?:^|[/\\])(?:\.|%2e){1,2};/i;

/** Brings `:path` into normal form. The query is left as it is. */
export function normalizePath(path: string): NormalPath {
  if (ELSEWHERE.test(path)) return { kind: "unknown", why: "only requests for a path are modelled" };
  if (!path.startsWith("/") || FORBIDDEN.test(path)) return { kind: "answered", status: 400 };
  const question = path.indexOf("?");
  const [file, query] = question < 0 ? [path, ""] : [path.slice(0, question), path.slice(question)];
  if (NORMAL.test(file)) return { kind: "path", path };
  const unescaped = file.replaceAll(ESCAPED_SLASH, (slash) => (slash.toLowerCase() === "%2f" ? "/" : "\\"));
  if (DOTS_WITH_PARAMETERS.test(unescaped)) {
    return { kind: "unknown", why: "versions of Envoy differ on a dot segment with parameters" };
  }
  if (unescaped.includes("%00")) return { kind: "answered", status: 400 };
  const normal = mergeSlashes(removeDots(canonicalCharacters(unescaped))) + query;
  return unescaped === file
    ? { kind: "path", path: normal }
    : { kind: "answered", status: 307, location: normal };
}

/** The normalized path, or the path as it is where Envoy answers itself or its versions differ. */
export function normalizedOrOriginalPath(path: string): string {
  const normal = normalizePath(path);
  return normal.kind === "path" ? normal.path : path;
}

/** Most paths: segments that do not begin with a dot, of characters that mean themselves. */
const NORMAL = /^(?:\/[\w\-~!$&'()*+,;=:@[\]][\w.\-~!$&'()*+,;=:@[\]]*)*\/?$/;

/** Letters, digits and `-_~.` are never escaped, what else has a meaning in a path stays as it is. */
function canonicalCharacters(file: string): string {
  return unescaped(file.replaceAll("\\", "/")).replaceAll(
    /["<>^`{|}]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Without the escapes that need not be; `%%442` becomes `%25D2` and not `%D2`, which would be another escape. */
function unescaped(file: string): string {
  let made = "";
  // Where a percent sign stands that begins no escape.
  let stray = -Infinity;
  for (const { 0: token, index } of file.matchAll(/%[\da-f]{2}|[^]/gi)) {
    const character = token.length === 1 ? token : String.fromCharCode(Number.parseInt(token.slice(1), 16));
    if (token === "%") stray = made.length;
    if (token.length === 1 || !/[\w\-~.]/.test(character)) {
      made += token;
      continue;
    }
    made += character;
    const next = made.length - stray === 2 ? file.charAt(index + token.length) : "";
    if (made.length - stray <= 3 && /^%[\da-f]{2}$/i.test(made.slice(stray) + next)) {
      made = `${made.slice(0, stray)}%25${made.slice(stray + 1)}`;
    }
  }
  return made;
}

function removeDots(file: string): string {
  const segments = file.split("/").slice(1);
  const kept: string[] = [];
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment === "..") kept.pop();
    if (segment === "." || segment === "..") {
      if (last) kept.push("");
    } else kept.push(segment);
  }
  return `/${kept.join("/")}`;
}

function mergeSlashes(file: string): string {
  if (!file.includes("//")) return file;
  const joined = file
    .split("/")
    .filter((segment) => segment !== "")
    .join("/");
  return `/${joined}${file.endsWith("/") ? "/" : ""}`;
}
