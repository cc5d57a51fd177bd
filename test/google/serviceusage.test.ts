import assert from "node:assert/strict";
import { type Ask, askerOf } from "./client.ts";
import { describeWithDocuments } from "./documents.ts";
import { type Google, startGoogle } from "./index.ts";
import { objectAt, objectsAt, textAt } from "./json.ts";

const SERVICES = "serviceusage/v1/projects/demo-kms/services";

describeWithDocuments("Service Usage", (discoveryDir) => {
  let google: Google;
  let ask: Ask;
  const start = async (operationPolls: number) => {
    google = await startGoogle({
      discoveryDir,
      operationPolls,
      projects: [{ projectId: "demo-kms", projectNumber: "123456789012" }],
    });
    ask = askerOf(google);
  };
  const enabled = async () =>
    objectsAt((await ask(`GET ${SERVICES}?filter=state:ENABLED&pageSize=200`)).body, "services").map(
      (service) => service.name,
    );
  afterEach(() => google.stop());

  it("lets a project use an API only while it is enabled", async () => {
    await start(0);
    const ring = "POST cloudkms/v1/projects/demo-kms/locations/l/keyRings";
    const refused = await ask(`${ring}?keyRingId=a`, {});
    assert.match(
      refused.refusal,
      /^PERMISSION_DENIED: .* has not been used in project 123456789012 before or it is disabled/,
    );
    assert.equal(
      textAt(objectsAt(objectAt(refused.body, "error"), "details")[0], "reason"),
      "SERVICE_DISABLED",
    );
    await ask(`POST ${SERVICES}/cloudkms.googleapis.com:enable`, {});
    assert.equal((await ask(`${ring}?keyRingId=a`, {})).code, 200);
    await ask(`POST ${SERVICES}/cloudkms.googleapis.com:disable`, {});
    assert.equal((await ask(`${ring}?keyRingId=b`, {})).code, 403);
  });

  it("enables when the operation is done, not when it is asked for", async () => {
    await start(2);
    const { body } = await ask(`POST ${SERVICES}/cloudkms.googleapis.com:enable`, {});
    const name = textAt(body, "name") ?? "";
    assert.equal(body.done, undefined);
    assert.equal((await ask(`GET serviceusage/v1/${name}`)).body.done, undefined);
    assert.deepEqual(await enabled(), []);
    const done = await ask(`GET serviceusage/v1/${name}`);
    assert.equal(done.body.done, true);
    assert.equal(objectAt(objectAt(done.body, "response"), "service").state, "ENABLED");
    assert.deepEqual(await enabled(), ["projects/123456789012/services/cloudkms.googleapis.com"]);
    assert.deepEqual((await ask(`GET serviceusage/v1/${name}`)).body, done.body);
    assert.equal((await ask("GET serviceusage/v1/operations/none")).code, 404);
  });

  it("enables up to twenty at once, or none", async () => {
    await start(0);
    const ids = Array.from({ length: 21 }, (_, index) => `api${index}.googleapis.com`);
    assert.equal((await ask(`POST ${SERVICES}:batchEnable`, { serviceIds: ids })).code, 400);
    assert.equal(
      (await ask(`POST ${SERVICES}:batchEnable`, { serviceIds: ["cloudkms.googleapis.com", "no api"] })).code,
      400,
    );
    assert.deepEqual(await enabled(), []);
    await ask(`POST ${SERVICES}:batchEnable`, { serviceIds: ids.slice(0, 20) });
    assert.equal((await enabled()).length, 20);
  });

  it("refuses to disable what is not enabled", async () => {
    await start(0);
    assert.match(
      (await ask(`POST ${SERVICES}/cloudkms.googleapis.com:disable`, {})).refusal,
      /^FAILED_PRECONDITION/,
    );
  });

  it("gives a service the same agent each time", async () => {
    await start(0);
    const make = async (service: string) =>
      objectAt(
        (await ask(`POST serviceusage/v1beta1/projects/demo-kms/services/${service}:generateServiceIdentity`))
          .body,
        "response",
      );
    const first = await make("container.googleapis.com");
    assert.equal(first.email, "service-123456789012@container-engine-robot.iam.gserviceaccount.com");
    assert.match(textAt(first, "uniqueId") ?? "", /^\d{21}$/);
    assert.deepEqual(await make("container.googleapis.com"), first);
  });
});
