import { iamMember, memberFields } from "../../iam.ts";
import { project, required } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";
import { isSameName } from "../../values.ts";

export const noteIamMember: ResourceType = {
  token: "gcp:containeranalysis/noteIamMember:NoteIamMember",
  evidence: { plan: "recorded", replaces: "recorded", lifecycle: "recorded" },
  fields: memberFields({
    note: required({ isSame: isSameName, replaces: true }),
    project: project({ replaces: true }),
  }),
  lifecycle: iamMember({
    api: "containerAnalysis",
    resource: "projects/{project}/notes/{note}",
    named: "note",
    get: "POST",
  }),
};
