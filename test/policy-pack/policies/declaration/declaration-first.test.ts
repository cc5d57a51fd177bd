import assert from "node:assert/strict";
import { declarationFirst } from "../../../../policy-pack/policies/declaration/declaration-first.ts";
import { judge } from "../../judge.ts";
import { cluster, policy, resource, root } from "../../resources.ts";

describe("the order of the root component", () => {
  it("passes where it is registered after providers and before everything else", () => {
    const provider = resource("pulumi:providers:gcp", {}, { name: "google" });
    assert.deepEqual(judge(declarationFirst, provider, root(), policy(), cluster()), []);
  });

  it("fails where resources that it decides about are registered before it", () => {
    const rest = "registered before the root component, and evaluated without what it declares";
    assert.deepEqual(judge(declarationFirst, policy(), root(), cluster()), [
      `root: policy (gcp:binaryauthorization/policy:Policy) ${rest}: give it the root component as a parent`,
    ]);
    assert.deepEqual(judge(declarationFirst, policy(), cluster(), root()), [
      `root: policy (gcp:binaryauthorization/policy:Policy) and 1 more ${rest}: give them the root component as a parent`,
    ]);
  });
});
