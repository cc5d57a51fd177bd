import { type Call, type Cloud, type Handlers, projectOf } from "./cloud.ts";
import { badField, GoogleError, type Status, unimplemented } from "./errors.ts";
import type { Json, JsonObject } from "./json.ts";
import { readQuery } from "./query.ts";
import { compileAll, type Match, match, type Route } from "./routes.ts";
import { readMessage } from "./validate.ts";

/** A request as it came over the wire. */
export interface Request {
  readonly httpMethod: string;
  /** `/SERVICE/` and the path of the discovery document, with the query. */
  readonly url: string;
  /** The `authorization` header. */
  readonly authorization: string | undefined;
  readonly body: string;
}

/** What became of a request. */
export interface Answer {
  readonly code: number;
  readonly body: JsonObject;
}

/** A request that the server remembers for the tests. */
export interface Recorded {
  /** The service's name, such as `cloudkms`; empty when no method matched. */
  readonly service: string;
  /** The method's id, such as `cloudkms.projects.locations.keyRings.get`; empty when no method matched. */
  readonly method: string;
  readonly httpMethod: string;
  /** The path without the service, with the query. */
  readonly path: string;
  /** The body as it was sent; null when there was none. */
  readonly body: Json;
  /** The caller's access token; empty when there was none. */
  readonly token: string;
  /** The HTTP code of the answer. */
  readonly code: number;
}

/** The APIs that need no enabling, since it is by them that projects and APIs are managed. */
const ALWAYS_ON = new Set(["serviceusage", "cloudresourcemanager"]);

/** The front end: recognises, reads and checks requests, and has them answered. */
export class FrontEnd {
  readonly #cloud: Cloud;
  readonly #handlers: Handlers;
  readonly #routes = new Map<string, readonly Route[]>();
  readonly #refusals = new Map<string, { times: number; status: Status }>();
  readonly requests: Recorded[] = [];

  constructor(cloud: Cloud, handlers: Handlers) {
    this.#cloud = cloud;
    this.#handlers = handlers;
  }

  /** Refuses the next calls of a method. */
  refuse(method: string, times: number, status: Status): void {
    this.#refusals.set(method, { times, status });
  }

  /** Answers a request, and remembers both. */
  answer(request: Request): Answer {
    const token = /^Bearer (.+)$/i.exec(request.authorization ?? "")?.[1] ?? "";
    const seen = { service: "", method: "", path: request.url, body: parseOr(request.body, request.body) };
    const answer = this.#attempt(request, token, seen);
    this.requests.push({ ...seen, httpMethod: request.httpMethod, token, code: answer.code });
    return answer;
  }

  #attempt(request: Request, token: string, seen: { service: string; method: string; path: string }): Answer {
    try {
      const url = new URL(request.url, "http://localhost");
      const { service, found, path } = this.#find(request.httpMethod, url.pathname);
      Object.assign(seen, { service, method: found.route.method.id, path: path + url.search });
      if (token === "")
        throw new GoogleError("UNAUTHENTICATED", "Request is missing required authentication credential.");
      return { code: 200, body: this.#handle(this.#read(service, found, url, request.body)) };
    } catch (error) {
      const refusal = error instanceof GoogleError ? error : new GoogleError("INTERNAL", String(error));
      return { code: refusal.code, body: refusal.toBody() };
    }
  }

  #routesOf(service: string): readonly Route[] {
    const known = this.#routes.get(service);
    if (known !== undefined) return known;
    const routes = compileAll(this.#cloud.discovery.documents(service));
    this.#routes.set(service, routes);
    return routes;
  }

  /** A path names its service first; without that, as client libraries send it, one service alone may have it. */
  #find(httpMethod: string, pathname: string): { service: string; found: Match; path: string } {
    const [, first = ""] = pathname.split("/");
    const { discovery } = this.#cloud;
    const isNamed = discovery.services().includes(first);
    const path = pathname.slice(isNamed ? first.length + 2 : 1);
    const matches = (isNamed ? [first] : discovery.services()).flatMap((service) => {
      const found = match(this.#routesOf(service), httpMethod, path);
      return found === undefined ? [] : [{ service, found, path }];
    });
    const [only, ...others] = matches;
    if (only === undefined || others.length > 0) throw new GoogleError("NOT_FOUND", "Method not found.");
    return only;
  }

  #read(service: string, found: Match, url: URL, text: string): Call {
    const { route } = found;
    const { request } = route.method;
    const sent = text === "" ? {} : parse(text);
    const body = request === undefined ? {} : readMessage(route.document, request.$ref, sent, "caller");
    const path = Object.entries(found.path).map(
      ([name, value]) => [name, this.#cloud.canonical(value)] as const,
    );
    const target = this.#cloud.canonical(found.target);
    return {
      service,
      route,
      target,
      path: Object.fromEntries(path),
      query: readQuery(route, url.searchParams),
      body,
    };
  }

  #handle(call: Call): JsonObject {
    const { document, method } = call.route;
    this.#checkProject(call);
    this.#checkRefusal(method.id, call.target);
    const handler = this.#handlers[method.id];
    if (handler === undefined) throw unimplemented(method.id);
    const answer = handler(call, this.#cloud);
    if (method.response === undefined) return {};
    try {
      return readMessage(document, method.response.$ref, answer, "service");
    } catch (error) {
      throw new GoogleError(
        "INTERNAL",
        `The answer of ${method.id} does not fit its schema: ${String(error)}`,
      );
    }
  }

  #checkProject({ service, target }: Call): void {
    const project = projectOf(target);
    if (project === undefined) return;
    const number = this.#cloud.projectNumber(project);
    if (service !== "cloudresourcemanager" && this.#cloud.findProject(project)?.lifecycleState !== "ACTIVE") {
      throw new GoogleError("PERMISSION_DENIED", `Project ${number} has been deleted.`);
    }
    const api = `${service}.googleapis.com`;
    if (ALWAYS_ON.has(service) || this.#cloud.isEnabled(project, api)) return;
    const title = this.#cloud.discovery.documents(service)[0]?.title ?? api;
    throw new GoogleError(
      "PERMISSION_DENIED",
      `${title} has not been used in project ${number} before or it is disabled.`,
      [
        {
          "@type": "type.googleapis.com/google.rpc.ErrorInfo",
          reason: "SERVICE_DISABLED",
          domain: "googleapis.com",
          metadata: { service: api, consumer: `projects/${number}` },
        },
      ],
    );
  }

  #checkRefusal(method: string, target: string): void {
    const refusal = this.#refusals.get(method);
    if (refusal === undefined || refusal.times === 0) return;
    refusal.times -= 1;
    throw new GoogleError(
      refusal.status,
      `Permission for ${method} denied on resource ${target} (or it may not exist).`,
    );
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw badField("", "Invalid JSON payload received. Unexpected token.");
  }
}

function parseOr(text: string, otherwise: Json): Json {
  try {
    return text === "" ? null : (JSON.parse(text) as Json);
  } catch {
    return otherwise;
  }
}
