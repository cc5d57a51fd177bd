import type { Options } from "../options.ts";
import { compilePattern, type RegexPattern } from "../re2/regex-pattern.ts";
import { programSize } from "../re2/program-size.ts";

/** HTTP rules of policies, and whether they let a request pass. */

/** A header that a rule asks for. */
export interface HeaderCondition {
  /** In lower case. */
  readonly name: string;
  /** The value; any will do when absent. */
  readonly value?: string | undefined;
  /** Whether the value lies in a secret, which is not read here. */
  readonly secret: boolean;
}

/** One rule of `rules.http`. What it does not name may be anything. */
export interface HttpRule {
  /** Where it stands in its policy: `spec.egress[0].toPorts[0].rules.http[1]`. */
  readonly at: string;
  readonly path?: RegexPattern | undefined;
  readonly method?: RegexPattern | undefined;
  readonly host?: RegexPattern | undefined;
  readonly headers: readonly HeaderCondition[];
}

/** The rules of one `toPorts`, with those found quickly that name one path. */
export interface HttpRules {
  readonly rules: readonly HttpRule[];
  readonly byPath: ReadonlyMap<string, readonly HttpRule[]>;
  readonly others: readonly HttpRule[];
  /** Whether one rule stands there twice. */
  readonly repeats: boolean;
  /** Why Envoy takes none of it, when it does not. */
  readonly faults: readonly string[];
}

/** A request as Envoy matches it. */
export interface HttpRequest {
  readonly method: string;
  /** In normal form, with its query. */
  readonly path: string;
  /** The host that it names; not known when absent. */
  readonly host?: string | undefined;
  /** Its headers by name in lower case; not known when absent. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** An HTTP rule as a policy has it; its form has been checked. */
export interface HttpRuleObject {
  readonly path?: string | undefined;
  readonly method?: string | undefined;
  readonly host?: string | undefined;
  readonly headers?: readonly string[] | undefined;
  readonly headerMatches?:
    | readonly {
        readonly mismatch?: string | undefined;
        readonly name: string;
        readonly secret?: object | undefined;
        readonly value?: string | undefined;
      }[]
    | undefined;
}

/** Reads the HTTP rules of one `toPorts`. */
export function parseHttpRules(
  objects: readonly HttpRuleObject[],
  at: string,
  { re2ProgramLimit }: Pick<Options, "re2ProgramLimit">,
): HttpRules {
  const faults: string[] = [];
  const rules = objects.map((object, index) => {
    const here = `${at}[${index}]`;
    const rule = httpRule(object, here, (source) => compiled(source, here, re2ProgramLimit, faults));
    if (rule.headers.some(({ name }) => name === "")) faults.push(`${here}: a header has no name`);
    return rule;
  });
  const withPath = rules.filter(({ path }) => path?.literal !== undefined);
  return {
    rules,
    byPath: Map.groupBy(withPath, ({ path }) => path?.literal ?? ""),
    others: rules.filter(({ path }) => path?.literal === undefined),
    repeats: new Set(objects.map(textOf)).size < objects.length,
    faults,
  };
}

function textOf({
  path = "",
  method = "",
  host = "",
  headers = [],
  headerMatches = [],
}: HttpRuleObject): string {
  return JSON.stringify([path, method, host, headers, headerMatches]);
}

/**
 * Source: pkg/envoy/xds_server.go, `getHTTPRule`. A mismatch with an action (`LOG`, `ADD`, `DELETE`, `REPLACE`) does
 * not keep the request back.
 */
function httpRule(
  object: HttpRuleObject,
  at: string,
  compiled: (source: string) => RegexPattern | undefined,
): HttpRule {
  const { path, method, host, headers = [], headerMatches = [] } = object;
  const pattern = (source: string | undefined) => (source ? compiled(source) : undefined);
  return {
    at,
    path: pattern(path),
    method: pattern(method),
    host: pattern(host),
    headers: [
      ...headers.map(headerOfText),
      ...headerMatches
        .filter(({ mismatch }) => !mismatch)
        .map(({ name, value, secret }) => ({
          name: name.toLowerCase(),
          // An empty text asks for the header alone.
          value: value === "" ? undefined : value,
          secret: secret !== undefined,
        })),
    ],
  };
}

/** Envoy may still reject what Cilium accepts, because Cilium checks neither `host` nor sizes. */
function compiled(source: string, at: string, limit: number, faults: string[]): RegexPattern | undefined {
  try {
    const pattern = compilePattern(source);
    const size = programSize(source);
    if (size > limit) {
      faults.push(`${at}: "${source}" takes ${size} instructions, and Envoy allows ${limit}`);
    }
    return pattern;
  } catch {
    faults.push(`${at}: "${source}" is not a regular expression`);
    return undefined;
  }
}

/** `X-Key: value`, or `X-Key` for a header with any value. */
function headerOfText(text: string): HeaderCondition {
  const space = text.indexOf(" ");
  if (space < 0) return { name: text.toLowerCase(), secret: false };
  const value = text.slice(space + 1);
  return {
    name: text.slice(0, space).replace(/:+$/, "").toLowerCase(),
    value: value === "" ? undefined : value,
    secret: false,
  };
}

/**
 * The rule that lets a request pass.
 *
 * @returns null when none does; undefined when that depends on what is not known of the request
 */
export function matchingRule(
  { byPath, others }: HttpRules,
  request: HttpRequest,
): HttpRule | null | undefined {
  let unknown = false;
  for (const list of [byPath.get(request.path) ?? [], others]) {
    for (const rule of list) {
      const matches = isMatch(rule, request);
      if (matches) return rule;
      if (matches === undefined) unknown = true;
    }
  }
  return unknown ? undefined : null;
}

function isMatch(rule: HttpRule, request: HttpRequest): boolean | undefined {
  if (rule.path !== undefined && !rule.path.matches(request.path)) return false;
  if (rule.method !== undefined && !rule.method.matches(request.method)) return false;
  const host = hostMatches(rule, request);
  const headers = headersMatch(rule, request);
  if (host === false || headers === false) return false;
  return host && headers;
}

function hostMatches({ host }: HttpRule, request: HttpRequest): boolean | undefined {
  if (host === undefined) return true;
  return request.host === undefined ? undefined : host.matches(request.host);
}

function headersMatch({ headers }: HttpRule, request: HttpRequest): boolean | undefined {
  if (headers.length === 0) return true;
  if (request.headers === undefined) return undefined;
  let unknown = false;
  for (const { name, value, secret } of headers) {
    const actual = Object.hasOwn(request.headers, name) ? request.headers[name] : undefined;
    if (actual === undefined) return false;
    if (secret) unknown = true;
    else if (value !== undefined && actual !== value) return false;
  }
  return unknown ? undefined : true;
}
