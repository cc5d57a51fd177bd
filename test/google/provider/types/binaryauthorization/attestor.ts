import { type JsonObject, objectAt } from "../../../json.ts";
import { computed, deletionPolicy, optional, optionalComputed, project, required } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";
import { pick, standard } from "../../standard.ts";

function encode(properties: JsonObject): JsonObject {
  const note = objectAt(properties, "attestationAuthorityNote");
  return {
    ...pick(properties, "description"),
    userOwnedGrafeasNote: pick(note, "noteReference", "publicKeys"),
  };
}

/** `EC_SIGN_…` is an alias of `ECDSA_…` (https://cloud.google.com/binary-authorization/docs/reference/rest/v1/projects.attestors). */
function isSameAlgorithm(one: string, other: string): boolean {
  const [first, second] = [one, other].map((name) => name.replace(/^EC_SIGN_/, "ECDSA_"));
  return first === second;
}

export const attestor: ResourceType = {
  token: "gcp:binaryauthorization/attestor:Attestor",
  evidence: { plan: "recorded", replaces: "recorded", lifecycle: "recorded" },
  timeouts: { create: 20, delete: 20, update: 20 },
  fields: {
    attestationAuthorityNote: required({
      shape: "block",
      fields: {
        delegationServiceAccountEmail: computed(),
        noteReference: required(),
        publicKeys: optional({
          shape: "blocks",
          fields: {
            asciiArmoredPgpPublicKey: optional(),
            comment: optional(),
            id: optionalComputed(),
            pkixPublicKey: optional({
              shape: "block",
              fields: { publicKeyPem: optional(), signatureAlgorithm: optional({ isSame: isSameAlgorithm }) },
            }),
          },
        }),
      },
    }),
    deletionPolicy,
    description: optional(),
    name: optional({ autonamed: true, replaces: true }),
    project: project({ replaces: true }),
  },
  lifecycle: standard({
    api: "binaryAuthorization",
    name: "projects/{project}/attestors/{name}",
    create: "projects/{project}/attestors?attestorId={name}",
    update: "PUT",
    encode,
    decode: ({ userOwnedGrafeasNote = {}, ...resource }) => ({
      ...pick(resource, "description"),
      attestationAuthorityNote: userOwnedGrafeasNote,
    }),
  }),
};
