import assert from "node:assert/strict";
import { KeyRing } from "@pulumi/gcp/kms/keyRing.js";
import { Project, type ProjectArgs } from "../../../components/gcp/project.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";

const KMS = "cloudkms.googleapis.com";
const HEALTHCARE = "healthcare.googleapis.com";
const CREATE = {
  organization: "123456789012",
  billingAccount: "012345-6789AB-CDEF01",
  deletionPolicy: "PREVENT",
};

const project =
  (args: Partial<ProjectArgs> = {}) =>
  (opts: Options) =>
    new Project("role", { projectId: "role-project", apis: [KMS], serviceAgents: {}, ...args }, opts);

const service = (api: string) => ({
  project: "role-project",
  service: api,
  disableOnDestroy: false,
  disableDependentServices: false,
});

describe("Project", () => {
  it("refers to a project that exists, and enables its APIs for good", async () => {
    const { inputs, result } = await declared(project({ apis: [KMS, HEALTHCARE] }));
    assert.deepEqual(inputs, {
      "gcp:projects/service:Service role-cloudkms": service(KMS),
      "gcp:projects/service:Service role-healthcare": service(HEALTHCARE),
    });
    assert.equal(await known(result.enabled), "role-project");
    assert.equal(result.number, undefined);
  });

  it("knows the number of an existing project where the stack gives it", async () => {
    const { result } = await declared(project({ number: "100000000005" }));
    assert.ok(result.number);
    assert.equal(await known(result.number), "100000000005");
  });

  it("creates a project below its organization, without the default network", async () => {
    const { inputs, result } = await declared(project({ create: CREATE }));
    assert.deepEqual(inputs, {
      "gcp:organizations/project:Project role-project": {
        projectId: "role-project",
        name: "role-project",
        orgId: "123456789012",
        billingAccount: "012345-6789AB-CDEF01",
        autoCreateNetwork: false,
        deletionPolicy: "PREVENT",
      },
      "gcp:projects/service:Service role-cloudkms": service(KMS),
    });
    assert.ok(result.number);
    assert.equal(await known(result.number), "100000000001");
  });

  it("creates a project below a folder, by a name of its own", async () => {
    const { billingAccount, deletionPolicy } = CREATE;
    const create = { folder: "folders/7", name: "Keys of ours", billingAccount, deletionPolicy };
    const { resource } = await declared(project({ create }));
    const { inputs } = resource("role-project");
    assert.deepEqual([inputs.folderId, inputs.orgId, inputs.name], ["folders/7", undefined, "Keys of ours"]);
  });

  it("creates a project that belongs to no organization where it names no parent", async () => {
    const { billingAccount, deletionPolicy } = CREATE;
    const { resource } = await declared(project({ create: { billingAccount, deletionPolicy } }));
    const { inputs } = resource("role-project");
    assert.deepEqual([inputs.orgId, inputs.folderId], [undefined, undefined]);
  });

  it("makes the service agents, gives them their roles and names them as IAM members", async () => {
    const { inputs, result } = await declared(
      project({ apis: [KMS, HEALTHCARE], serviceAgents: { [HEALTHCARE]: "roles/healthcare.serviceAgent" } }),
    );
    const member = "serviceAccount:service-of-role-project@healthcare.googleapis.com";
    assert.deepEqual(inputs["gcp:projects/serviceIdentity:ServiceIdentity role-healthcare-agent"], {
      project: "role-project",
      service: HEALTHCARE,
    });
    assert.deepEqual(inputs["gcp:projects/iAMMember:IAMMember role-healthcare-agent-role"], {
      project: "role-project",
      role: "roles/healthcare.serviceAgent",
      member,
    });
    assert.equal(await known(result.agent(HEALTHCARE)), member);
  });

  it("rejects a request for a service agent that it does not create", async () => {
    const { result } = await declared(project());
    assert.throws(() => result.agent(KMS), {
      message: `the service agent of ${KMS} is not among serviceAgents`,
    });
  });

  const agents = { [KMS]: "roles/cloudkms.serviceAgent" };

  it("enables APIs once the project exists, creates agents once their API is enabled, and outputs its id after all APIs", async () => {
    const program = (opts: Options) => {
      const { enabled } = project({ create: CREATE, serviceAgents: agents })(opts);
      return new Probe("other", enabled, opts);
    };
    const waiting = ["other", "role-cloudkms-agent", "role-cloudkms-agent-role"];
    assert.deepEqual(
      await waitingFor("gcp:organizations/project:Project", program),
      [...waiting, "role-cloudkms"].sort(),
    );
    assert.deepEqual(await waitingFor("gcp:projects/service:Service", program), waiting);
  });

  it("outputs its id only once the callers' projects have the APIs", async () => {
    const program = (opts: Options) => {
      const { id } = new KeyRing("ring", { location: "global", name: "ring" }, opts);
      return new Probe("other", project({ callersReady: id })(opts).enabled, opts);
    };
    assert.deepEqual(await waitingFor("gcp:kms/keyRing:KeyRing", program), ["other"]);
  });

  it("names a service agent only once it is made and has its role", async () => {
    const program = (opts: Options) =>
      new Probe("right", project({ serviceAgents: agents })(opts).agent(KMS), opts);
    assert.deepEqual(await waitingFor("gcp:projects/serviceIdentity:ServiceIdentity", program), [
      "right",
      "role-cloudkms-agent-role",
    ]);
    assert.deepEqual(await waitingFor("gcp:projects/iAMMember:IAMMember", program), ["right"]);
  });
});
