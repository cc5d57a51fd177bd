import assert from "node:assert/strict";
import { type Group, groupResources } from "../../../preview/report/grouping.ts";
import type { ObservedResource } from "../../../preview/report/observation.ts";
import { CLUSTER, component, GOOGLE, resource, root, stack } from "../observations.ts";

/** Where the last of these resources lives. */
function groupOfLast(...resources: ObservedResource[]): Group | undefined {
  return groupResources([stack, ...resources]).get(resources.at(-1)?.urn ?? "");
}

const kms: Group = { kind: "project", name: "kms-project" };

describe("The place of a resource", () => {
  it("is the project that it names", () => {
    assert.deepEqual(groupOfLast(resource("ring", { inputs: { project: "kms-project" } })), kms);
    assert.deepEqual(groupOfLast(resource("project", { inputs: { projectId: "kms-project" } })), kms);
  });

  it("is the project in the only full name among its inputs", () => {
    const inputs = { keyRing: "projects/kms-project/locations/l/keyRings/r" };
    assert.deepEqual(groupOfLast(resource("key", { inputs })), kms);
    const key = "//cloudkms.googleapis.com/projects/kms-project/locations/l";
    assert.deepEqual(groupOfLast(resource("signature", { inputs: { key, count: 1 } })), kms);
    assert.deepEqual(
      groupOfLast(resource("both", { inputs: { ...inputs, note: "projects/other/notes/n" } })),
      {
        kind: "elsewhere",
      },
    );
  });

  it("is the only project of the component around it, else of a component further out", () => {
    const outer = component("outer", { inputs: { project: "kms-project" } });
    const inner = component("inner", { parent: outer.urn });
    assert.deepEqual(groupOfLast(outer, inner, resource("key", { parent: inner.urn })), kms);
    const sibling = resource("ring", { parent: inner.urn, inputs: { project: "inner-project" } });
    assert.deepEqual(groupOfLast(outer, inner, sibling, resource("key", { parent: inner.urn })), {
      kind: "project",
      name: "inner-project",
    });
  });

  it("is its provider's project when the component around it has several, or there is none", () => {
    const google = root(GOOGLE, "pulumi:providers:gcp", { project: "kms-project" });
    const around = component("around");
    const siblings = ["a", "b"].map((name) =>
      resource(name, { parent: around.urn, inputs: { project: name } }),
    );
    assert.deepEqual(groupOfLast(google, around, ...siblings, resource("key", { parent: around.urn })), kms);
    assert.deepEqual(groupOfLast(google, resource("key")), kms);
  });

  it("is no project just because another resource of the stack names one", () => {
    const ring = resource("ring", { inputs: { project: "kms-project" } });
    assert.deepEqual(groupOfLast(ring, resource("key")), { kind: "elsewhere" });
  });

  it("is its cluster for a Kubernetes resource, by the name of its provider", () => {
    const inputs = { project: "kms-project" };
    assert.deepEqual(groupOfLast(resource("pod", { provider: CLUSTER, inputs })), {
      kind: "cluster",
      name: "cluster",
    });
  });

  it("is nowhere for components, providers and the stack", () => {
    const groups = groupResources([
      stack,
      root(GOOGLE, "pulumi:providers:gcp", { project: "p" }),
      component("part"),
    ]);
    assert.deepEqual(new Set(groups.values()), new Set([{ kind: "elsewhere" }]));
    assert.deepEqual(
      [...groups.values()].map(({ kind }) => kind),
      ["elsewhere", "elsewhere", "elsewhere"],
    );
  });
});
