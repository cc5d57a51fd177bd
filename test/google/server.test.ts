import assert from "node:assert/strict";
import { Cloud } from "./cloud.ts";
import { Discovery } from "./discovery.ts";
import { describeWithDocuments } from "./documents.ts";
import { type JsonObject, textAt } from "./json.ts";
import { getOperation, kindAt } from "./resources.ts";
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

  it("takes up a further kind of resource by its name alone, with operations where the API has them", () => {
    const cloud = new Cloud(new Discovery(dir), 1);
    cloud.addProject({ projectId: "demo-hl7", services: ["healthcare.googleapis.com"] });
    const locations = "healthcare.projects.locations";
    const handlers = {
      ...kindAt(`${locations}.datasets`, {}),
      [`${locations}.datasets.operations.get`]: getOperation,
    };
    const frontEnd = new FrontEnd(cloud, handlers);
    const ask = (httpMethod: string, path: string, body = "") =>
      frontEnd.answer({
        httpMethod,
        url: `/healthcare/v1/projects/demo-hl7/locations/us-central1/${path}`,
        authorization: "Bearer a",
        body,
      });
    const started = ask("POST", "datasets?datasetId=a", '{"timeZone": "UTC"}');
    assert.equal(started.body.done, undefined);
    assert.equal(ask("GET", "datasets/a").code, 404);
    const name = textAt(started.body, "name") ?? "";
    const { response } = cloud.operations.get("healthcare", name) as { response: JsonObject };
    assert.equal(response["@type"], "type.googleapis.com/google.cloud.healthcare.v1.Dataset");
    const dataset = { name: "projects/demo-hl7/locations/us-central1/datasets/a", timeZone: "UTC" };
    assert.deepEqual(ask("GET", "datasets/a").body, dataset);
    assert.deepEqual(ask("GET", "datasets").body, { datasets: [dataset] });
    assert.equal(ask("GET", "datasets/a/fhirStores").code, 501);
  });
});
