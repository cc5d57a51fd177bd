import { iamMember, memberFields } from "../../iam.ts";
import { required } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";
import { PROJECT } from "./policy-holder.ts";

export const projectsIamMember: ResourceType = {
  token: "gcp:projects/iAMMember:IAMMember",
  evidence: { plan: "recorded", replaces: "recorded", lifecycle: "recorded" },
  fields: memberFields({ project: required({ replaces: true }) }),
  lifecycle: iamMember(PROJECT),
};
