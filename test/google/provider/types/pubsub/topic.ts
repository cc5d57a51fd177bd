import { deletionPolicy, labelFields, optional, optionalComputed, project } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";

export const topic: ResourceType = {
  token: "gcp:pubsub/topic:Topic",
  evidence: {
    plan: "recorded",
    replaces: { assumed: "https://www.pulumi.com/registry/packages/gcp/api-docs/pubsub/topic/" },
  },
  timeouts: { create: 20, delete: 20, update: 20 },
  fields: {
    deletionPolicy,
    ingestionDataSourceSettings: optional({ shape: "block" }),
    kmsKeyName: optional(),
    messageRetentionDuration: optional(),
    messageStoragePolicy: optionalComputed({ shape: "block" }),
    messageTransforms: optional({ shape: "blocks" }),
    name: optional({ autonamed: true, replaces: true }),
    project: project({ replaces: true }),
    schemaSettings: optional({ shape: "block" }),
    tags: optional({ shape: "map" }),

    ...labelFields(),
  },
};
