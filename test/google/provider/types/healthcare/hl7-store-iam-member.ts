import { memberFields } from "../../iam.ts";
import { required } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";

export const hl7StoreIamMember: ResourceType = {
  token: "gcp:healthcare/hl7StoreIamMember:Hl7StoreIamMember",
  evidence: {
    plan: "recorded",
    replaces: {
      assumed: "https://www.pulumi.com/registry/packages/gcp/api-docs/healthcare/hl7storeiammember/",
    },
  },

  fields: memberFields({
    hl7V2StoreId: required({ replaces: true }),
  }),
};
