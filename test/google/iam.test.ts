import assert from "node:assert/strict";
import { type Ask, askerOf } from "./client.ts";
import { describeWithDocuments } from "./documents.ts";
import { type Google, startGoogle } from "./index.ts";
import { objectAt } from "./json.ts";

const PROJECT = "cloudresourcemanager/v1/projects/demo-kms";
const SIGNER = "signer@demo-kms.iam.gserviceaccount.com";
const AGENT = "service-123456789012@gcp-sa-binaryauthorization.iam.gserviceaccount.com";

describeWithDocuments("Simulated IAM policies", (discoveryDir) => {
  let google: Google;
  let ask: Ask;
  const set = (policy: object, updateMask?: string) =>
    ask(`POST ${PROJECT}:setIamPolicy`, {
      policy: { ...policy },
      ...(updateMask !== undefined && { updateMask }),
    });
  const grant = (member: string) => set({ bindings: [{ role: "roles/viewer", members: [member] }] });

  beforeEach(async () => {
    const projects = [{ projectId: "demo-kms", projectNumber: "123456789012" }];
    google = await startGoogle({ discoveryDir, projects, accounts: [SIGNER] });
    ask = askerOf(google);
  });
  afterEach(() => google.stop());

  it("start empty, and return what was set", async () => {
    assert.deepEqual((await ask(`POST ${PROJECT}:getIamPolicy`, {})).body, { etag: "ACAB" });
    const bindings = [{ role: "roles/cloudkms.signer", members: [`serviceAccount:${SIGNER}`] }];
    const { body } = await set({ bindings });
    assert.deepEqual(body.bindings, bindings);
    assert.deepEqual((await ask(`POST ${PROJECT}:getIamPolicy`, {})).body, body);
  });

  it("hold one binding for each role, each member once, and none without members", async () => {
    const { body } = await set({
      bindings: [
        { role: "roles/viewer", members: ["user:a@example.com", "user:a@example.com"] },
        { role: "roles/editor", members: [] },
        { role: "roles/viewer", members: ["user:b@example.com"] },
      ],
    });
    assert.deepEqual(body.bindings, [
      { role: "roles/viewer", members: ["user:a@example.com", "user:b@example.com"] },
    ]);
  });

  it("are not overwritten by a client that read an older one", async () => {
    const first = await grant("user:a@example.com");
    await grant("user:b@example.com");
    const { code, refusal } = await set({ etag: first.body.etag });
    assert.equal(code, 409);
    assert.match(refusal, /^ABORTED: There were concurrent policy changes/);
  });

  it("keep their audit configurations unless the mask names them", async () => {
    const auditConfigs = [
      { service: "cloudkms.googleapis.com", auditLogConfigs: [{ logType: "DATA_READ" }] },
    ];
    await set({ auditConfigs }, "auditConfigs");
    assert.deepEqual((await grant("user:a@example.com")).body.auditConfigs, auditConfigs);
    assert.equal((await set({}, "bindings,etag,auditConfigs")).body.auditConfigs, undefined);
  });

  it("reject a member of an unknown type and a role that cannot exist", async () => {
    assert.match((await grant("alice")).refusal, /^INVALID_ARGUMENT: The member alice is of an unknown type/);
    assert.match(
      (await set({ bindings: [{ role: "viewer", members: [] }] })).refusal,
      /^INVALID_ARGUMENT: Role \(viewer\)/,
    );
  });

  it("reject a service account of these projects that does not exist, and accept one of another project", async () => {
    const missing = "other@demo-kms.iam.gserviceaccount.com";
    assert.equal(
      (await grant(`serviceAccount:${missing}`)).refusal,
      `INVALID_ARGUMENT: Service account ${missing} does not exist.`,
    );
    assert.equal((await grant(`serviceAccount:${SIGNER}`)).code, 200);
    assert.equal((await grant("serviceAccount:any@elsewhere.iam.gserviceaccount.com")).code, 200);
  });

  it("reject a service agent until it exists", async () => {
    assert.equal(
      (await grant(`serviceAccount:${AGENT}`)).refusal,
      `INVALID_ARGUMENT: Service account ${AGENT} does not exist.`,
    );
    const made = await ask(
      "POST serviceusage/v1beta1/projects/demo-kms/services/binaryauthorization.googleapis.com:generateServiceIdentity",
    );
    assert.equal(objectAt(made.body, "response").email, AGENT);
    assert.equal((await grant(`serviceAccount:${AGENT}`)).code, 200);
  });

  it("exist for existing resources only", async () => {
    const { code } = await ask("POST cloudresourcemanager/v1/projects/another:getIamPolicy", {});
    assert.equal(code, 403);
  });
});
