import { isObject, type Json, type JsonObject, own } from "../json.ts";
import { check, type Failure, type Naming } from "./check.ts";
import { type Configuration, configurationFrom } from "./configuration.ts";
import { diff, type Difference } from "./diff.ts";
import { GoogleApi } from "./google-api.ts";
import { INVOKES } from "./invokes.ts";
import type { Lifecycle, ResourceType } from "./lifecycle.ts";
import { plan } from "./plan.ts";
import { inputsFrom, meta, stateFrom } from "./state.ts";
import { RESOURCE_TYPES } from "./types/index.ts";
import { UNKNOWN_WIRE_VALUE } from "./values.ts";

/** A resource as Create and Read answer it. */
export interface Resource {
  readonly id: string;
  readonly properties: JsonObject;
}

/** The methods of a resource provider, on plain values. */
export class Provider {
  #configuration: Configuration = configurationFrom({});
  readonly #token: string | undefined;

  /** @param token what is sent with each request; undefined for none. */
  constructor(token: string | undefined) {
    this.#token = token;
  }

  configure(args: JsonObject): void {
    this.#configuration = configurationFrom(args);
  }

  check(
    token: string,
    news: JsonObject,
    olds: JsonObject,
    naming: Naming,
  ): { inputs: JsonObject; failures: readonly Failure[] } {
    return check(typeFor(token), news, olds, naming);
  }

  diff(token: string, state: JsonObject, news: JsonObject): Difference {
    return diff(typeFor(token), state, news, this.#configuration);
  }

  /** What Create would make, with unknown values for what Google decides. */
  previewCreate(token: string, inputs: JsonObject): JsonObject {
    const type = typeFor(token);
    return { ...plan(type, inputs, undefined, this.#configuration), ...meta(type), id: UNKNOWN_WIRE_VALUE };
  }

  async create(token: string, inputs: JsonObject): Promise<Resource> {
    const type = typeFor(token);
    const planned = known(plan(type, inputs, undefined, this.#configuration));
    const found = await lifecycleOf(type).create(planned, this.#context(type));
    return { id: found.id, properties: stateFrom(type, found, planned, "created") };
  }

  /**
   * @param state none when the resource is imported
   * @param inputs none when the resource is imported
   * @returns undefined where there is no such resource (any more).
   */
  async read(
    token: string,
    id: string,
    state: JsonObject | undefined,
    inputs: JsonObject | undefined,
  ): Promise<(Resource & { inputs: JsonObject }) | undefined> {
    const type = typeFor(token);
    const found = await lifecycleOf(type).read(id, state ?? {}, this.#context(type));
    if (found === undefined) return undefined;
    const properties = stateFrom(type, found, state ?? {}, "read");
    return { id: found.id, properties, inputs: inputsFrom(type, properties, inputs) };
  }

  /** What Update would make. */
  previewUpdate(token: string, state: JsonObject, news: JsonObject): JsonObject {
    const type = typeFor(token);
    return {
      ...plan(type, news, state, this.#configuration),
      ...meta(type),
      id: state.id ?? UNKNOWN_WIRE_VALUE,
    };
  }

  async update(token: string, id: string, state: JsonObject, news: JsonObject): Promise<JsonObject> {
    const type = typeFor(token);
    const planned = known(plan(type, news, state, this.#configuration));
    const context = this.#context(type);
    const lifecycle = lifecycleOf(type);
    const found = (await lifecycle.update?.(id, state, planned, context)) ?? { id, properties: planned };
    return stateFrom(type, found, planned, "read");
  }

  async delete(token: string, id: string, state: JsonObject): Promise<void> {
    const type = typeFor(token);
    const lifecycle = lifecycleOf(type);
    if (state.deletionPolicy === "ABANDON") return;
    if (state.deletionPolicy === "PREVENT")
      throw new Error(`cannot destroy ${id}: its deletionPolicy is PREVENT; set it to DELETE first`);
    await lifecycle.delete(id, state, this.#context(type));
  }

  async invoke(token: string, args: JsonObject): Promise<JsonObject> {
    const invoke = own(INVOKES, token);
    if (invoke === undefined) throw new Error(`The stand-in for the gcp plugin has no function ${token}.`);
    return invoke(args, new GoogleApi(this.#configuration, this.#token));
  }

  #context(type: ResourceType) {
    const configuration = this.#configuration;
    return { api: new GoogleApi(configuration, this.#token), configuration, type };
  }
}

/** A plan as it is acted on: what Google decides is not there. */
function known(planned: JsonObject): JsonObject {
  const entries = Object.entries(planned).filter(([, value]) => value !== UNKNOWN_WIRE_VALUE);
  return Object.fromEntries(entries.map(([name, value]) => [name, knownValue(value)]));
}

function knownValue(value: Json): Json {
  if (Array.isArray(value)) return value.map(knownValue);
  return isObject(value) ? known(value) : value;
}

function typeFor(token: string): ResourceType {
  const type = own(RESOURCE_TYPES, token);
  if (type !== undefined) return type;
  throw new Error(
    `The stand-in for the gcp plugin has no resource type ${token}; test/google/provider/README.md says how to add one.`,
  );
}

function lifecycleOf({ token, lifecycle }: ResourceType): Lifecycle {
  if (lifecycle !== undefined) return lifecycle;
  throw new Error(
    `The stand-in for the gcp plugin only previews ${token}: to create, read, update or delete it, install the plugin itself.`,
  );
}
