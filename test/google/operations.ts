import { randomUUID } from "node:crypto";
import { notFound } from "./errors.ts";
import type { JsonObject } from "./json.ts";

interface Pending {
  polls: number;
  readonly finish: () => JsonObject;
}

/** Long-running operations: what they do takes effect when they are done, not when they are asked for. */
export class Operations {
  readonly #polls: number;
  readonly #pending = new Map<string, Pending>();
  readonly #done = new Map<string, JsonObject>();

  /** @param polls - by which poll each operation is done; 0 for at once. */
  constructor(polls: number) {
    this.#polls = polls;
  }

  /**
   * Starts an operation.
   *
   * @param parent - what the operation's name begins with, such as `projects/p/locations/l`; empty for none.
   * @param finish - does the work and returns the operation's `response`, with its `@type`.
   */
  start(service: string, parent: string, finish: () => JsonObject): JsonObject {
    const name = `${parent === "" ? "" : `${parent}/`}operations/${randomUUID()}`;
    this.#pending.set(`${service}:${name}`, { polls: this.#polls, finish });
    return this.#advance(service, name);
  }

  /** Answers a poll. @throws GoogleError NOT_FOUND */
  get(service: string, name: string): JsonObject {
    const done = this.#done.get(`${service}:${name}`);
    if (done !== undefined) return done;
    return this.#advance(service, name);
  }

  #advance(service: string, name: string): JsonObject {
    const pending = this.#pending.get(`${service}:${name}`);
    if (pending === undefined) throw notFound(name);
    if (pending.polls > 0) {
      pending.polls -= 1;
      return { name };
    }
    const operation = { name, done: true, response: pending.finish() };
    this.#pending.delete(`${service}:${name}`);
    this.#done.set(`${service}:${name}`, operation);
    return operation;
  }
}
