import type { Call, Cloud, Handlers } from "./cloud.ts";
import { badField, GoogleError } from "./errors.ts";
import { getIamPolicy, setIamPolicy, testIamPermissions } from "./iam.ts";
import { type JsonObject, objectAt, textAt } from "./json.ts";
import { getOperation } from "./resources.ts";

/** Cloud Resource Manager: projects, in the first and the third version's form. */
export const resourceManager: Handlers = {
  "cloudresourcemanager.operations.get": getOperation,
  "cloudresourcemanager.projects.getIamPolicy": getIamPolicy,
  "cloudresourcemanager.projects.setIamPolicy": setIamPolicy,
  "cloudresourcemanager.projects.testIamPermissions": testIamPermissions,
  "cloudresourcemanager.projects.get": (call, cloud) => shown(call, existing(call, cloud)),
  "cloudresourcemanager.projects.create": create,
  "cloudresourcemanager.projects.update": (call, cloud) => {
    const { name = "", labels = {} } = call.body;
    cloud.store.put(call.service, call.target, { ...existing(call, cloud), name, labels });
    return existing(call, cloud);
  },
  "cloudresourcemanager.projects.delete": (call, cloud) => {
    const project = existing(call, cloud);
    if (project.lifecycleState !== "ACTIVE") {
      throw new GoogleError("FAILED_PRECONDITION", "The project is not active.");
    }
    const remove = () => {
      cloud.store.put(call.service, call.target, { ...project, lifecycleState: "DELETE_REQUESTED" });
      return {};
    };
    if (call.route.document.version === "v1") return remove();
    return cloud.operations.start(call.service, "", remove);
  },
};

const existing = ({ service, target }: Call, { store }: Cloud) => store.get(service, target);

function create(call: Call, cloud: Cloud): JsonObject {
  const projectId = textAt(call.body, "projectId") ?? "";
  if (!/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(projectId))
    throw badField("projectId", `Invalid project id "${projectId}".`);
  if (cloud.findProject(projectId) !== undefined) {
    throw new GoogleError("ALREADY_EXISTS", "Requested entity already exists");
  }
  const fields = stored(call);
  return cloud.operations.start(call.service, "", () => shown(call, cloud.addProject({ projectId }, fields)));
}

/** What a caller writes of a project, in the first version's form. */
const stored = ({ route, body }: Call): JsonObject => {
  const { labels = {} } = body;
  if (route.document.version === "v1")
    return { labels, parent: objectAt(body, "parent"), name: textAt(body, "name") ?? "" };
  const [, type, id] = /^(folder|organization)s\/(\d+)$/.exec(textAt(body, "parent") ?? "") ?? [];
  const parent = type === undefined || id === undefined ? {} : { type, id };
  return { labels, parent, name: textAt(body, "displayName") ?? "" };
};

const shown = ({ route }: Call, project: JsonObject): JsonObject => {
  if (route.document.version === "v1") return project;
  const { type, id } = objectAt(project, "parent") as { type?: string; id?: string };
  return {
    name: `projects/${textAt(project, "projectNumber") ?? ""}`,
    projectId: project.projectId ?? "",
    displayName: project.name ?? "",
    state: project.lifecycleState ?? "",
    createTime: project.createTime ?? "",
    labels: project.labels ?? {},
    ...(type !== undefined && id !== undefined && { parent: `${type}s/${id}` }),
  };
};
