import * as pulumi from "@pulumi/pulumi";
import { Repository, type RepositoryArgs } from "@pulumi/gcp/artifactregistry/repository.js";
import { RepositoryIamMember } from "@pulumi/gcp/artifactregistry/repositoryIamMember.js";
import { after } from "../after.ts";

export interface RegistryMirrorArgs {
  /** The project of the nodes that pull, its APIs enabled. */
  project: pulumi.Input<string>;
  /** Region of the nodes. */
  location: pulumi.Input<string>;
  /** The nodes' service account, which alone may pull, as an IAM member. */
  reader: pulumi.Input<string>;
  /** Key that encrypts what is cached, `projects/…/cryptoKeys/…`, in the same region; Google's keys when absent. */
  kmsKeyName?: pulumi.Input<string> | undefined;
}

type Upstream = Pick<RepositoryArgs, "description" | "remoteRepositoryConfig">;

const QUAY: Upstream = {
  description: "What nodes pull from quay.io",
  remoteRepositoryConfig: {
    description: "quay.io",
    commonRepository: { uri: "https://quay.io" },
  },
};

const DOCKER_HUB: Upstream = {
  description: "What nodes pull from Docker Hub",
  remoteRepositoryConfig: {
    description: "Docker Hub",
    dockerRepository: { publicRepository: "DOCKER_HUB" },
  },
};

/**
 * Mirrors of quay.io and Docker Hub in Artifact Registry, from which nodes without Cloud NAT pull by Private Google
 * Access. An image keeps its path and its digest; its registry changes, and so does the name to attest:
 * `quay.io/cilium/cilium` is `REGION-docker.pkg.dev/PROJECT/quay/cilium/cilium`. Docker Hub's own images, which have
 * no owner, are under `library`.
 *
 * A mirror fetches every image that its reader requests; Binary Authorization decides which images run. It scans what
 * it holds for vulnerabilities where the project has the Container Scanning API enabled.
 *
 * Source: Artifact Registry API v1 `repositories`; Artifact Registry documentation, "Remote repositories overview".
 */
export class RegistryMirror extends pulumi.ComponentResource {
  /** The mirror of quay.io, `REGION-docker.pkg.dev/PROJECT/quay`, once the nodes may pull from it. */
  declare readonly quay: pulumi.Output<string>;
  /** The mirror of Docker Hub, `REGION-docker.pkg.dev/PROJECT/docker-hub`, once the nodes may pull from it. */
  declare readonly dockerHub: pulumi.Output<string>;

  constructor(name: string, args: RegistryMirrorArgs, opts: pulumi.ComponentResourceOptions) {
    super("attested-fhir:gcp:RegistryMirror", name, args, opts);
    this.quay = this.mirror(name, "quay", QUAY, args);
    this.dockerHub = this.mirror(name, "docker-hub", DOCKER_HUB, args);
    this.registerOutputs({ quay: this.quay, dockerHub: this.dockerHub });
  }

  private mirror(
    name: string,
    repositoryId: string,
    upstream: Upstream,
    { project, location, reader, kmsKeyName }: RegistryMirrorArgs,
  ): pulumi.Output<string> {
    const repository = new Repository(
      `${name}-${repositoryId}`,
      {
        project,
        location,
        repositoryId,
        format: "DOCKER",
        mode: "REMOTE_REPOSITORY",
        ...upstream,
        vulnerabilityScanningConfig: { enablementConfig: "INHERITED" },
        ...(kmsKeyName !== undefined && { kmsKeyName }),
      },
      { parent: this },
    );
    const grant = new RepositoryIamMember(
      `${name}-${repositoryId}-reader`,
      {
        project,
        location,
        repository: repository.repositoryId,
        role: "roles/artifactregistry.reader",
        member: reader,
      },
      { parent: this },
    );
    return pulumi.interpolate`${location}-docker.pkg.dev/${project}/${after(repositoryId, [grant.role])}`;
  }
}
