import { type Document, type Method, methods } from "./discovery.ts";
import { badField } from "./errors.ts";

/** A method of a document, ready to be recognised in a request. */
export interface Route {
  readonly document: Document;
  readonly method: Method;
  /** The custom verb behind the path's last colon, such as `setIamPolicy`; absent for plain methods. */
  readonly verb?: string;
  /** The path parameters' names, in the order of the expression's groups. */
  readonly names: readonly string[];
  readonly expression: RegExp;
}

/** A request that was recognised. */
export interface Match {
  readonly route: Route;
  /** The path parameters, decoded. */
  readonly path: Readonly<Record<string, string>>;
  /** The decoded path below the version, without the custom verb: the name of a resource or of a collection. */
  readonly target: string;
}

const PARAMETER = /\{\+?([^}]+)\}/;

function escape(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function group(method: Method, name: string): string {
  const pattern = method.parameters?.[name]?.pattern ?? "[^/]+";
  return `(${pattern.replace(/^\^|\$$/g, "")})`;
}

/** Compiles one method of a document. */
export function compile(document: Document, method: Method): Route {
  const template = document.servicePath + method.path;
  const names: string[] = [];
  const source = template
    .split(/(\{\+?[^}]+\})/)
    .map((part) => {
      const name = PARAMETER.exec(part)?.[1];
      if (name === undefined) return escape(part);
      names.push(name);
      return group(method, name);
    })
    .join("");
  const verb = /:([A-Za-z]+)$/.exec(template)?.[1];
  return {
    document,
    method,
    names,
    expression: new RegExp(`^${source}$`),
    ...(verb !== undefined && { verb }),
  };
}

/** The part of an expression that is the same in every path; the longer, the narrower is the route. */
function fixedPart({ expression }: Route): number {
  return expression.source.replaceAll("[^/]+", "").replaceAll(".*", "").length;
}

/**
 * Compiles every method of the documents, in the order in which they are tried: methods with a custom verb come
 * first, since `keyRings/a:setIamPolicy` would pass for the name of a key ring as well, then the narrower ones.
 */
export function compileAll(documents: readonly Document[]): Route[] {
  const routes = documents.flatMap((document) =>
    [...methods(document)].map((method) => compile(document, method)),
  );
  const rank = ({ verb }: Route) => (verb === undefined ? 0 : 1);
  return routes.sort((a, b) => rank(b) - rank(a) || fixedPart(b) - fixedPart(a));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badField("path", `Invalid percent-encoding in "${text}".`);
  }
}

/** The name below the version: `compute/v1/projects/p` and `v1/projects/p` both speak of `projects/p`. */
function targetOf(path: string, { document, verb }: Route): string {
  const below = decode(path.slice(document.servicePath.length));
  const named = verb === undefined ? below : below.slice(0, -verb.length - 1);
  return document.servicePath === "" ? named.replace(/^[^/]+\//, "") : named;
}

/**
 * Finds the method that a request asks for.
 *
 * @param path - as it was sent, without leading slash and query.
 * @returns undefined when no method has this path and HTTP method.
 */
export function match(routes: readonly Route[], httpMethod: string, path: string): Match | undefined {
  for (const route of routes) {
    const found = route.method.httpMethod === httpMethod ? route.expression.exec(path) : null;
    if (found === null) continue;
    const values = Object.fromEntries(
      route.names.map((name, index) => [name, decode(found[index + 1] ?? "")]),
    );
    return { route, path: values, target: targetOf(path, route) };
  }
  return undefined;
}
