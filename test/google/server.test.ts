import assert from "node:assert/strict";
import { Cloud } from "./cloud.ts";
import { Discovery } from "./discovery.ts";
import { describeWithDocuments } from "./documents.ts";
import { FrontEnd } from "./server.ts";

describeWithDocuments("the front end", (dir) => {
  const path = "/cloudkms/v1/projects/demo-kms/locations/l/keyRings/a";
  const answerWith = (handler: () => never | Record<string, string>) => {
    const cloud = new Cloud(new Discovery(dir), 0);
    cloud.addProject({ projectId: "demo-kms", services: ["cloudkms.googleapis.com"] });
    const frontEnd = new FrontEnd(cloud, { "cloudkms.projects.locations.keyRings.get": handler });
    return frontEnd.answer({ httpMethod: "GET", url: path, authorization: "Bearer a", body: "" });
  };

  it("gives out no answer that the API's schema does not have", () => {
    const { code, body } = answerWith(() => ({ name: "a", colour: "red" }));
    assert.equal(code, 500);
    assert.match(
      JSON.stringify(body),
      /answer of cloudkms\.projects\.locations\.keyRings\.get does not fit its schema.*colour/,
    );
  });

  it("answers a fault of its own as Google does, and goes on", () => {
    const { code, body } = answerWith(() => {
      throw new TypeError("broken");
    });
    assert.deepEqual(
      [code, body],
      [500, { error: { code: 500, message: "TypeError: broken", status: "INTERNAL" } }],
    );
    assert.equal(answerWith(() => ({ name: "a" })).code, 200);
  });
});
