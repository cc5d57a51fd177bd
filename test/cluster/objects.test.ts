import assert from "node:assert/strict";
import fc from "fast-check";
import { holds, type KubernetesObject, objectPath } from "./objects.ts";

describe("An object's API path", () => {
  const segment = fc.stringMatching(/^[a-z][a-z0-9.:-]{0,8}$/);
  const api = fc.oneof(
    fc.constant("/api/v1"),
    fc.tuple(segment, segment).map(([group, version]) => `/apis/${group}/${version}`),
  );
  const collections = fc.oneof(
    fc.tuple(api, segment).map(([base, resource]) => `${base}/${resource}`),
    fc
      .tuple(api, segment, segment)
      .map(([base, space, resource]) => `${base}/namespaces/${space}/${resource}`),
  );

  it("consists of its collection's path and its name", () => {
    fc.assert(
      fc.property(collections, segment, (collection, name) => {
        assert.deepEqual(objectPath(`${collection}/${name}`), { collection, name });
      }),
    );
  });

  it("includes the namespace of a namespaced object", () => {
    const path = "/api/v1/namespaces/galactic-fhir";
    assert.deepEqual(objectPath(path), { collection: "/api/v1/namespaces", name: "galactic-fhir" });
  });

  for (const [what, path] of [
    ["a collection", "/api/v1/nodes"],
    ["a collection in a namespace", "/api/v1/namespaces/default/pods"],
    ["a subresource", "/api/v1/nodes/node-1/status"],
    ["a subresource in a namespace", "/api/v1/namespaces/default/pods/one/log"],
    ["an object with a query", "/api/v1/nodes/node-1?watch=true"],
    ["a page of the server", "/readyz"],
  ] as const) {
    it(`does not match ${what}`, () => {
      assert.throws(() => objectPath(path), TypeError);
    });
  }
});

describe("A condition of a Kubernetes object", () => {
  const metadata = { name: "one", uid: "1", resourceVersion: "1" };
  const job = (status: "True" | "False"): KubernetesObject => ({
    metadata,
    status: { conditions: [{ type: "Complete", status }] },
  });

  it("holds where its status is True", () => {
    assert.equal(holds(job("True"), "Complete"), true);
  });

  it("does not hold where its status is False or absent", () => {
    assert.equal(holds(job("False"), "Complete"), false);
    assert.equal(holds(job("True"), "Failed"), false);
    assert.equal(holds({ metadata }, "Complete"), false);
  });
});
