import { type JsonObject, textAt } from "../../../json.ts";
import type { Found, Lifecycle, ResourceType } from "../../lifecycle.ts";
import { deletionPolicy, optional, project, required } from "../../schema.ts";
import { expand, parse } from "../../standard.ts";

const ID = "{project}/{service}";
const NAME = "projects/{project}/services/{service}";

const found = (properties: JsonObject): Found => ({ id: expand(ID, properties), properties });

const lifecycle: Lifecycle = {
  create: async (properties, { api }) => {
    await api.run("serviceUsage", `POST ${expand(NAME, properties)}:enable`, {});
    return found(properties);
  },
  read: async (id, _, { api }) => {
    const named = parse(ID, id);
    const service = await api.find("serviceUsage", expand(NAME, named));
    return textAt(service, "state") === "ENABLED" ? found(named) : undefined;
  },
  delete: async (id, state, { api }) => {
    if (state.disableOnDestroy !== true) return;
    await api.run("serviceUsage", `POST ${expand(NAME, parse(ID, id))}:disable`, {});
  },
};

export const service: ResourceType = {
  token: "gcp:projects/service:Service",
  evidence: { plan: "recorded", replaces: "recorded", lifecycle: "recorded" },
  timeouts: { create: 20, delete: 20, read: 10, update: 20 },
  fields: {
    checkIfServiceHasUsageOnDestroy: optional({ local: true }),
    deletionPolicy,
    disableDependentServices: optional({ local: true }),
    disableOnDestroy: optional({ local: true }),
    project: project({ replaces: true }),
    service: required({ replaces: true }),
  },
  lifecycle,
};
