import { memberFields } from "../../iam.ts";
import { project, required } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";

export const topicIamMember: ResourceType = {
  token: "gcp:pubsub/topicIAMMember:TopicIAMMember",
  evidence: {
    plan: "recorded",
    replaces: { assumed: "https://www.pulumi.com/registry/packages/gcp/api-docs/pubsub/topiciammember/" },
  },

  fields: memberFields({
    project: project({ replaces: true }),
    topic: required({ replaces: true }),
  }),
};
