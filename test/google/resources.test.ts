import assert from "node:assert/strict";
import { type Ask, askerOf } from "./client.ts";
import { describeWithDocuments } from "./documents.ts";
import { type Google, startGoogle } from "./index.ts";
import { objectsAt, textAt } from "./json.ts";

const NOTES = "containeranalysis/v1/projects/demo-note/notes";
const HINT = { attestation: { hint: { humanReadableName: "Attestor note" } } };

describeWithDocuments("the standard methods", (discoveryDir) => {
  let google: Google;
  let ask: Ask;

  beforeEach(async () => {
    const projects = [
      {
        projectId: "demo-note",
        projectNumber: "123456789012",
        services: ["containeranalysis.googleapis.com"],
      },
    ];
    google = await startGoogle({ discoveryDir, projects });
    ask = askerOf(google);
  });
  afterEach(() => google.stop());

  it("create a resource under the id of the query, with its times, and get it", async () => {
    const created = await ask(`POST ${NOTES}?noteId=a`, HINT);
    assert.equal(created.code, 200);
    const { createTime, updateTime, ...rest } = created.body;
    assert.deepEqual(rest, { name: "projects/demo-note/notes/a", kind: "ATTESTATION", ...HINT });
    assert.ok(Math.abs(Date.parse(textAt(created.body, "createTime") ?? "") - Date.now()) < 60_000);
    assert.equal(createTime, updateTime);
    assert.deepEqual((await ask(`GET ${NOTES}/a`)).body, created.body);
  });

  it("know a project by its number as well", async () => {
    await ask(`POST ${NOTES}?noteId=a`, HINT);
    const { code, body } = await ask("GET containeranalysis/v1/projects/123456789012/notes/a");
    assert.equal(code, 200);
    assert.equal(body.name, "projects/demo-note/notes/a");
  });

  it("refuse a second resource of the same name, and a missing one", async () => {
    await ask(`POST ${NOTES}?noteId=a`, HINT);
    const second = await ask(`POST ${NOTES}?noteId=a`, HINT);
    assert.deepEqual(
      [second.code, second.refusal],
      [409, "ALREADY_EXISTS: projects/demo-note/notes/a already exists."],
    );
    for (const request of [`GET ${NOTES}/b`, `DELETE ${NOTES}/b`, `PATCH ${NOTES}/b`]) {
      const { code, refusal } = await ask(request, request.startsWith("PATCH") ? {} : undefined);
      assert.deepEqual([code, refusal], [404, "NOT_FOUND: projects/demo-note/notes/b not found."]);
    }
  });

  it("refuse a missing id, and one that would lead elsewhere", async () => {
    assert.match((await ask(`POST ${NOTES}`, HINT)).refusal, /^INVALID_ARGUMENT: Required parameter noteId/);
    assert.match(
      (await ask(`POST ${NOTES}?noteId=a%2Fb`, HINT)).refusal,
      /^INVALID_ARGUMENT: Invalid resource id/,
    );
  });

  it("patch the fields of the mask, and no others", async () => {
    await ask(`POST ${NOTES}?noteId=a`, { ...HINT, shortDescription: "short", longDescription: "long" });
    const { body } = await ask(`PATCH ${NOTES}/a?updateMask=short_description,attestation.hint`, {
      shortDescription: "new",
      longDescription: "ignored",
    });
    assert.equal(body.shortDescription, "new");
    assert.equal(body.longDescription, "long");
    assert.deepEqual(body.attestation, {});
    assert.deepEqual((await ask(`GET ${NOTES}/a`)).body, body);
  });

  it("patch without a mask what is sent", async () => {
    await ask(`POST ${NOTES}?noteId=a`, { ...HINT, shortDescription: "short", longDescription: "long" });
    const { body } = await ask(`PATCH ${NOTES}/a`, { longDescription: "longer" });
    assert.deepEqual([body.shortDescription, body.longDescription], ["short", "longer"]);
  });

  it("refuse a mask with a field that there is not", async () => {
    await ask(`POST ${NOTES}?noteId=a`, HINT);
    const { refusal } = await ask(`PATCH ${NOTES}/a?updateMask=colour`, {});
    assert.equal(refusal, "INVALID_ARGUMENT: Invalid update mask: there is no field colour.");
  });

  it("list a collection page by page", async () => {
    for (const id of ["a", "b", "c", "d", "e"]) await ask(`POST ${NOTES}?noteId=${id}`, HINT);
    const names: string[] = [];
    let token = "";
    do {
      const { body } = await ask(`GET ${NOTES}?pageSize=2&pageToken=${token}`);
      names.push(...objectsAt(body, "notes").map((note) => textAt(note, "name") ?? ""));
      token = textAt(body, "nextPageToken") ?? "";
    } while (token !== "");
    assert.deepEqual(
      names,
      ["a", "b", "c", "d", "e"].map((id) => `projects/demo-note/notes/${id}`),
    );
  });

  it("say so where they cannot answer truthfully", async () => {
    assert.match(
      (await ask(`GET ${NOTES}?filter=kind%3D1`)).refusal,
      /^UNIMPLEMENTED: .* filters of containeranalysis/,
    );
  });

  it("delete a resource with its policy", async () => {
    await ask(`POST ${NOTES}?noteId=a`, HINT);
    const bindings = [{ role: "roles/viewer", members: ["user:a@example.com"] }];
    await ask(`POST ${NOTES}/a:setIamPolicy`, { policy: { bindings } });
    assert.deepEqual((await ask(`DELETE ${NOTES}/a`)).body, {});
    assert.equal((await ask(`GET ${NOTES}/a`)).code, 404);
    await ask(`POST ${NOTES}?noteId=a`, HINT);
    assert.deepEqual((await ask(`POST ${NOTES}/a:getIamPolicy`, {})).body, { etag: "ACAB" });
  });
});
