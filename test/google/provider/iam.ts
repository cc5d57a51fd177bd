import { isObject, type Json, type JsonObject, objectAt, objectsAt, textAt, textsAt } from "../json.ts";
import type { Api } from "./configuration.ts";
import { GoogleApiError } from "./google-api.ts";
import type { Context, Found, Lifecycle } from "./lifecycle.ts";
import { computed, type Fields, optional, required } from "./schema.ts";
import { expand } from "./standard.ts";
import { lastSegment } from "./values.ts";

/** A resource with an access policy, and how its policy is read. */
export interface PolicyHolder {
  readonly api: Api;
  /** The resource's name by the properties of what grants a role on it: `projects/{project}/notes/{note}`. */
  readonly resource: string;
  /** The method of the API's getIamPolicy. */
  readonly get: "GET" | "POST";
  /** The property that the name ends with, which the state keeps as the whole name; absent for none. */
  readonly named?: string;
  /** What ids begin with, by the same properties; the resource's name by default. */
  readonly id?: string;
}

/** What every grant of a role has; `holder` are the fields that name the resource. */
function grantFields(holder: Fields): Fields {
  const condition = optional({ shape: "block", replaces: true });
  return { ...holder, condition, etag: computed(), role: required({ replaces: true }) };
}

/** What grants a role to a member. */
export function memberFields(holder: Fields): Fields {
  return { ...grantFields(holder), member: required({ replaces: true }) };
}

/** What grants a role to exactly these members. */
export function bindingFields(holder: Fields): Fields {
  return { ...grantFields(holder), members: required({ shape: "set" }) };
}

/** A change of a policy: the bindings or audit configurations as they become. */
type Change = (policy: JsonObject) => JsonObject;

/** A policy that was read before another one was set is refused: read, change and set once more. */
const ATTEMPTS = 10;

async function readPolicy(
  { api, get }: PolicyHolder,
  resource: string,
  context: Context,
): Promise<JsonObject> {
  return get === "GET"
    ? context.api.send(api, `GET ${resource}:getIamPolicy?options.requestedPolicyVersion=3`)
    : context.api.send(api, `POST ${resource}:getIamPolicy`, {});
}

/** Reads, changes and sets a policy. */
export async function changePolicy(
  holder: PolicyHolder,
  resource: string,
  change: Change,
  context: Context,
): Promise<JsonObject> {
  for (let attempt = 1; ; attempt += 1) {
    const policy = await readPolicy(holder, resource, context);
    try {
      return await context.api.send(holder.api, `POST ${resource}:setIamPolicy`, change(policy));
    } catch (error) {
      if (!(error instanceof GoogleApiError && error.code === 409) || attempt === ATTEMPTS) throw error;
    }
  }
}

const isBound = (binding: JsonObject, { role, condition }: JsonObject): boolean =>
  binding.role === role && JSON.stringify(binding.condition ?? null) === JSON.stringify(condition ?? null);

/** Sets the members of a role. */
function withMembers(
  change: (members: readonly string[]) => readonly string[],
  properties: JsonObject,
): Change {
  return (policy) => {
    const bindings = objectsAt(policy, "bindings");
    const known = bindings.find((binding) => isBound(binding, properties));
    const members = [...change(textsAt(known, "members"))];
    const { role = "", condition } = properties;
    const bound: JsonObject = { role, members, ...(isObject(condition) && { condition }) };
    const others = bindings.filter((binding) => binding !== known);
    return { policy: { ...policy, bindings: members.length === 0 ? others : [...others, bound] } };
  };
}

function idFor(holder: PolicyHolder, properties: JsonObject): string {
  const title = textAt(objectAt(properties, "condition"), "title");
  const parts = [
    expand(holder.id ?? holder.resource, short(holder, properties)),
    properties.role,
    properties.member,
    title,
  ];
  return parts.filter((part) => typeof part === "string").join("/");
}

/** The properties with the resource's own name where a program gave the whole. */
function short({ named, resource }: PolicyHolder, properties: JsonObject): JsonObject {
  const given = named === undefined ? undefined : textAt(properties, named);
  if (named === undefined || given === undefined || resource === `{${named}}`) return properties;
  return { ...properties, [named]: lastSegment(given) };
}

function found(holder: PolicyHolder, properties: JsonObject, policy: JsonObject, members?: Json): Found {
  const resource = expand(holder.resource, short(holder, properties));
  return {
    id: idFor(holder, properties),
    properties: {
      ...properties,
      ...(holder.named !== undefined && { [holder.named]: resource }),
      ...(members !== undefined && { members }),
      etag: policy.etag ?? "",
    },
  };
}

function requireState(state: JsonObject): void {
  if (state.role === undefined && state.service === undefined)
    throw new Error(
      "The stand-in for the gcp plugin does not import access policies; the plugin itself does.",
    );
}

/** Create, Read and Delete of what grants a role to a member. */
export function iamMember(holder: PolicyHolder): Lifecycle {
  const resourceIn = (properties: JsonObject) => expand(holder.resource, short(holder, properties));
  return {
    create: async (properties, context) => {
      const member = textAt(properties, "member") ?? "";
      const add = withMembers((members) => [...new Set([...members, member])], properties);
      return found(holder, properties, await changePolicy(holder, resourceIn(properties), add, context));
    },
    read: async (_, state, context) => {
      requireState(state);
      const policy = await readPolicy(holder, resourceIn(state), context);
      const bound = objectsAt(policy, "bindings").find((binding) => isBound(binding, state));
      return textsAt(bound, "members").includes(textAt(state, "member") ?? "")
        ? found(holder, state, policy)
        : undefined;
    },
    delete: async (_, state, context) => {
      const remove = withMembers((members) => members.filter((one) => one !== state.member), state);
      await changePolicy(holder, resourceIn(state), remove, context);
    },
  };
}

/** Create, Read, Update and Delete of what grants a role to exactly these members. */
export function iamBinding(holder: PolicyHolder): Lifecycle {
  const resourceIn = (properties: JsonObject) => expand(holder.resource, short(holder, properties));
  const set = async (properties: JsonObject, context: Context): Promise<Found> => {
    const members = textsAt(properties, "members");
    const policy = await changePolicy(
      holder,
      resourceIn(properties),
      withMembers(() => members, properties),
      context,
    );
    return found(holder, properties, policy, members);
  };
  return {
    create: set,
    read: async (_, state, context) => {
      requireState(state);
      const policy = await readPolicy(holder, resourceIn(state), context);
      const bound = objectsAt(policy, "bindings").find((binding) => isBound(binding, state));
      return bound === undefined ? undefined : found(holder, state, policy, textsAt(bound, "members"));
    },
    update: (_, __, properties, context) => set(properties, context),
    delete: async (_, state, context) => {
      await changePolicy(
        holder,
        resourceIn(state),
        withMembers(() => [], state),
        context,
      );
    },
  };
}

/** Create, Read, Update and Delete of the audit configuration of a service. */
export function iamAuditConfig(holder: PolicyHolder): Lifecycle {
  const resourceIn = (properties: JsonObject) => expand(holder.resource, properties);
  const others = (policy: JsonObject, { service }: JsonObject) =>
    objectsAt(policy, "auditConfigs").filter((config) => config.service !== service);
  const masked = (policy: JsonObject, auditConfigs: JsonObject[]): JsonObject => ({
    policy: { ...policy, auditConfigs },
    updateMask: "bindings,etag,auditConfigs",
  });
  const foundAt = (properties: JsonObject, policy: JsonObject, auditLogConfigs: Json): Found => ({
    id: `${textAt(properties, "project") ?? ""}/audit_config/${textAt(properties, "service") ?? ""}`,
    properties: { ...properties, auditLogConfigs, etag: policy.etag ?? "" },
  });
  const set = async (properties: JsonObject, context: Context): Promise<Found> => {
    const auditLogConfigs = objectsAt(properties, "auditLogConfigs");
    const config = { service: properties.service ?? "", auditLogConfigs };
    const change: Change = (policy) => masked(policy, [...others(policy, properties), config]);
    return foundAt(
      properties,
      await changePolicy(holder, resourceIn(properties), change, context),
      auditLogConfigs,
    );
  };
  return {
    create: set,
    read: async (_, state, context) => {
      requireState(state);
      const policy = await readPolicy(holder, resourceIn(state), context);
      const config = objectsAt(policy, "auditConfigs").find(({ service }) => service === state.service);
      return config === undefined ? undefined : foundAt(state, policy, objectsAt(config, "auditLogConfigs"));
    },
    update: (_, __, properties, context) => set(properties, context),
    delete: async (_, state, context) => {
      const change: Change = (policy) => masked(policy, others(policy, state));
      await changePolicy(holder, resourceIn(state), change, context);
    },
  };
}
