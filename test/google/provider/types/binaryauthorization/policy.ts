import { deletionPolicy, optional, project, required } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";

export const policy: ResourceType = {
  token: "gcp:binaryauthorization/policy:Policy",
  evidence: {
    plan: "recorded",
    replaces: {
      assumed: "https://www.pulumi.com/registry/packages/gcp/api-docs/binaryauthorization/policy/",
    },
  },
  timeouts: { create: 20, delete: 20, update: 20 },
  fields: {
    admissionWhitelistPatterns: optional({
      shape: "blocks",
      fields: {
        namePattern: required(),
      },
    }),
    clusterAdmissionRules: optional({ shape: "blocks" }),
    defaultAdmissionRule: required({
      shape: "block",
      fields: {
        enforcementMode: required(),
        evaluationMode: required(),
        requireAttestationsBies: optional({ shape: "list" }),
      },
    }),
    deletionPolicy,
    description: optional(),
    globalPolicyEvaluationMode: optional(),
    project: project({ replaces: true }),
  },
};
