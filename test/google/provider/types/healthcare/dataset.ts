import { computed, deletionPolicy, optional, optionalComputed, project, required } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";

export const dataset: ResourceType = {
  token: "gcp:healthcare/dataset:Dataset",
  evidence: {
    plan: "recorded",
    replaces: { assumed: "https://www.pulumi.com/registry/packages/gcp/api-docs/healthcare/dataset/" },
  },
  timeouts: { create: 20, delete: 20, update: 20 },
  fields: {
    deletionPolicy,
    encryptionSpec: optionalComputed({
      replaces: true,
      shape: "block",
      fields: {
        kmsKeyName: optional(),
      },
    }),
    location: required({ replaces: true }),
    name: optional({ autonamed: true, replaces: true }),
    project: project({ replaces: true }),
    selfLink: computed(),
    timeZone: optional(),
  },
};
