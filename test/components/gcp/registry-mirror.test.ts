import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { RegistryMirror, type RegistryMirrorArgs } from "../../../components/gcp/registry-mirror.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";

const NODES = "serviceAccount:fhir-nodes@fhir-project.iam.gserviceaccount.com";
const KEY = "projects/fhir-project/locations/us-central1/keyRings/r/cryptoKeys/k";

const mirror =
  (args: Partial<RegistryMirrorArgs> = {}) =>
  (opts: Options) =>
    new RegistryMirror(
      "mirror",
      { project: "fhir-project", location: "us-central1", reader: NODES, ...args },
      opts,
    );

const REPOSITORY = {
  project: "fhir-project",
  location: "us-central1",
  format: "DOCKER",
  mode: "REMOTE_REPOSITORY",
  vulnerabilityScanningConfig: { enablementConfig: "INHERITED" },
};
const READER = {
  project: "fhir-project",
  location: "us-central1",
  role: "roles/artifactregistry.reader",
  member: NODES,
};
const QUAY = {
  ...REPOSITORY,
  repositoryId: "quay",
  description: "What nodes pull from quay.io",
  remoteRepositoryConfig: { description: "quay.io", commonRepository: { uri: "https://quay.io" } },
};
const DOCKER_HUB = {
  ...REPOSITORY,
  repositoryId: "docker-hub",
  description: "What nodes pull from Docker Hub",
  remoteRepositoryConfig: {
    description: "Docker Hub",
    dockerRepository: { publicRepository: "DOCKER_HUB" },
  },
};

describe("RegistryMirror", () => {
  it("mirrors quay.io and Docker Hub, each readable by the nodes only", async () => {
    const { inputs } = await declared(mirror());
    const member = "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember";
    assert.deepEqual(inputs, {
      "gcp:artifactregistry/repository:Repository mirror-quay": QUAY,
      [`${member} mirror-quay-reader`]: { ...READER, repository: "quay" },
      "gcp:artifactregistry/repository:Repository mirror-docker-hub": DOCKER_HUB,
      [`${member} mirror-docker-hub-reader`]: { ...READER, repository: "docker-hub" },
    });
  });

  it("encrypts what it caches with the stack's own key where there is one", async () => {
    const { resource } = await declared(mirror({ kmsKeyName: KEY }));
    assert.deepEqual(resource("mirror-quay").inputs, { ...QUAY, kmsKeyName: KEY });
    assert.deepEqual(resource("mirror-docker-hub").inputs, { ...DOCKER_HUB, kmsKeyName: KEY });
  });

  it("outputs the registries that replace the mirrored ones", async () => {
    const { result } = await declared(mirror({ project: pulumi.output("other-project") }));
    assert.equal(await known(result.quay), "us-central1-docker.pkg.dev/other-project/quay");
    assert.equal(await known(result.dockerHub), "us-central1-docker.pkg.dev/other-project/docker-hub");
  });

  it("outputs the registries once the nodes may pull", async () => {
    const program = (opts: Options) => {
      const { quay, dockerHub } = mirror()(opts);
      return [new Probe("cilium", quay, opts), new Probe("workload", dockerHub, opts)];
    };
    assert.deepEqual(
      await waitingFor("gcp:artifactregistry/repositoryIamMember:RepositoryIamMember", program),
      ["cilium", "workload"],
    );
  });
});
