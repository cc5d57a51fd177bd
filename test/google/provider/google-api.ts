import { setTimeout as delay } from "node:timers/promises";
import { isObject, type JsonObject, objectAt, textAt } from "../json.ts";
import type { Api, Configuration } from "./configuration.ts";

/** A refusal of Google, in the words that the provider has for it. */
export class GoogleApiError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(`googleapi: Error ${code}: ${message}`);
    this.name = "GoogleApiError";
    this.code = code;
  }
}

/** How long to wait between two polls of an operation, in milliseconds; a simulated Google answers at once. */
const POLL = 20;

/**
 * Google's APIs, by REST. This provider plays the plugin in tests, so it speaks only to a simulated Google on this very
 * machine: each API needs a custom endpoint, and the token never leaves the machine.
 */
export class GoogleApi {
  readonly #configuration: Configuration;
  readonly #token: string | undefined;

  constructor(configuration: Configuration, token: string | undefined) {
    this.#configuration = configuration;
    this.#token = textAt(configuration.args, "accessToken") ?? token;
  }

  /**
   * Sends one request.
   *
   * @param request the method and the path below the API's version: `GET projects/p/notes/n`
   * @throws GoogleApiError when Google refuses it
   */
  async send(api: Api, request: string, body?: JsonObject): Promise<JsonObject> {
    const [method = "", path = ""] = request.split(" ");
    const response = await fetch(new URL(path, this.#endpoint(api)), {
      method,
      headers: {
        "content-type": "application/json",
        ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const read: unknown = await response.json();
    const answer = isObject(read) ? read : {};
    if (response.ok) return answer;
    throw new GoogleApiError(
      response.status,
      textAt(objectAt(answer, "error"), "message") ?? response.statusText,
    );
  }

  /** Sends a read; undefined where there is no such resource. */
  async find(api: Api, path: string): Promise<JsonObject | undefined> {
    try {
      return await this.send(api, `GET ${path}`);
    } catch (error) {
      if (error instanceof GoogleApiError && error.code === 404) return undefined;
      throw error;
    }
  }

  /** Sends a request that starts a long-running operation, and waits for its response. */
  async run(api: Api, request: string, body: JsonObject): Promise<JsonObject> {
    let operation = await this.send(api, request, body);
    while (operation.done !== true) {
      await delay(POLL);
      operation = await this.send(api, `GET ${textAt(operation, "name") ?? ""}`);
    }
    const { error } = operation;
    if (isObject(error)) throw new GoogleApiError(Number(error.code), textAt(error, "message") ?? "");
    return objectAt(operation, "response");
  }

  #endpoint(api: Api): URL {
    const argument = `${api}CustomEndpoint`;
    const given = textAt(this.#configuration.args, argument);
    if (given === undefined || !isLocal(given)) {
      throw new Error(
        `${argument} is ${given ?? "not set"}: the stand-in for the gcp plugin speaks to a simulated Google on this ` +
          "machine only. Set it to an address such as http://127.0.0.1:8080/kms/v1/, or install the plugin itself.",
      );
    }
    return new URL(given.endsWith("/") ? given : `${given}/`);
  }
}

function isLocal(endpoint: string): boolean {
  return URL.canParse(endpoint) && ["127.0.0.1", "localhost", "[::1]"].includes(new URL(endpoint).hostname);
}
