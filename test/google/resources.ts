import { randomBytes, randomUUID } from "node:crypto";
import type { Call, Cloud, Handler, Handlers } from "./cloud.ts";
import type { Schema } from "./discovery.ts";
import { badField, GoogleError, unimplemented } from "./errors.ts";
import { camelCase, isObject, type Json, type JsonObject, objectAt, own, textAt, without } from "./json.ts";
import { getIamPolicy, setIamPolicy, testIamPermissions } from "./iam.ts";
import { isOutputOnly, resolve } from "./validate.ts";

/** What is special about one kind of resource: the form it is stored in, and the form it is shown in. */
export interface Kind {
  /** From what the caller wrote to what is stored: checks it, and fills in what the service decides. */
  readonly stored: (resource: JsonObject, call: Call, cloud: Cloud) => JsonObject;
  /** From what is stored to the answer. */
  readonly shown: (resource: JsonObject, call: Call, cloud: Cloud) => JsonObject;
}

const PLAIN: Kind = { stored: (resource) => resource, shown: (resource) => resource };

/**
 * The standard methods of a kind of resource (https://google.aip.dev/121), by the last part of their method ids.
 * An answer that the API declares as a long-running operation becomes one.
 */
export function standardMethods(special: Partial<Kind> = {}): Handlers {
  const kind = { ...PLAIN, ...special };
  return {
    create: (call, cloud) => answer(call, cloud, () => create(kind, call, cloud)),
    get: (call, cloud) => kind.shown(cloud.store.get(call.service, call.target), call, cloud),
    list: (call, cloud) => list(call, itemsOf(kind, call, cloud)),
    patch: (call, cloud) => answer(call, cloud, () => change(kind, call, cloud, patched)),
    update: (call, cloud) => answer(call, cloud, () => change(kind, call, cloud, replaced)),
    delete: (call, cloud) => answer(call, cloud, () => remove(call, cloud)),
    getIamPolicy,
    setIamPolicy,
    testIamPermissions,
  };
}

/** The standard methods of a kind, by full method ids: `PREFIX.create` and so on. */
export function kindAt(prefix: string, special: Partial<Kind>): Handlers {
  return Object.fromEntries(
    Object.entries(standardMethods(special)).map(([name, handler]) => [`${prefix}.${name}`, handler]),
  );
}

/** Answers the poll of a long-running operation. */
export const getOperation: Handler = ({ service, target }, { operations }) => operations.get(service, target);

function answer(call: Call, cloud: Cloud, work: () => JsonObject): JsonObject {
  const { document, method } = call.route;
  if (method.response?.$ref !== "Operation") return work();
  const parent = /^projects\/[^/]+(\/locations\/[^/]+)?/.exec(call.target)?.[0] ?? "";
  const type =
    method.httpMethod === "DELETE"
      ? "protobuf.Empty"
      : `cloud.${document.name}.${document.version}.${method.request?.$ref ?? ""}`;
  return cloud.operations.start(call.service, parent, () => ({
    "@type": `type.googleapis.com/google.${type}`,
    ...work(),
  }));
}

function create(kind: Kind, call: Call, cloud: Cloud): JsonObject {
  requireParent(call, cloud);
  const name = `${call.target}/${newId(call)}`;
  const resource = { ...kind.stored(call.body, call, cloud), ...stamps(call, cloud), name };
  cloud.store.create(call.service, name, resource);
  return kind.shown(resource, call, cloud);
}

/** A collection belongs to a resource that must exist; projects and locations are looked after by the server. */
function requireParent({ service, target }: Call, { store }: Cloud): void {
  const parent = target.slice(0, target.lastIndexOf("/"));
  if (!/^(projects|folders|organizations)\/[^/]+(\/locations\/[^/]+)?$/.test(parent))
    store.get(service, parent);
}

/** The last part of a new resource's name: from the `…Id` parameter, else the body's name, else made up. */
function newId({ query, body }: Call): string {
  const parameter = Object.keys(query).find((name) => name.endsWith("Id") && name !== "requestId");
  const id =
    textAt(parameter === undefined ? undefined : query, parameter ?? "") ??
    textAt(body, "name")?.split("/").at(-1);
  if (id !== undefined && !/^[\w.~%+-]+$/.test(id))
    throw badField(parameter ?? "name", `Invalid resource id "${id}".`);
  return id ?? randomUUID();
}

function schemaOf({ route: { document, method } }: Call): Schema {
  return method.request === undefined ? {} : resolve(document, method.request);
}

/** The times and the checksum that a kind has by its schema. */
function stamps(call: Call, cloud: Cloud, before?: JsonObject): JsonObject {
  const has = (field: string) => own(schemaOf(call).properties, field) !== undefined;
  const now = cloud.now();
  return {
    ...(has("createTime") && { createTime: before?.createTime ?? now }),
    ...(has("updateTime") && { updateTime: now }),
    ...(has("etag") && { etag: randomBytes(8).toString("base64") }),
  };
}

function change(
  kind: Kind,
  call: Call,
  cloud: Cloud,
  revise: (known: JsonObject, call: Call) => JsonObject,
): JsonObject {
  const before = cloud.store.get(call.service, call.target);
  if (call.body.etag !== undefined && call.body.etag !== before.etag) {
    throw new GoogleError("ABORTED", `${call.target} was changed since its etag was read.`);
  }
  const revised = kind.stored(revise(kind.shown(before, call, cloud), call), call, cloud);
  const resource = { ...revised, ...stamps(call, cloud, before), name: call.target };
  cloud.store.put(call.service, call.target, resource);
  return kind.shown(resource, call, cloud);
}

function replaced(known: JsonObject, call: Call): JsonObject {
  const { properties = {} } = schemaOf(call);
  const kept = Object.entries(known).filter(([field]) => isOutputOnly(properties[field] ?? {}));
  return { ...Object.fromEntries(kept), ...call.body };
}

/** A patch changes the fields that its mask names, or without a mask those that it sends. */
function patched(known: JsonObject, call: Call): JsonObject {
  const mask = textAt(call.query, "updateMask");
  const paths =
    mask === undefined ? Object.keys(call.body) : mask.split(",").map((path) => camelCase(path.trim()));
  return paths.reduce(
    (resource, path) => setField({ call, path }, schemaOf(call), resource, call.body, path.split(".")),
    known,
  );
}

interface Edit {
  readonly call: Call;
  /** The whole path that the mask names, for messages. */
  readonly path: string;
}

function setField(
  edit: Edit,
  schema: Schema,
  known: JsonObject,
  sent: JsonObject,
  [field = "", ...rest]: readonly string[],
): JsonObject {
  const declared = own(schema.properties, field) ?? schema.additionalProperties;
  if (declared === undefined)
    throw badField("updateMask", `Invalid update mask: there is no field ${edit.path}.`);
  const inner = resolve(edit.call.route.document, declared);
  const value =
    rest.length === 0
      ? sent[field]
      : setField(edit, inner, objectAt(known, field), objectAt(sent, field), rest);
  if (declared.description?.includes("Immutable.") === true && !isSame(value, known[field])) {
    throw badField(edit.path, `The field ${edit.path} is immutable.`);
  }
  return { ...without(known, field), ...(value !== undefined && { [field]: value }) };
}

function isSame(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function remove({ service, target }: Call, { store }: Cloud): JsonObject {
  store.delete(service, target);
  return {};
}

function itemsOf(kind: Kind, call: Call, cloud: Cloud): JsonObject[] {
  if (call.query.filter !== undefined) throw unimplemented(`filters of ${call.route.method.id}`);
  return cloud.store.list(call.service, call.target).map((item) => kind.shown(item, call, cloud));
}

/**
 * Answers a list with one page of items (https://google.aip.dev/158), in the field that the response's schema
 * has for them. A page token is the number of items before the page.
 */
export function list(call: Call, items: readonly JsonObject[]): JsonObject {
  if (call.query.orderBy !== undefined) throw unimplemented(`orders of ${call.route.method.id}`);
  const { document, method } = call.route;
  const { properties = {} } = resolve(document, method.response ?? {});
  const field = Object.entries(properties).find(
    ([, { items: of }]) => isObject(of) && of.$ref !== undefined,
  )?.[0];
  if (field === undefined) throw new Error(`${method.id} answers no list`);
  const token = textAt(call.query, "pageToken") ?? "0";
  if (!/^\d+$/.test(token)) throw badField("pageToken", "Invalid page token.");
  const start = Number(token);
  const end = start + (Number(call.query.pageSize ?? 0) || 50);
  return { [field]: items.slice(start, end), ...(end < items.length && { nextPageToken: String(end) }) };
}
