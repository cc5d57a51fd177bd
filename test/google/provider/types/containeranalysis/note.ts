import { computed, deletionPolicy, optional, project, required } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";
import { pick, standard } from "../../standard.ts";

export const note: ResourceType = {
  token: "gcp:containeranalysis/note:Note",
  evidence: { plan: "recorded", replaces: "recorded", lifecycle: "recorded" },
  timeouts: { create: 20, delete: 20, update: 20 },
  fields: {
    attestationAuthority: required({
      shape: "block",
      fields: {
        hint: required({ shape: "block", fields: { humanReadableName: required() } }),
      },
    }),
    createTime: computed(),
    deletionPolicy,
    expirationTime: optional(),
    kind: computed(),
    longDescription: optional(),
    name: optional({ autonamed: true, replaces: true }),
    project: project({ replaces: true }),
    relatedNoteNames: optional({ shape: "set" }),
    relatedUrls: optional({ shape: "blocks" }),
    shortDescription: optional(),
    updateTime: computed(),
  },
  lifecycle: standard({
    api: "containerAnalysis",
    name: "projects/{project}/notes/{name}",
    create: "projects/{project}/notes?noteId={name}",
    update: "PATCH",
    encode: (properties) => ({
      ...pick(properties, "attestationAuthority", "expirationTime", "longDescription"),
      ...pick(properties, "relatedNoteNames", "shortDescription"),
      relatedUrl: properties.relatedUrls ?? [],
    }),
    decode: ({ relatedUrl = [], ...resource }) => ({ ...resource, relatedUrls: relatedUrl }),
  }),
};
