import { type JsonObject, objectAt, textAt } from "../../../json.ts";
import { computed, deletionPolicy, optional, project, required } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";
import { pick, standard } from "../../standard.ts";

/** An attestation in the form of v1beta1, the version that the provider speaks. */
function encode(properties: JsonObject): JsonObject {
  const genericSignedAttestation = {
    ...objectAt(properties, "attestation"),
    contentType: "SIMPLE_SIGNING_JSON",
  };
  return {
    ...pick(properties, "noteName", "remediation"),
    resource: { uri: properties.resourceUri ?? "" },
    attestation: { attestation: { genericSignedAttestation } },
  };
}

function decode(resource: JsonObject): JsonObject {
  const signed = objectAt(
    objectAt(objectAt(resource, "attestation"), "attestation"),
    "genericSignedAttestation",
  );
  return {
    ...pick(resource, "createTime", "kind", "noteName", "remediation", "updateTime"),
    resourceUri: textAt(objectAt(resource, "resource"), "uri") ?? "",
    attestation: pick(signed, "serializedPayload", "signatures"),
  };
}

export const occurence: ResourceType = {
  token: "gcp:containeranalysis/occurence:Occurence",
  evidence: { plan: "recorded", replaces: "recorded", lifecycle: "recorded" },
  timeouts: { create: 20, delete: 20, update: 20 },
  fields: {
    attestation: required({
      shape: "block",
      fields: {
        serializedPayload: required(),
        signatures: required({
          shape: "blocks",
          fields: { publicKeyId: required(), signature: optional() },
        }),
      },
    }),
    createTime: computed(),
    deletionPolicy,
    kind: computed(),
    name: computed(),
    noteName: required({ replaces: true }),
    project: project({ replaces: true }),
    remediation: optional(),
    resourceUri: required({ replaces: true }),
    updateTime: computed(),
  },
  lifecycle: standard({
    api: "containerAnalysis",
    name: "projects/{project}/occurrences/{name}",
    create: "projects/{project}/occurrences",
    update: "PATCH",
    encode,
    decode,
  }),
};
