import { iamAuditConfig } from "../../iam.ts";
import { computed, optional, required } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";
import { PROJECT } from "./policy-holder.ts";

const PAGE = "https://www.pulumi.com/registry/packages/gcp/api-docs/projects/iamauditconfig/";

export const projectsIamAuditConfig: ResourceType = {
  token: "gcp:projects/iAMAuditConfig:IAMAuditConfig",
  evidence: {
    plan: { assumed: PAGE },
    replaces: { assumed: PAGE },
    lifecycle: {
      assumed: "https://cloud.google.com/resource-manager/reference/rest/v1/projects/setIamPolicy",
    },
  },
  fields: {
    auditLogConfigs: required({
      shape: "blocks",
      fields: { exemptedMembers: optional({ shape: "set" }), logType: required() },
    }),
    etag: computed(),
    project: required({ replaces: true }),
    service: required({ replaces: true }),
  },
  lifecycle: iamAuditConfig(PROJECT),
};
