import { memberFields } from "../../iam.ts";
import { optional, project, required } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";

export const repositoryIamMember: ResourceType = {
  token: "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
  evidence: {
    plan: "recorded",
    replaces: {
      assumed: "https://www.pulumi.com/registry/packages/gcp/api-docs/artifactregistry/repositoryiammember/",
    },
  },

  fields: memberFields({
    location: optional({ replaces: true }),
    project: project({ replaces: true }),
    repository: required({ replaces: true }),
  }),
};
