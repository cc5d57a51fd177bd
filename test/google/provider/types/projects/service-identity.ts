import { type JsonObject, textAt } from "../../../json.ts";
import type { Found, Lifecycle, ResourceType } from "../../lifecycle.ts";
import { computed, project, required } from "../../schema.ts";
import { expand } from "../../standard.ts";

const NAME = "projects/{project}/services/{service}";

const found = (properties: JsonObject): Found => ({ id: expand(NAME, properties), properties });

/** An agent is made once; there is nothing to read, and it stays when the resource is deleted. */
const lifecycle: Lifecycle = {
  create: async (properties, { api }) => {
    const response = await api.run(
      "serviceUsage",
      `POST ${expand(NAME, properties)}:generateServiceIdentity`,
      {},
    );
    const email = textAt(response, "email") ?? "";
    return found({ ...properties, email, member: `serviceAccount:${email}` });
  },
  read: (_, state) => {
    if (state.service === undefined)
      throw new Error("A service identity is not imported: Google has no method that reads it.");
    return Promise.resolve(found(state));
  },
  delete: () => Promise.resolve(),
};

export const serviceIdentity: ResourceType = {
  token: "gcp:projects/serviceIdentity:ServiceIdentity",
  evidence: { plan: "recorded", replaces: "recorded", lifecycle: "recorded" },
  timeouts: { create: 20, delete: 20, read: 10 },
  fields: {
    email: computed(),
    member: computed(),
    project: project({ replaces: true }),
    service: required({ replaces: true }),
  },
  lifecycle,
};
