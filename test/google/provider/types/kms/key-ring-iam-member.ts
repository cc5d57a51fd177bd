import { iamMember, memberFields } from "../../iam.ts";
import { required } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";

const PAGE = "https://www.pulumi.com/registry/packages/gcp/api-docs/kms/keyringiammember/";

export const keyRingIamMember: ResourceType = {
  token: "gcp:kms/keyRingIAMMember:KeyRingIAMMember",
  evidence: { plan: { assumed: PAGE }, replaces: { assumed: PAGE }, lifecycle: { assumed: PAGE } },
  fields: memberFields({ keyRingId: required({ replaces: true }) }),
  lifecycle: iamMember({ api: "kms", resource: "{keyRingId}", get: "GET" }),
};
