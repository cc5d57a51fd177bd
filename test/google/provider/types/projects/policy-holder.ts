import type { PolicyHolder } from "../../iam.ts";

/** A project's own access policy. */
export const PROJECT: PolicyHolder = {
  api: "resourceManager",
  resource: "projects/{project}",
  get: "POST",
  id: "{project}",
};
