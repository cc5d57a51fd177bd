import * as pulumi from "@pulumi/pulumi";
import { Project } from "../components/gcp/project.ts";
import { InternalError } from "./internal-error.ts";
import type { StackConfig } from "./config/stack-config.ts";
import { callsOf } from "./home-projects.ts";
import type { GoogleProviders } from "./providers.ts";
import { type Role, ROLES } from "./config/schema/projects.ts";

/** The project of a role. */
export type Projects = (role: Role) => Project;

interface Needs {
  readonly apis: readonly string[];
  /** Service agents to create, each with the role that Google grants it at its first use. */
  readonly serviceAgents: Readonly<Record<string, string>>;
}

export const API = {
  artifactRegistry: "artifactregistry.googleapis.com",
  artifactAnalysis: "containeranalysis.googleapis.com",
  binaryAuthorization: "binaryauthorization.googleapis.com",
  compute: "compute.googleapis.com",
  dns: "dns.googleapis.com",
  healthcare: "healthcare.googleapis.com",
  iam: "iam.googleapis.com",
  kms: "cloudkms.googleapis.com",
  kubernetesEngine: "container.googleapis.com",
  pubsub: "pubsub.googleapis.com",
  resourceManager: "cloudresourcemanager.googleapis.com",
} as const;

const BINARY_AUTHORIZATION_AGENT = { [API.binaryAuthorization]: "roles/binaryauthorization.serviceAgent" };

/**
 * What each role needs in its project. The tutorial enables fewer APIs than it uses: attestations are stored by
 * Artifact Analysis, and a cluster needs Kubernetes Engine, Compute Engine and a service account.
 */
function needs(role: Role, config: StackConfig): Needs {
  const encrypted = config.customerManagedKeys === undefined ? [] : [API.kms];
  switch (role) {
    case "kms":
      return { apis: [API.kms], serviceAgents: {} };
    case "note":
      return { apis: [API.artifactAnalysis], serviceAgents: {} };
    case "attestor":
      return {
        apis: [API.binaryAuthorization, API.kms, API.resourceManager],
        serviceAgents: BINARY_AUTHORIZATION_AGENT,
      };
    case "attestation":
      return {
        apis: [API.binaryAuthorization, API.artifactAnalysis, API.resourceManager],
        serviceAgents: {},
      };
    case "hl7v2": {
      const pubsub = (config.hl7v2Store?.notifications.length ?? 0) > 0 ? [API.pubsub] : [];
      return {
        apis: [API.healthcare, API.resourceManager, ...pubsub, ...encrypted],
        serviceAgents: {
          [API.healthcare]: "roles/healthcare.serviceAgent",
          ...(encrypted.length > 0 && pubsub.length > 0 && { [API.pubsub]: "roles/pubsub.serviceAgent" }),
        },
      };
    }
    case "deployer":
    case "fhir": {
      const dicomStore = role === "fhir" && config.dicom?.upstream.google !== undefined;
      const mirror = role === "fhir" && config.fhirCluster?.google?.mirror === true;
      return {
        apis: [
          API.binaryAuthorization,
          API.kubernetesEngine,
          API.compute,
          API.dns,
          API.iam,
          API.resourceManager,
          ...(mirror ? [API.artifactRegistry] : []),
          ...(dicomStore ? [API.healthcare] : []),
          ...encrypted,
        ],
        serviceAgents: {
          ...BINARY_AUTHORIZATION_AGENT,
          ...(dicomStore && { [API.healthcare]: "roles/healthcare.serviceAgent" }),
          ...(encrypted.length > 0 && { [API.kubernetesEngine]: "roles/container.serviceAgent" }),
          ...(encrypted.length > 0 &&
            mirror && { [API.artifactRegistry]: "roles/artifactregistry.serviceAgent" }),
        },
      };
    }
  }
}

/** Google requires these only in the resource's project, and enabling them creates accounts and networks. */
const RESOURCE_BASED: readonly string[] = [API.compute, API.kubernetesEngine];

/** The APIs that service accounts call, and so need in their home project. */
function calledFrom(home: string, config: StackConfig): string[] {
  return callsOf(config)
    .filter((calls) => calls.home === home)
    .flatMap(({ roles }) => roles.flatMap((role) => needs(role, config).apis))
    .filter((api) => !RESOURCE_BASED.includes(api));
}

/**
 * The projects of a stack's roles. Roles that share a project share the component, with everything they need. A project
 * that is home to service accounts also enables the APIs that these call, and their resources elsewhere wait for it.
 */
export function createProjects(
  config: StackConfig,
  identity: GoogleProviders,
  parent: pulumi.Resource,
): Projects {
  const present = ROLES.filter((role) => config.projects[role] !== undefined);
  const byId = Map.groupBy(present, (role) => config.projects[role]?.id ?? "");
  const components = new Map<Role, Project>();
  const apisOf = new Map([...byId.keys()].map((id) => [id, pulumi.deferredOutput<string[]>()]));
  for (const [projectId, roles] of byId) {
    const homes = callsOf(config).filter((calls) => calls.roles.some((role) => roles.includes(role)));
    const others = new Set(homes.map(({ home }) => home).filter((home) => home !== projectId));
    const callers = [...others].flatMap((home) => apisOf.get(home)?.[0] ?? []);
    const project = declare(projectId, roles, callers, config, identity, parent);
    apisOf.get(projectId)?.[1](project.enabledApis);
    for (const role of roles) components.set(role, project);
  }
  return (role) => {
    const project = components.get(role);
    if (project === undefined) throw new InternalError(`projects.${role} is missing`);
    return project;
  };
}

function declare(
  projectId: string,
  roles: readonly Role[],
  callers: pulumi.Output<string[]>[],
  config: StackConfig,
  identity: GoogleProviders,
  parent: pulumi.Resource,
) {
  const [first] = roles;
  if (first === undefined) throw new Error(`the project ${projectId} has no role`);
  const all = roles.map((role) => needs(role, config));
  const { number, create } = config.projects[first] ?? {};
  return new Project(
    roles.join("-"),
    {
      projectId,
      number,
      create,
      apis: [...new Set([...all.flatMap(({ apis }) => apis), ...calledFrom(projectId, config)])],
      callersReady: callers.length === 0 ? undefined : pulumi.all(callers),
      serviceAgents: Object.assign(
        {},
        ...all.map(({ serviceAgents }) => serviceAgents),
      ) as Needs["serviceAgents"],
    },
    { parent, provider: identity(first) },
  );
}
