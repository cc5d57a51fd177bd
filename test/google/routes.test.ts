import fc from "fast-check";
import assert from "node:assert/strict";
import { Discovery, type Method, methods } from "./discovery.ts";
import { describeWithDocuments } from "./documents.ts";
import { GoogleError } from "./errors.ts";
import { compileAll, match } from "./routes.ts";

/** A value that a path parameter may have, by its pattern. */
function sample({ parameters }: Method, name: string): string {
  const pattern = parameters?.[name]?.pattern ?? "^[^/]+$";
  const whole = new RegExp(`^(?:${pattern})$`);
  const simple = pattern.replace(/^\^|\$$/g, "").replaceAll(/\[\^\/\]\+|\.\*/g, "x1");
  return (
    [simple, "x1"].find((value) => whole.test(value)) ??
    fc.sample(fc.stringMatching(whole), { numRuns: 1, seed: 1 })[0] ??
    ""
  );
}

describeWithDocuments("routes of Google's APIs", (dir) => {
  const discovery = new Discovery(dir);

  it("lead from each method's path to that very method, in every document", () => {
    for (const service of discovery.services()) {
      const documents = discovery.documents(service);
      const routes = compileAll(documents);
      for (const document of documents) {
        for (const method of methods(document)) {
          const path = method.path.replace(/\{\+?([^}]+)\}/g, (_, name: string) => sample(method, name));
          const found = match(routes, method.httpMethod, document.servicePath + path);
          assert.equal(found?.route.method, method, `${document.version} ${method.id}: ${path}`);
        }
      }
    }
  }).timeout(30_000);

  it("tell a custom verb from a name with a colon in it", () => {
    const routes = compileAll(discovery.documents("cloudkms"));
    const ring = "v1/projects/p/locations/l/keyRings/a";
    assert.equal(match(routes, "GET", `${ring}:getIamPolicy`)?.route.verb, "getIamPolicy");
    assert.equal(match(routes, "GET", `${ring}:getIamPolicy`)?.target, "projects/p/locations/l/keyRings/a");
    assert.equal(match(routes, "GET", `${ring}:other`)?.target, "projects/p/locations/l/keyRings/a:other");
  });

  it("give back whatever text a path names, decoded", () => {
    const routes = compileAll(discovery.documents("containeranalysis"));
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (id) => {
        const found = match(routes, "GET", `v1/projects/p/notes/${encodeURIComponent(id)}`);
        assert.equal(found?.target, `projects/p/notes/${id}`);
        assert.deepEqual(found.path, { name: `projects/p/notes/${id}` });
      }),
    );
  });

  it("end nowhere for a path, a version or an HTTP method that no document has", () => {
    const routes = compileAll(discovery.documents("cloudkms"));
    const ring = "projects/p/locations/l/keyRings/a";
    for (const [httpMethod, path] of [
      ["GET", "v1/projects/p/keyRings/a"],
      ["GET", `v9/${ring}`],
      ["PUT", `v1/${ring}`],
      ["DELETE", `v1/${ring}`],
      ["GET", ""],
    ] as const) {
      assert.equal(match(routes, httpMethod, path), undefined, `${httpMethod} ${path}`);
    }
  });

  it("refuse broken percent-encoding", () => {
    const routes = compileAll(discovery.documents("cloudkms"));
    assert.throws(
      () => match(routes, "GET", "v1/projects/p/locations/l/keyRings/%zz"),
      (error) => error instanceof GoogleError && error.status === "INVALID_ARGUMENT",
    );
  });
});
