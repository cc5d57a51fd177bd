import {
  computed,
  deletionPolicy,
  labelFields,
  optional,
  optionalComputed,
  project,
  required,
} from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";

export const repository: ResourceType = {
  token: "gcp:artifactregistry/repository:Repository",
  evidence: {
    plan: "recorded",
    replaces: {
      assumed: "https://www.pulumi.com/registry/packages/gcp/api-docs/artifactregistry/repository/",
    },
  },
  timeouts: { create: 20, delete: 20, update: 20 },
  fields: {
    cleanupPolicies: optional({ shape: "blocks" }),
    cleanupPolicyDryRun: optional(),
    createTime: computed(),
    deletionPolicy,
    description: optional(),
    dockerConfig: optional({ shape: "block" }),
    format: required({ replaces: true }),
    kmsKeyName: optional({ replaces: true }),
    location: optional({ replaces: true }),
    mavenConfig: optional({ shape: "block" }),
    mode: optional({ replaces: true }),
    name: computed(),
    project: project({ replaces: true }),
    registryUri: computed(),
    remoteRepositoryConfig: optional({
      shape: "block",
      fields: {
        aptRepository: optional({ shape: "block" }),
        commonRepository: optional({
          shape: "block",
          fields: {
            uri: required(),
          },
        }),
        description: optional(),
        disableUpstreamValidation: optional(),
        dockerRepository: optional({
          shape: "block",
          fields: {
            customRepository: optional({ shape: "block" }),
            publicRepository: optional(),
          },
        }),
        mavenRepository: optional({ shape: "block" }),
        noCache: optional({ shape: "block" }),
        npmRepository: optional({ shape: "block" }),
        pythonRepository: optional({ shape: "block" }),
        upstreamCredentials: optional({ shape: "block" }),
        yumRepository: optional({ shape: "block" }),
      },
    }),
    repositoryId: required({ replaces: true }),
    updateTime: computed(),
    virtualRepositoryConfig: optional({ shape: "block" }),
    vulnerabilityScanningConfig: optional({
      shape: "block",
      fields: {
        enablementConfig: optional(),
        enablementState: optionalComputed(),
        enablementStateReason: optionalComputed(),
      },
    }),

    ...labelFields(),
  },
};
