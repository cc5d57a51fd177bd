import type { Call, Cloud, Handler, Handlers } from "./cloud.ts";
import { badField, notFound, unimplemented } from "./errors.ts";
import { type JsonObject, objectAt, textAt, without } from "./json.ts";
import { type Kind, kindAt, list } from "./resources.ts";

/**
 * Container Analysis: attestation notes and their occurrences. Both versions of the API speak of the same ones, in
 * forms that differ; they are stored in the form of v1.
 */

const isBeta = ({ route }: Call) => route.document.version === "v1beta1";

/** The fields of a note or an occurrence that is an attestation, in the form of v1. */
const FIELDS = new Set([
  ...["name", "kind", "createTime", "updateTime", "attestation"],
  ...["shortDescription", "longDescription", "relatedUrl", "relatedNoteNames", "expirationTime"],
  ...["noteName", "resourceUri", "remediation"],
]);

/** Refuses what is not an attestation, rather than to keep it in a form that only one version understands. */
function attestationOnly(resource: JsonObject): JsonObject {
  if (resource.attestation === undefined) throw badField("kind", "The kind of the resource is not given.");
  const other = Object.keys(resource).find((field) => !FIELDS.has(field));
  if (other !== undefined) throw unimplemented(`${other} in Container Analysis`);
  return { ...resource, kind: "ATTESTATION" };
}

const note: Kind = {
  stored: (resource, call) => {
    const isBetaForm = isBeta(call) && resource.attestationAuthority !== undefined;
    const attestation = objectAt(resource, "attestationAuthority");
    return attestationOnly(
      isBetaForm ? { ...without(resource, "attestationAuthority"), attestation } : resource,
    );
  },
  shown: (resource, call) => {
    const attestationAuthority = objectAt(resource, "attestation");
    return isBeta(call) ? { ...without(resource, "attestation"), attestationAuthority } : resource;
  },
};

const occurrence: Kind = {
  stored: (resource, call, cloud) => {
    const read = attestationOnly(isBeta(call) ? fromBeta(resource) : resource);
    const noteName = textAt(read, "noteName") ?? "";
    if (textAt(read, "resourceUri") === undefined)
      throw badField("occurrence.resource_uri", "A resource URI is required.");
    if (cloud.store.find(call.service, cloud.canonical(noteName)) === undefined)
      throw notFound(`note ${noteName}`);
    return read;
  },
  shown: (resource, call) => (isBeta(call) ? toBeta(resource) : resource),
};

function fromBeta(resource: JsonObject): JsonObject {
  const uri = textAt(objectAt(resource, "resource"), "uri");
  const signed = objectAt(objectAt(resource, "attestation"), "attestation");
  const generic = objectAt(signed, "genericSignedAttestation");
  if (Object.keys(without(signed, "genericSignedAttestation")).length > 0)
    throw unimplemented("PGP attestations");
  return {
    ...without(resource, "resource", "attestation"),
    ...(uri !== undefined && { resourceUri: uri }),
    ...(resource.attestation !== undefined && { attestation: without(generic, "contentType") }),
  };
}

function toBeta(resource: JsonObject): JsonObject {
  const generic = { contentType: "SIMPLE_SIGNING_JSON", ...objectAt(resource, "attestation") };
  return {
    ...without(resource, "resourceUri", "attestation"),
    resource: { uri: textAt(resource, "resourceUri") ?? "" },
    attestation: { attestation: { genericSignedAttestation: generic } },
  };
}

/** The occurrences of a note, in whatever project each is. */
const ofNote: Handler = (call, cloud) => {
  if (call.query.filter !== undefined) throw unimplemented("filters of a note's occurrences");
  const name = call.path.name ?? "";
  cloud.store.get(call.service, name);
  const projects = cloud.store
    .list("cloudresourcemanager", "projects")
    .map((project) => textAt(project, "projectId") ?? "");
  const all = projects.flatMap((id) => cloud.store.list(call.service, `projects/${id}/occurrences`));
  const mine = all.filter((one) => cloud.canonical(textAt(one, "noteName") ?? "") === name);
  return list(
    call,
    mine.map((one) => occurrence.shown(one, call, cloud)),
  );
};

/** The note of an occurrence. */
const noteOf: Handler = (call, cloud: Cloud) => {
  const noteName = textAt(cloud.store.get(call.service, call.path.name ?? ""), "noteName") ?? "";
  return note.shown(cloud.store.get(call.service, cloud.canonical(noteName)), call, cloud);
};

export const containerAnalysis: Handlers = {
  ...kindAt("containeranalysis.projects.notes", note),
  ...kindAt("containeranalysis.projects.occurrences", occurrence),
  "containeranalysis.projects.notes.occurrences.list": ofNote,
  "containeranalysis.projects.occurrences.getNotes": noteOf,
};
