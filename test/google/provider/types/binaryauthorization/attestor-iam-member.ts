import { iamMember, memberFields } from "../../iam.ts";
import { project, required } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";
import { isSameName } from "../../values.ts";

export const attestorIamMember: ResourceType = {
  token: "gcp:binaryauthorization/attestorIamMember:AttestorIamMember",
  evidence: { plan: "recorded", replaces: "recorded", lifecycle: "recorded" },
  fields: memberFields({
    attestor: required({ isSame: isSameName, replaces: true }),
    project: project({ replaces: true }),
  }),
  lifecycle: iamMember({
    api: "binaryAuthorization",
    resource: "projects/{project}/attestors/{attestor}",
    named: "attestor",
    get: "GET",
  }),
};
