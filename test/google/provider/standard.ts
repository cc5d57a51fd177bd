import { type JsonObject, textAt } from "../json.ts";
import type { Api } from "./configuration.ts";
import type { Context, Found, Lifecycle } from "./lifecycle.ts";
import { isEmpty } from "./values.ts";

/** How a resource type maps to the standard methods of a Google API (https://google.aip.dev/121). */
export interface Mapping {
  readonly api: Api;
  /** The resource's name by its properties, `projects/{project}/notes/{name}`; it is the id too. */
  readonly name: string;
  /** The collection and query that a resource is created by, `projects/{project}/notes?noteId={name}`. */
  readonly create: string;
  /** How the API changes a resource: the fields that a mask names, or the whole; absent where it cannot. */
  readonly update?: "PATCH" | "PUT";
  /** From properties to the resource that Google takes. */
  readonly encode: (properties: JsonObject) => JsonObject;
  /** From the resource that Google gives to properties; those in the name are added. */
  readonly decode: (resource: JsonObject) => JsonObject;
  /** What Delete does instead of the API's own delete. */
  readonly remove?: (id: string, context: Context) => Promise<void>;
}

/** The life cycle of a resource type with standard methods. */
export function standard(mapping: Mapping): Lifecycle {
  const { api, name: template, create, update, encode, remove } = mapping;
  return {
    create: async (properties, context) => {
      const body = withoutEmpty(encode(properties));
      const created = await context.api.send(api, `POST ${expand(create, properties)}`, body);
      const id = textAt(created, "name") ?? expand(template, properties);
      return found(mapping, id, created);
    },
    read: async (id, _, context) => {
      const resource = await context.api.find(api, id);
      return resource === undefined ? undefined : found(mapping, id, resource);
    },
    ...(update !== undefined && {
      update: (id, state, properties, context) => change(mapping, update, { id, state, properties, context }),
    }),
    delete: async (id, _, context) => {
      if (remove !== undefined) await remove(id, context);
      else await context.api.send(api, `DELETE ${id}`);
    },
  };
}

interface Update {
  readonly id: string;
  readonly state: JsonObject;
  readonly properties: JsonObject;
  readonly context: Context;
}

async function change(
  mapping: Mapping,
  method: "PATCH" | "PUT",
  { id, state, properties, context }: Update,
): Promise<Found> {
  const [before, after] = [state, properties].map((one) => withoutEmpty(mapping.encode(one)));
  const mask = changed(before ?? {}, after ?? {});
  if (mask.length > 0) {
    const path = method === "PATCH" ? `${id}?updateMask=${mask.join(",")}` : id;
    const body = method === "PUT" ? { ...after, name: id } : { ...after };
    await context.api.send(mapping.api, `${method} ${path}`, body);
  }
  return found(mapping, id, await context.api.send(mapping.api, `GET ${id}`));
}

function changed(before: JsonObject, after: JsonObject): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

function found({ decode, name }: Mapping, id: string, resource: JsonObject): Found {
  return { id, properties: { ...decode(resource), ...parse(name, id) } };
}

/** Puts properties in the places of a template. */
export function expand(template: string, properties: JsonObject): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = textAt(properties, name);
    if (value === undefined || value === "")
      throw new Error(`${name} is not given, and the provider has none either`);
    return value;
  });
}

/** Reads properties off what a template was expanded to. @throws Error when it does not fit */
export function parse(template: string, text: string): JsonObject {
  const pattern = template.replace(/\{(\w+)\}/g, "(?<$1>.+)");
  const groups = new RegExp(`^${pattern}$`).exec(text)?.groups;
  if (groups === undefined) throw new Error(`${text} is not an id of the form ${template}`);
  return { ...groups };
}

function withoutEmpty(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => !isEmpty(part)));
}

/** Some fields of an object. */
export function pick(value: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));
}
