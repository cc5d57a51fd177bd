import { computed, labelFields, optional } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";

export const project: ResourceType = {
  token: "gcp:organizations/project:Project",
  evidence: {
    plan: "recorded",
    replaces: { assumed: "https://www.pulumi.com/registry/packages/gcp/api-docs/organizations/project/" },
  },
  timeouts: { create: 10, delete: 10, read: 10, update: 10 },
  fields: {
    autoCreateNetwork: optional(),
    billingAccount: optional(),
    deletionPolicy: optional(),
    folderId: optional(),
    name: optional({ autonamed: true }),
    number: computed(),
    orgId: optional(),
    projectId: optional({ replaces: true }),
    tags: optional({ shape: "map" }),

    ...labelFields(),
  },
};
