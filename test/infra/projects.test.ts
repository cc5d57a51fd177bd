import assert from "node:assert/strict";
import type { Project } from "../../components/gcp/project.ts";
import { declared, known, type Registration } from "../components/mocks.ts";
import { ground } from "./layers.ts";
import { changed, type Data, stack } from "./stacks.ts";

/** The APIs enabled in each project, and the roles of the agents that are created there, by API. */
async function needs(data: Data) {
  const { all, resource } = await declared((options) => ground(data, options));
  const byProject = (type: string) =>
    Map.groupBy(
      all.filter((one) => one.type === type),
      ({ inputs }) => String(inputs.project),
    );
  const apis: Record<string, string[]> = {};
  for (const [project, services] of byProject("gcp:projects/service:Service")) {
    apis[project] = services.map(({ inputs }) => short(inputs.service)).sort();
  }
  const agents: Record<string, Record<string, unknown>> = {};
  for (const [project, made] of byProject("gcp:projects/serviceIdentity:ServiceIdentity")) {
    const roles = made.map(({ name, inputs }): [string, unknown] => [
      short(inputs.service),
      resource(`${name}-role`).inputs.role,
    ]);
    agents[project] = Object.fromEntries(roles);
  }
  return { apis, agents, all };
}

/** An API without the common ending. */
function short(api: unknown): string {
  return String(api).replace(".googleapis.com", "");
}

const BINARY_AUTHORIZATION = { binaryauthorization: "roles/binaryauthorization.serviceAgent" };
const HEALTHCARE = { healthcare: "roles/healthcare.serviceAgent" };

function components(all: readonly Registration[]): string[] {
  return all.flatMap(({ type, name }) => (type === "attested-fhir:gcp:Project" ? [name] : [])).sort();
}

describe("the projects of a stack", () => {
  it("are the tutorial's six, each with what is used there", async () => {
    const { apis, agents, all } = await needs(stack("tutorial"));
    assert.deepEqual(apis, {
      "kms-proj-id": ["cloudkms"],
      "hl7v2-proj-id": ["cloudresourcemanager", "healthcare"],
      "note-proj-id": ["containeranalysis"],
      "attestor-proj-id": ["binaryauthorization", "cloudkms", "cloudresourcemanager"],
      "attestation-proj-id": ["binaryauthorization", "cloudresourcemanager", "containeranalysis"],
      "deployer-proj-id": [
        "binaryauthorization",
        "cloudresourcemanager",
        "compute",
        "container",
        "dns",
        "iam",
      ],
    });
    assert.deepEqual(agents, {
      "attestor-proj-id": BINARY_AUTHORIZATION,
      "deployer-proj-id": BINARY_AUTHORIZATION,
      "hl7v2-proj-id": HEALTHCARE,
    });
    assert.deepEqual(components(all), ["attestation", "attestor", "deployer", "hl7v2", "kms", "note"]);
  });

  it("get what keys, topics and mirrors need where the stack has them, and the agents that encrypt", async () => {
    const { apis, agents } = await needs(stack("prod"));
    assert.deepEqual(apis, {
      "example-prod-hl7v2": ["cloudkms", "cloudresourcemanager", "healthcare", "pubsub"],
      // This is the home of the runtime's account, which calls the APIs of all three projects.
      "example-prod-deployer": [
        "artifactregistry",
        "binaryauthorization",
        "cloudkms",
        "cloudresourcemanager",
        "compute",
        "container",
        "dns",
        "healthcare",
        "iam",
        "pubsub",
      ],
      "example-prod-fhir": [
        "artifactregistry",
        "binaryauthorization",
        "cloudkms",
        "cloudresourcemanager",
        "compute",
        "container",
        "dns",
        "iam",
      ],
    });
    assert.deepEqual(agents, {
      "example-prod-hl7v2": { ...HEALTHCARE, pubsub: "roles/pubsub.serviceAgent" },
      "example-prod-deployer": { ...BINARY_AUTHORIZATION, container: "roles/container.serviceAgent" },
      "example-prod-fhir": {
        ...BINARY_AUTHORIZATION,
        container: "roles/container.serviceAgent",
        artifactregistry: "roles/artifactregistry.serviceAgent",
      },
    });
  });

  it("get Pub/Sub but no agent of it where topics are not encrypted by the stack", async () => {
    const { apis, agents } = await needs(changed(stack("prod"), { customerManagedKeys: undefined }));
    assert.deepEqual(apis["example-prod-hl7v2"], ["cloudresourcemanager", "healthcare", "pubsub"]);
    assert.deepEqual(agents["example-prod-hl7v2"], HEALTHCARE);
  });

  it("get Artifact Registry only where there is a mirror, and an agent of it only where the stack encrypts it", async () => {
    const google = { "fhirCluster.google.mirror": false, "fhirCluster.google.natEgress": true };
    const direct = await needs(changed(stack("prod"), google));
    assert.ok(!direct.apis["example-prod-fhir"]?.includes("artifactregistry"));
    assert.ok(!("artifactregistry" in (direct.agents["example-prod-fhir"] ?? {})));
    const unencrypted = await needs(changed(stack("prod"), { customerManagedKeys: undefined }));
    assert.ok(unencrypted.apis["example-prod-fhir"]?.includes("artifactregistry"));
    assert.deepEqual(unencrypted.agents["example-prod-fhir"], BINARY_AUTHORIZATION);
  });

  it("that several roles share get all that these need, once", async () => {
    const tutorial = stack("tutorial");
    const { kms } = tutorial.projects as Record<string, unknown>;
    const merged = changed(tutorial, {
      "projects.note": kms,
      "projects.attestor": kms,
      mergedRoles: [["kms", "note", "attestor"]],
    });
    const { apis, agents, all } = await needs(merged);
    assert.deepEqual(apis["kms-proj-id"], [
      "binaryauthorization",
      "cloudkms",
      "cloudresourcemanager",
      "containeranalysis",
    ]);
    assert.deepEqual(agents["kms-proj-id"], BINARY_AUTHORIZATION);
    assert.deepEqual(components(all), ["attestation", "deployer", "hl7v2", "kms-note-attestor"]);
    const created = all.filter(({ type }) => type === "gcp:organizations/project:Project");
    assert.equal(created.length, 4);
    const { result } = await declared((options) => ground(merged, options).project);
    assert.equal(result("kms"), result("attestor"));
  });

  it("that service accounts live in get the APIs that these call elsewhere, but none that makes accounts", async () => {
    const home = "keys-admin@note-proj-id.iam.gserviceaccount.com";
    const data = changed(stack("tutorial"), {
      "projects.kms.serviceAccount": home,
      "projects.deployer.serviceAccount": home,
      signer: "serviceAccount:signer@hl7v2-proj-id.iam.gserviceaccount.com",
    });
    const { apis } = await needs(data);
    const called = ["binaryauthorization", "cloudkms", "cloudresourcemanager", "dns", "iam"];
    assert.deepEqual(apis["note-proj-id"], [...called, "containeranalysis"].sort());
    assert.deepEqual(apis["hl7v2-proj-id"], [
      "binaryauthorization",
      "cloudkms",
      "cloudresourcemanager",
      "containeranalysis",
      "healthcare",
    ]);
    assert.deepEqual(apis["kms-proj-id"], ["cloudkms"]);
  });

  it("may be home to one another's service accounts", async () => {
    const account = (project: string) => `projects-admin@${project}.iam.gserviceaccount.com`;
    const data = changed(stack("tutorial"), {
      "projects.kms.serviceAccount": account("note-proj-id"),
      "projects.note.serviceAccount": account("kms-proj-id"),
    });
    const { apis } = await needs(data);
    assert.deepEqual(apis["note-proj-id"], ["cloudkms", "containeranalysis"]);
    assert.deepEqual(apis["kms-proj-id"], ["cloudkms", "containeranalysis"]);
    const { result } = await declared((options) => ground(data, options).project);
    for (const role of ["kms", "note"] as const) {
      assert.equal(await known(result(role).enabled), `${role}-proj-id`);
    }
  });

  it("are created where the stack says so, and else only referred to", async () => {
    const created = async (name: string) =>
      (await needs(stack(name))).all
        .filter(({ type }) => type === "gcp:organizations/project:Project")
        .map(({ inputs }) => inputs.projectId);
    assert.deepEqual((await created("tutorial")).length, 6);
    assert.deepEqual(await created("prod"), []);
  });

  it("are none where the stack uses a cluster that exists", async () => {
    const { all } = await needs(stack("kind"));
    assert.deepEqual(components(all), []);
  });

  it("are made by the identity of their role", async () => {
    const { all } = await needs(stack("prod-signing"));
    const providers = all.filter(({ type }) => type.startsWith("gcp:")).map(({ provider }) => provider);
    assert.deepEqual(new Set(providers), new Set(["gcp-signing-admin-example-prod-signing"]));
  });

  it("have none for a role of a layer that is not built", async () => {
    const { result } = await declared((options) => ground(stack("prod"), options).project);
    const project: (role: "kms") => Project = result;
    assert.throws(() => project("kms"), {
      message:
        "projects.kms is missing: this is a bug in attested-fhir, since validation should have reported it. Please report it.",
    });
  });
});
