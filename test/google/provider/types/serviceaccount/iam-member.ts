import { memberFields } from "../../iam.ts";
import { required } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";

export const serviceaccountIamMember: ResourceType = {
  token: "gcp:serviceaccount/iAMMember:IAMMember",
  evidence: {
    plan: "recorded",
    replaces: { assumed: "https://www.pulumi.com/registry/packages/gcp/api-docs/serviceaccount/iammember/" },
  },

  fields: memberFields({
    serviceAccountId: required({ replaces: true }),
  }),
};
