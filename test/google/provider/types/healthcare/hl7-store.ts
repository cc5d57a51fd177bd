import { computed, deletionPolicy, labelFields, optional, optionalComputed, required } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";

export const hl7Store: ResourceType = {
  token: "gcp:healthcare/hl7Store:Hl7Store",
  evidence: {
    plan: "recorded",
    replaces: { assumed: "https://www.pulumi.com/registry/packages/gcp/api-docs/healthcare/hl7store/" },
  },
  timeouts: { create: 20, delete: 20, update: 20 },
  fields: {
    dataset: required({ replaces: true }),
    deletionPolicy,
    name: optional({ autonamed: true, replaces: true }),
    notificationConfig: optional({ shape: "block" }),
    notificationConfigs: optional({
      shape: "blocks",
      fields: {
        filter: optional(),
        pubsubTopic: required(),
      },
    }),
    parserConfig: optionalComputed({ shape: "block" }),
    rejectDuplicateMessage: optional({ replaces: true }),
    selfLink: computed(),

    ...labelFields(),
  },
};
