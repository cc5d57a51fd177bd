import * as pulumi from "@pulumi/pulumi";
import { Project as CreatedProject } from "@pulumi/gcp/organizations/project.js";
import { Service } from "@pulumi/gcp/projects/service.js";
import { IAMMember } from "@pulumi/gcp/projects/iammember.js";
import { ServiceIdentity } from "@pulumi/gcp/projects/serviceIdentity.js";
import { after } from "../after.ts";

/** Where a project that is to be created belongs, and who pays for it. */
export interface ProjectCreation {
  /** Display name. Defaults to the project's id. */
  name?: pulumi.Input<string> | undefined;
  /** Number of the organization that is its parent; give this, `folder`, or neither where a user creates it. */
  organization?: pulumi.Input<string> | undefined;
  /** The folder that is its parent, `folders/NUMBER`; give this, `organization`, or neither. */
  folder?: pulumi.Input<string> | undefined;
  /** Billing account, `012345-6789AB-CDEF01`. */
  billingAccount: pulumi.Input<string>;
  /** What `pulumi destroy` does with it: `PREVENT`, `DELETE` or `ABANDON`. */
  deletionPolicy: pulumi.Input<string>;
}

export interface ProjectArgs {
  /** The project's id. */
  projectId: pulumi.Input<string>;
  /** The number of a project that exists already, where the stack knows it. */
  number?: pulumi.Input<string> | undefined;
  /** How to create the project; a project that exists already is only referred to. */
  create?: ProjectCreation | undefined;
  /** APIs to enable, `cloudkms.googleapis.com`. Enabled APIs stay enabled on destroy. */
  apis: readonly string[];
  /** Known once the callers' own projects have these APIs enabled, where Google requires it; absent elsewhere. */
  callersReady?: pulumi.Output<unknown> | undefined;
  /** The APIs, among `apis`, whose service agents are created now rather than at their first use, each with its role. */
  serviceAgents: Readonly<Record<string, string>>;
}

/**
 * A Google Cloud project with its APIs and service agents.
 *
 * An agent that is created on request does not get the role that Google grants it at its first use, so the
 * role is granted here.
 *
 * Every resource in the project takes its id from `enabled`, and so waits for the APIs; every
 * IAM binding of a service agent takes its name from `agent()`, and so waits for the agent.
 *
 * Source: Resource Manager API v1 `projects.create`, Service Usage API v1 `services.enable` and v1beta1
 * `services.generateServiceIdentity`; IAM documentation, "Create and grant roles to service agents"; the tutorial's "New Project" and `gcloud services enable`.
 */
export class Project extends pulumi.ComponentResource<ProjectArgs> {
  /** The project's id, known to resources only once all its APIs are enabled. */
  declare readonly enabled: pulumi.Output<string>;
  /** The APIs, known to resources only once all are enabled. */
  declare readonly enabledApis: pulumi.Output<string[]>;
  /** The project's number; undefined for an existing project whose number the stack does not give. */
  declare readonly number: pulumi.Output<string> | undefined;
  declare private readonly agents: ReadonlyMap<string, pulumi.Output<string>>;

  constructor(name: string, args: ProjectArgs, opts: pulumi.ComponentResourceOptions) {
    const { callersReady, ...inputs } = args;
    super("attested-fhir:gcp:Project", name, inputs, opts);
    const created = args.create && this.createProject(name, args.projectId, args.create);
    const projectId = created?.projectId ?? args.projectId;
    const services = new Map(args.apis.map((api) => [api, this.enable(name, api, projectId)]));

    this.enabledApis = pulumi.all([...services.values()].map(({ service }) => service));
    this.enabled = after(projectId, [this.enabledApis, ...(callersReady ? [callersReady] : [])]);
    this.number = created?.number ?? (args.number === undefined ? undefined : pulumi.output(args.number));
    this.agents = new Map(
      Object.entries(args.serviceAgents).map(([api, role]) => [
        api,
        this.makeAgent(`${name}-${shortName(api)}-agent`, api, role, services.get(api)?.project ?? projectId),
      ]),
    );
    this.registerOutputs({ enabled: this.enabled, number: this.number });
  }

  /**
   * The service agent of an API as an IAM member, `serviceAccount:service-…`, once it has its role.
   *
   * @throws Error when the API is not among `serviceAgents`.
   */
  agent(api: string): pulumi.Output<string> {
    const agent = this.agents.get(api);
    if (agent === undefined)
      throw new pulumi.ResourceError(`the service agent of ${api} is not among serviceAgents`, this);
    return agent;
  }

  private createProject(
    name: string,
    projectId: pulumi.Input<string>,
    create: ProjectCreation,
  ): CreatedProject {
    return new CreatedProject(
      `${name}-project`,
      {
        projectId,
        name: create.name ?? projectId,
        ...(create.organization !== undefined && { orgId: create.organization }),
        ...(create.folder !== undefined && { folderId: create.folder }),
        billingAccount: create.billingAccount,
        // The default network is open by its default firewall rules.
        autoCreateNetwork: false,
        deletionPolicy: create.deletionPolicy,
      },
      { parent: this },
    );
  }

  private enable(name: string, api: string, project: pulumi.Input<string>): Service {
    return new Service(
      `${name}-${shortName(api)}`,
      { project, service: api, disableOnDestroy: false, disableDependentServices: false },
      { parent: this },
    );
  }

  private makeAgent(
    name: string,
    api: string,
    role: string,
    project: pulumi.Input<string>,
  ): pulumi.Output<string> {
    const identity = new ServiceIdentity(name, { project, service: api }, { parent: this });
    const member = pulumi.interpolate`serviceAccount:${identity.email}`;
    const granted = new IAMMember(`${name}-role`, { project: this.enabled, role, member }, { parent: this });
    return after(member, [granted.role]);
  }
}

function shortName(api: string): string {
  return api.replace(".googleapis.com", "");
}
