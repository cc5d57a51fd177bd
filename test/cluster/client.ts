import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { setTimeout } from "node:timers/promises";
import { lines } from "./lines.ts";
import { type KubernetesObject, objectPath, type WatchEvent } from "./objects.ts";

/** How to reach an API server. */
export interface Access {
  /** `https://127.0.0.1:PORT` */
  readonly server: string;
  /** The certificate of the server's authority, PEM. */
  readonly ca: string;
  readonly token: string;
}

/** The kinds of patch, by what they are called in the content type. */
const PATCHES = {
  merge: "application/merge-patch+json",
  json: "application/json-patch+json",
  strategic: "application/strategic-merge-patch+json",
  /** Server-side apply; the path ends in `?fieldManager=NAME`. */
  apply: "application/apply-patch+yaml",
};

/** The API server's refusal, with its own words. */
export class ApiError extends Error {
  /** HTTP status. */
  readonly status: number;

  constructor(method: string, path: string, status: number, body: string) {
    super(`${method} ${path}: ${status}: ${said(body)}`);
    this.name = "ApiError";
    this.status = status;
  }
}

interface Request {
  readonly body?: unknown;
  readonly contentType?: string;
  readonly signal?: AbortSignal;
}

interface List {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly KubernetesObject[];
}

/**
 * A client of the Kubernetes API for tests. Paths are the API's own: `/apis/apps/v1/namespaces/NAMESPACE/deployments`.
 * Every method throws ApiError when the server refuses, and the reason of `ended` once that is aborted.
 */
export class Client {
  /** `https://127.0.0.1:PORT` */
  readonly server: string;
  private readonly token: string;
  private readonly ended: AbortSignal;
  private readonly agent: Agent;

  /** @param ended aborts every request; never, by default */
  constructor({ server, ca, token }: Access, ended: AbortSignal = new AbortController().signal) {
    this.server = server;
    this.token = token;
    this.ended = ended;
    // Node's fetch trusts no authority but the public ones.
    this.agent = new Agent({ keepAlive: true, ca });
  }

  /** What the server answers, as text: `/readyz`, `/version`. */
  async text(path: string): Promise<string> {
    return read(await this.send("GET", path));
  }

  get(path: string): Promise<KubernetesObject> {
    return this.json("GET", path);
  }

  /** The object, or undefined where there is none. */
  async find(path: string): Promise<KubernetesObject | undefined> {
    try {
      return await this.get(path);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** The objects of a collection; the path may have a query, such as `?labelSelector=…`. */
  async list(path: string): Promise<readonly KubernetesObject[]> {
    return (await this.json<List>("GET", path)).items;
  }

  /** @param path the collection's */
  create(path: string, object: unknown): Promise<KubernetesObject> {
    return this.json("POST", path, { body: object });
  }

  patch(path: string, change: unknown, kind: keyof typeof PATCHES = "merge"): Promise<KubernetesObject> {
    return this.json("PATCH", path, { body: change, contentType: PATCHES[kind] });
  }

  /** Asks for the object's end; `waitUntilGone` waits for it. Takes along what the object owns. */
  async delete(path: string): Promise<void> {
    await this.json("DELETE", path, { body: { propagationPolicy: "Background" } });
  }

  /**
   * The changes in a collection, until the server closes the stream (after half an hour or more).
   *
   * @param query `resourceVersion` to start after; without one, all objects there are come first, as ADDED.
   *   Selectors, too.
   */
  async *watch(
    path: string,
    query: Readonly<Record<string, string>> = {},
    signal?: AbortSignal,
  ): AsyncGenerator<WatchEvent> {
    const parameters = new URLSearchParams({ ...query, watch: "true" }).toString();
    const options = signal === undefined ? {} : { signal };
    const stream = await this.send("GET", `${path}?${parameters}`, options);
    try {
      for await (const line of lines(chunks(stream))) {
        const event = JSON.parse(line) as WatchEvent | { type: "ERROR"; object: { code: number } };
        if (event.type === "ERROR")
          throw new ApiError("WATCH", path, event.object.code, JSON.stringify(event.object));
        yield event;
      }
    } catch (error) {
      this.ended.throwIfAborted();
      throw error;
    }
  }

  /**
   * Waits, by a watch, until an object is there and is as wanted.
   *
   * @param path one object's; its kind has to be known to the server
   * @param timeout milliseconds
   * @throws Error with the object as it was last seen when the time is up
   */
  async waitFor(
    path: string,
    wanted: (object: KubernetesObject) => boolean,
    timeout = 30_000,
  ): Promise<KubernetesObject> {
    const asWanted = (object?: KubernetesObject): object is KubernetesObject =>
      object !== undefined && wanted(object);
    return this.waitForState(path, asWanted, timeout);
  }

  /** Waits, by a watch, until an object is gone; see `waitFor`. */
  async waitUntilGone(path: string, timeout = 30_000): Promise<void> {
    await this.waitForState(path, (object) => object === undefined, timeout);
  }

  private async waitForState<State extends KubernetesObject | undefined>(
    path: string,
    wanted: (object: KubernetesObject | undefined) => object is State,
    timeout: number,
  ): Promise<State> {
    const timer = AbortSignal.timeout(timeout);
    let last: KubernetesObject | undefined;
    try {
      for await (const object of this.states(path, timer)) {
        if (wanted(object)) return object;
        last = object;
      }
    } catch (error) {
      if (!timer.aborted || this.ended.aborted) throw error;
    }
    const seen = last === undefined ? "It is not there." : `Last seen: ${JSON.stringify(last, undefined, 2)}`;
    throw new Error(`${path} is not as wanted after ${timeout} ms. ${seen}`);
  }

  /** An object's state now (undefined: it is not there) and after each change, without end. */
  private async *states(path: string, signal: AbortSignal): AsyncGenerator<KubernetesObject | undefined> {
    const { collection, name } = objectPath(path);
    const fieldSelector = `metadata.name=${name}`;
    for (;;) {
      const query = new URLSearchParams({ fieldSelector }).toString();
      const { metadata, items } = await this.json<List>("GET", `${collection}?${query}`, { signal });
      yield items[0];
      const { resourceVersion } = metadata;
      try {
        for await (const { type, object } of this.watch(
          collection,
          { fieldSelector, resourceVersion },
          signal,
        )) {
          yield type === "DELETED" ? undefined : object;
        }
      } catch (error) {
        // 410: the server has forgotten that version.
        if (!(error instanceof ApiError && error.status === 410)) throw error;
      }
    }
  }

  private async json<Answer = KubernetesObject>(
    method: string,
    path: string,
    options?: Request,
  ): Promise<Answer> {
    return JSON.parse(await read(await this.send(method, path, options))) as Answer;
  }

  private async send(method: string, path: string, options: Request = {}): Promise<IncomingMessage> {
    const response = await this.open(method, path, options);
    const status = response.statusCode ?? 0;
    if (status === 429) return this.again(response, () => this.send(method, path, options));
    if (status >= 300) throw new ApiError(method, path, status, await read(response));
    return response;
  }

  /** Asks again when the server says so: where a kind is new, it is not ready to serve it at once. */
  private async again<T>(response: IncomingMessage, ask: () => Promise<T>): Promise<T> {
    response.resume();
    await setTimeout(1000 * Number(response.headers["retry-after"] ?? 1), undefined, { signal: this.ended });
    return ask();
  }

  private open(method: string, path: string, options: Request): Promise<IncomingMessage> {
    const { body, contentType = "application/json", signal } = options;
    const text = body === undefined ? "" : JSON.stringify(body);
    this.ended.throwIfAborted();
    return new Promise((resolve, reject) => {
      const outgoing = request(new URL(path, this.server), {
        method,
        agent: this.agent,
        headers: {
          authorization: `Bearer ${this.token}`,
          "content-type": contentType,
          // Node would send a DELETE's body without its length, and the server take it for the next request.
          "content-length": Buffer.byteLength(text),
        },
        signal: signal === undefined ? this.ended : AbortSignal.any([this.ended, signal]),
      });
      outgoing.once("response", resolve);
      outgoing.once("error", (error) => {
        reject(this.ended.aborted ? (this.ended.reason as Error) : error);
      });
      outgoing.end(text);
    });
  }
}

async function read(response: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of chunks(response)) text += chunk;
  return text;
}

function chunks(response: IncomingMessage): AsyncIterable<string> {
  return response.setEncoding("utf8") as AsyncIterable<string>;
}

/** The message in a Status object, or the text itself. */
function said(body: string): string {
  try {
    return (JSON.parse(body) as { message?: string }).message ?? body;
  } catch {
    return body.trim();
  }
}
