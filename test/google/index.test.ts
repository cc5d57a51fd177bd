import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { type Ask, askerOf } from "./client.ts";
import { describeWithDocuments } from "./documents.ts";
import { type Google, startGoogle } from "./index.ts";
import { textAt } from "./json.ts";

const RING = "cloudkms/v1/projects/demo-kms/locations/l/keyRings";

describeWithDocuments("the simulated control plane", (discoveryDir) => {
  let google: Google;
  let ask: Ask;
  beforeEach(async () => {
    google = await startGoogle({
      discoveryDir,
      projects: [{ projectId: "demo-kms", services: ["cloudkms.googleapis.com"] }],
    });
    ask = askerOf(google);
  });
  afterEach(() => google.stop());

  it("remembers each request with its method, caller and answer", async () => {
    await ask(`POST ${RING}?keyRingId=a`, {}, "alice");
    await ask(`GET ${RING}/b`, undefined, "bob");
    const path = "v1/projects/demo-kms/locations/l/keyRings";
    const method = "cloudkms.projects.locations.keyRings";
    assert.deepEqual(google.requests, [
      {
        service: "cloudkms",
        method: `${method}.create`,
        httpMethod: "POST",
        path: `${path}?keyRingId=a`,
        body: {},
        token: "alice",
        code: 200,
      },
      {
        service: "cloudkms",
        method: `${method}.get`,
        httpMethod: "GET",
        path: `${path}/b`,
        body: null,
        token: "bob",
        code: 404,
      },
    ]);
  });

  it("shows a test what is stored", async () => {
    await ask(`POST ${RING}?keyRingId=a`, {});
    const name = "projects/demo-kms/locations/l/keyRings/a";
    assert.equal(google.find("cloudkms", name)?.name, name);
    assert.equal(google.find("cloudkms", `${name}a`), undefined);
    assert.equal(google.list("cloudkms", "projects/demo-kms/locations/l/keyRings").length, 1);
  });

  it("turns away callers without a token", async () => {
    const { code, refusal } = await ask(`GET ${RING}/a`, undefined, "");
    assert.equal(code, 401);
    assert.match(refusal, /^UNAUTHENTICATED: /);
  });

  it("has no project but those that it was given", async () => {
    const other = RING.replace("demo-kms", "demo-other");
    assert.equal(
      (await ask(`POST ${other}?keyRingId=a`, {})).refusal,
      "PERMISSION_DENIED: The caller does not have permission",
    );
    assert.equal((await ask("GET cloudresourcemanager/v1/projects/demo-other")).code, 403);
    assert.equal((await ask("GET cloudresourcemanager/v1/projects/demo-kms")).body.projectId, "demo-kms");
  });

  it("answers in Google's form to paths, parameters and bodies that it does not know", async () => {
    assert.deepEqual((await ask("GET cloudkms/v1/nothing")).body, {
      error: { code: 404, message: "Method not found.", status: "NOT_FOUND" },
    });
    assert.match(
      (await ask(`POST ${RING}?keyRingId=a&colour=red`, {})).refusal,
      /^INVALID_ARGUMENT: .*Unknown name "colour": Cannot bind query parameter/,
    );
    assert.match(
      (await ask(`POST ${RING}?keyRingId=a`, { colour: "red" })).refusal,
      /^INVALID_ARGUMENT: .*Unknown name "colour": Cannot find field/,
    );
    assert.match(
      (await ask(`GET ${RING}?pageSize=many`)).refusal,
      /^INVALID_ARGUMENT: Invalid value at 'pageSize'/,
    );
    const response = await fetch(`${google.url}/${RING}?keyRingId=a`, {
      method: "POST",
      body: "{",
      headers: { authorization: "Bearer a" },
    });
    assert.equal(response.status, 400);
    assert.equal(
      (await ask(`POST ${RING}?key_ring_id=a&alt=json&$alt=json&prettyPrint=false`, {})).code,
      200,
    );
  });

  it("says that it does not simulate a method, rather than to make something up", async () => {
    const { code, refusal } = await ask(
      "POST cloudkms/v1/projects/demo-kms/locations/l:generateRandomBytes",
      {},
    );
    assert.equal(code, 501);
    assert.match(refusal, /does not answer cloudkms\.projects\.locations\.generateRandomBytes/);
  });

  it("refuses as many calls of a method as a test asks for", async () => {
    google.refuse("cloudkms.projects.locations.keyRings.create", 2);
    const codes: number[] = [];
    for (const id of ["a", "b", "c"]) codes.push((await ask(`POST ${RING}?keyRingId=${id}`, {})).code);
    assert.deepEqual(codes, [403, 403, 200]);
    assert.equal((await ask(`GET ${RING}`)).code, 200);
  });

  it("answers a client that names no service in the path, where one service alone has it", async () => {
    assert.equal((await ask("POST v1/projects/demo-kms/locations/l/keyRings?keyRingId=a", {})).code, 200);
    assert.equal((await ask("GET v1/projects/demo-kms/locations")).code, 404);
  });

  it("creates and deletes projects, in either version's form", async () => {
    const { body } = await ask("POST cloudresourcemanager/v3/projects", {
      projectId: "demo-new",
      displayName: "New",
      parent: "folders/12",
    });
    assert.equal(body.done, true);
    const first = (await ask("GET cloudresourcemanager/v1/projects/demo-new")).body;
    assert.deepEqual(
      [first.name, first.parent, first.lifecycleState],
      ["New", { type: "folder", id: "12" }, "ACTIVE"],
    );
    const third = (await ask(`GET cloudresourcemanager/v3/projects/${textAt(first, "projectNumber") ?? ""}`))
      .body;
    assert.deepEqual([third.displayName, third.parent, third.state], ["New", "folders/12", "ACTIVE"]);
    assert.equal((await ask("POST cloudresourcemanager/v1/projects", { projectId: "demo-new" })).code, 409);
    await ask("DELETE cloudresourcemanager/v1/projects/demo-new");
    assert.equal(
      (await ask("GET cloudresourcemanager/v1/projects/demo-new")).body.lifecycleState,
      "DELETE_REQUESTED",
    );
    assert.equal((await ask("GET serviceusage/v1/projects/demo-new/services")).code, 403);
  });

  it("refuses at once to be anybody's way out", async () => {
    const port = Number(new URL(google.url).port);
    const tunnel = request({
      host: "127.0.0.1",
      port,
      method: "CONNECT",
      path: "www.googleapis.com:443",
    }).end();
    const [response] = (await once(tunnel, "connect")) as [{ statusCode: number }];
    assert.equal(response.statusCode, 403);
    const plain = request({ host: "127.0.0.1", port, path: "http://www.googleapis.com/cloudkms/v1/" }).end();
    const [answer] = (await once(plain, "response")) as [{ statusCode: number; resume: () => void }];
    answer.resume();
    assert.equal(answer.statusCode, 403);
    assert.deepEqual(google.turnedAway, ["www.googleapis.com:443", "http://www.googleapis.com/cloudkms/v1/"]);
  });
});
