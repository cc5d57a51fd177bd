import { type Call, type Cloud, type Handlers, projectOf } from "./cloud.ts";
import { badField, GoogleError, unimplemented } from "./errors.ts";
import { addAccount } from "./iam.ts";
import { type JsonObject, textAt, textsAt } from "./json.ts";
import { getOperation, list } from "./resources.ts";

/** Service Usage: which APIs a project may use, and the accounts that Google's services act by in it. */
export const serviceUsage: Handlers = {
  "serviceusage.operations.get": getOperation,
  "serviceusage.services.get": ({ target }, cloud) => show(target, cloud),
  "serviceusage.services.list": (call, cloud) => list(call, known(call, cloud)),
  "serviceusage.services.batchGet": ({ query }, cloud) => ({
    services: textsAt(query, "names").map((name) => show(cloud.canonical(name), cloud)),
  }),
  "serviceusage.services.enable": (call, cloud) =>
    cloud.operations.start(call.service, "", () => {
      setState(call.target, "ENABLED", cloud);
      return response(call, "EnableServiceResponse", { service: show(call.target, cloud) });
    }),
  "serviceusage.services.batchEnable": batchEnable,
  "serviceusage.services.disable": (call, cloud) => {
    if (call.body.checkIfServiceHasUsage === "CHECK") throw unimplemented("checks for usage");
    if (show(call.target, cloud).state !== "ENABLED") {
      throw new GoogleError("FAILED_PRECONDITION", `Service ${idOf(call.target)} is not enabled.`);
    }
    return cloud.operations.start(call.service, "", () => {
      setState(call.target, "DISABLED", cloud);
      return response(call, "DisableServiceResponse", { service: show(call.target, cloud) });
    });
  },
  "serviceusage.services.generateServiceIdentity": (call, cloud) => {
    const email = serviceAgent(idOf(call.target), cloud.projectNumber(projectOf(call.target) ?? ""));
    return cloud.operations.start(call.service, "", () => {
      const { uniqueId = "" } = addAccount(cloud, email);
      return response(call, "ServiceIdentity", { email, uniqueId });
    });
  },
};

/** The agents whose addresses do not follow the rule `gcp-sa-SERVICE`. */
const AGENTS: Readonly<Record<string, string>> = {
  compute: "compute-system",
  container: "container-engine-robot",
  containeranalysis: "container-analysis",
};

/** The address of the account that a service acts by in a project. */
export function serviceAgent(service: string, projectNumber: string): string {
  const name = service.replace(/\.googleapis\.com$/, "");
  return `service-${projectNumber}@${AGENTS[name] ?? `gcp-sa-${name}`}.iam.gserviceaccount.com`;
}

function idOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

function setState(name: string, state: "ENABLED" | "DISABLED", cloud: Cloud): void {
  cloud.setService(projectOf(name) ?? "", idOf(name), state);
}

/** A service of a project, which answers name by its number. */
function show(name: string, cloud: Cloud): JsonObject {
  const project = projectOf(name) ?? "";
  const service = idOf(name);
  if (!/^[a-z0-9.-]+\.[a-z]+$/.test(service))
    throw badField("name", `Service ${service} is not the name of an API.`);
  const parent = `projects/${cloud.projectNumber(project)}`;
  const title = cloud.discovery.documents(service.replace(/\.googleapis\.com$/, ""))[0]?.title;
  return {
    name: `${parent}/services/${service}`,
    parent,
    config: { name: service, ...(title !== undefined && { title }) },
    state: cloud.isEnabled(project, service) ? "ENABLED" : "DISABLED",
  };
}

/** The services that there are: those with a document, and those that a project has ever used. */
function known({ target, query }: Call, cloud: Cloud): JsonObject[] {
  const used = cloud.store.list("serviceusage", target).map((service) => textAt(service, "service") ?? "");
  const offered = cloud.discovery.services().map((service) => `${service}.googleapis.com`);
  const state = /^state:(ENABLED|DISABLED)$/.exec(textAt(query, "filter") ?? "")?.[1];
  if (state === undefined && query.filter !== undefined)
    throw badField("filter", "The filter is state:ENABLED or state:DISABLED.");
  const isWanted = (service: string) =>
    state === undefined || (state === "ENABLED") === cloud.isEnabled(projectOf(target) ?? "", service);
  return [...new Set([...used, ...offered])]
    .filter(isWanted)
    .map((service) => show(`${target}/${service}`, cloud));
}

function batchEnable(call: Call, cloud: Cloud): JsonObject {
  const names = textsAt(call.body, "serviceIds").map((id) => `${call.target}/${id}`);
  if (names.length === 0 || names.length > 20)
    throw badField("serviceIds", "Give between 1 and 20 services.");
  // A name that is none is refused here, before anything is enabled.
  for (const name of names) show(name, cloud);
  return cloud.operations.start(call.service, "", () => {
    for (const name of names) setState(name, "ENABLED", cloud);
    return response(call, "BatchEnableServicesResponse", {
      services: names.map((name) => show(name, cloud)),
    });
  });
}

function response({ route: { document } }: Call, type: string, fields: JsonObject): JsonObject {
  return { "@type": `type.googleapis.com/google.api.serviceusage.${document.version}.${type}`, ...fields };
}
