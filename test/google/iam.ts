import { randomBytes } from "node:crypto";
import { type Call, type Cloud, type Handler, projectOf } from "./cloud.ts";
import { badField, GoogleError } from "./errors.ts";
import { type JsonObject, objectAt, objectsAt, textAt, textsAt } from "./json.ts";
import { policiesOf } from "./store.ts";

/** Access policies, the same for every resource of every service (google.iam.v1). */

/** The etag of a policy that was never set. */
const UNSET = "ACAB";

const MEMBER =
  /^(allUsers|allAuthenticatedUsers|(user|group|serviceAccount|domain|projectOwner|projectEditor|projectViewer|deleted|principal|principalSet):.+)$/;
const ROLE = /^(roles\/[\w.]+|(projects|organizations)\/[^/]+\/roles\/[\w.]+)$/;

/** Answers `getIamPolicy`. */
export const getIamPolicy: Handler = ({ service, target }, { store }) => {
  store.get(service, target);
  return store.find(policiesOf(service), target) ?? { etag: UNSET };
};

/**
 * Answers `setIamPolicy`: refuses a policy that was read before another one was set, a member or role that cannot
 * be, and a service account of these projects that does not exist (yet).
 */
export const setIamPolicy: Handler = (call, cloud) => {
  const known = getIamPolicy(call, cloud);
  const wished = objectAt(call.body, "policy");
  if (wished.etag !== undefined && wished.etag !== known.etag) {
    throw new GoogleError(
      "ABORTED",
      "There were concurrent policy changes. Please retry the whole read-modify-write with exponential backoff.",
    );
  }
  const policy = merge(known, wished, fieldsOf(call));
  cloud.store.put(policiesOf(call.service), call.target, { ...policy, bindings: bindings(policy, cloud) });
  return cloud.store.get(policiesOf(call.service), call.target);
};

/** Answers `testIamPermissions`. Callers are not distinguished, so each has every permission that it tests. */
export const testIamPermissions: Handler = ({ service, target, body }, { store }) => {
  store.get(service, target);
  return { permissions: textsAt(body, "permissions") };
};

/** The fields to set: by default bindings and etag, so that audit configurations stay unless they are named. */
function fieldsOf({ body }: Call): readonly string[] {
  return (textAt(body, "updateMask") ?? "bindings,etag").split(",").map((field) => field.trim());
}

function merge(known: JsonObject, wished: JsonObject, fields: readonly string[]): JsonObject {
  const from = (field: string) => (fields.includes(field) ? wished : known)[field];
  const bound = objectsAt({ bindings: from("bindings") ?? [] }, "bindings");
  const audit = from("auditConfigs");
  return {
    version: bound.some((binding) => binding.condition !== undefined) ? 3 : 1,
    etag: randomBytes(8).toString("base64"),
    bindings: bound,
    ...(audit !== undefined && { auditConfigs: audit }),
  };
}

/** The bindings as Google keeps them: one for each role and condition, each member once, none without members. */
function bindings(policy: JsonObject, cloud: Cloud): JsonObject[] {
  const merged = new Map<string, JsonObject>();
  for (const binding of objectsAt(policy, "bindings")) {
    const role = textAt(binding, "role") ?? "";
    if (!ROLE.test(role))
      throw badField("policy.bindings.role", `Role (${role}) does not exist in the resource's hierarchy.`);
    const key = JSON.stringify([role, binding.condition]);
    const members = new Set([...textsAt(merged.get(key), "members"), ...textsAt(binding, "members")]);
    for (const member of members) checkMember(member, cloud);
    if (members.size > 0) merged.set(key, { ...binding, members: [...members] });
  }
  return [...merged.values()];
}

function checkMember(member: string, cloud: Cloud): void {
  if (!MEMBER.test(member)) {
    throw badField("policy.bindings.members", `The member ${member} is of an unknown type.`);
  }
  const email = /^serviceAccount:([^[]+)$/.exec(member)?.[1];
  if (
    email !== undefined &&
    isOurs(email, cloud) &&
    cloud.store.find("iam", accountName(email)) === undefined
  ) {
    throw badField("policy.bindings.members", `Service account ${email} does not exist.`);
  }
}

/** Whether an account belongs to a project of this control plane, so that it must be known here. */
function isOurs(email: string, cloud: Cloud): boolean {
  const project =
    /^service-(\d+)@/.exec(email)?.[1] ?? /@([^.]+)\.iam\.gserviceaccount\.com$/.exec(email)?.[1];
  return project !== undefined && cloud.findProject(project) !== undefined;
}

function accountName(email: string): string {
  const project = /@([^.]+)\.iam\.gserviceaccount\.com$/.exec(email)?.[1] ?? "-";
  return `projects/${project}/serviceAccounts/${email}`;
}

/** Makes a service account, of a user or of Google, known: policies may name it from now on. */
export function addAccount(cloud: Cloud, email: string): JsonObject {
  const known = cloud.store.find("iam", accountName(email));
  if (known !== undefined) return known;
  const name = accountName(email);
  const uniqueId = BigInt(`0x${randomBytes(8).toString("hex")}`)
    .toString()
    .padStart(21, "1");
  const account = { name, email, uniqueId, projectId: projectOf(name) ?? "-" };
  cloud.store.create("iam", name, account);
  return account;
}
