import { randomInt } from "node:crypto";
import type { Discovery } from "./discovery.ts";
import { GoogleError } from "./errors.ts";
import { isObject, type JsonObject, textAt } from "./json.ts";
import { Operations } from "./operations.ts";
import type { Route } from "./routes.ts";
import { Store } from "./store.ts";

/** A request that has passed the front end: recognised, read and allowed. */
export interface Call {
  readonly service: string;
  readonly route: Route;
  /** The resource or collection spoken of, below the version; a project is named by its id, however it was sent. */
  readonly target: string;
  /** The path's parameters; projects are named by id here as well. */
  readonly path: Readonly<Record<string, string>>;
  /** The query as the method's parameters have it. */
  readonly query: JsonObject;
  /** The body as the method's request schema has it; empty when the method takes none. */
  readonly body: JsonObject;
}

/** Answers one method. */
export type Handler = (call: Call, cloud: Cloud) => JsonObject;

/** Handlers by method id, such as `cloudkms.projects.locations.keyRings.create`. */
export type Handlers = Readonly<Record<string, Handler>>;

/** A project that exists before the first request. */
export interface ProjectSeed {
  readonly projectId: string;
  /** Twelve digits; a random one by default. */
  readonly projectNumber?: string;
  /** The APIs that are enabled already, such as `cloudkms.googleapis.com`; none by default. */
  readonly services?: readonly string[];
}

/** The state of the simulated control plane, and what its services share. */
export class Cloud {
  readonly discovery: Discovery;
  readonly store = new Store();
  readonly operations: Operations;

  /** @param operationPolls - by which poll a long-running operation is done; 0 for at once. */
  constructor(discovery: Discovery, operationPolls: number) {
    this.discovery = discovery;
    this.operations = new Operations(operationPolls);
  }

  /** The present time, as Google writes it. */
  now(): string {
    return new Date().toISOString();
  }

  /** Adds a project, as `projects.create` does. @throws GoogleError ALREADY_EXISTS */
  addProject(seed: ProjectSeed, fields: JsonObject = {}): JsonObject {
    const { projectId, projectNumber = String(randomInt(1e11, 2e11)) } = seed;
    const project = {
      name: projectId,
      ...fields,
      projectId,
      projectNumber,
      lifecycleState: "ACTIVE",
      createTime: this.now(),
    };
    this.store.create("cloudresourcemanager", `projects/${projectId}`, project);
    for (const service of seed.services ?? []) this.setService(projectId, service, "ENABLED");
    return project;
  }

  /** Says whether a project may use an API. */
  setService(projectId: string, service: string, state: "ENABLED" | "DISABLED"): void {
    this.store.put("serviceusage", `projects/${projectId}/services/${service}`, { service, state });
  }

  /** Whether a project may use an API. */
  isEnabled(projectId: string, service: string): boolean {
    return (
      textAt(this.store.find("serviceusage", `projects/${projectId}/services/${service}`), "state") ===
      "ENABLED"
    );
  }

  /** A project by id or number; undefined when there is none. */
  findProject(idOrNumber: string): JsonObject | undefined {
    const projects = this.store.list("cloudresourcemanager", "projects");
    return projects.find((one) => one.projectId === idOrNumber || one.projectNumber === idOrNumber);
  }

  /** The number of an existing project. @throws GoogleError PERMISSION_DENIED, as Google hides what does not exist */
  projectNumber(idOrNumber: string): string {
    const number = textAt(this.findProject(idOrNumber), "projectNumber");
    if (number === undefined)
      throw new GoogleError("PERMISSION_DENIED", "The caller does not have permission");
    return number;
  }

  /** A resource name whose project, if this control plane has it, is named by its id. */
  canonical(name: string): string {
    const [collection, project, ...rest] = name.split("/");
    const known = collection === "projects" && project !== undefined ? this.findProject(project) : undefined;
    return isObject(known) ? ["projects", textAt(known, "projectId"), ...rest].join("/") : name;
  }
}

/** The id of the project that a name begins with; undefined for organizations, folders and operations. */
export function projectOf(name: string): string | undefined {
  return /^projects\/([^/]+)/.exec(name)?.[1];
}
