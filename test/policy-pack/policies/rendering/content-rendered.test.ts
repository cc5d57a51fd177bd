import assert from "node:assert/strict";
import { contentRendered } from "../../../../policy-pack/policies/rendering/content-rendered.ts";
import { NOT_RENDERED } from "../../../../packages/stack-model/unseen-content.ts";
import { UNKNOWN } from "../../../../packages/stack-model/property-value.ts";
import { judge } from "../../judge.ts";
import { resource } from "../../resources.ts";

describe("content-rendered: a component of Pulumi's Kubernetes SDK", () => {
  for (const type of [
    "kubernetes:helm.sh/v3:Chart",
    "kubernetes:helm.sh/v4:Chart",
    "kubernetes:kustomize:Directory",
    "kubernetes:kustomize/v2:Directory",
    "kubernetes:yaml:ConfigFile",
    "kubernetes:yaml:ConfigGroup",
    "kubernetes:yaml/v2:ConfigFile",
    "kubernetes:yaml/v2:ConfigGroup",
  ]) {
    const component = resource(type);
    const child = { ...resource("kubernetes:core/v1:Pod", {}, { name: "pod" }), parent: component.urn };

    it(`passes where ${type} has children`, () => {
      assert.deepEqual(judge(contentRendered, component, child), []);
    });

    it(`fails where ${type} has no children`, () => {
      assert.deepEqual(judge(contentRendered, component, { ...child, parent: "urn:of-another" }), [
        `it: not rendered: no object of it is in the stack, so no guardrail has evaluated what ${type} "it" deploys`,
      ]);
    });

    it(`fails where embedded mode did not render ${type}, although the program gives it a child`, () => {
      const unseen = resource(type, { [NOT_RENDERED]: "helm is not installed" });
      assert.deepEqual(judge(contentRendered, unseen, child), [
        `it: not rendered: helm is not installed, so no guardrail has evaluated what ${type} "it" deploys`,
      ]);
    });
  }
});

describe("content-rendered: a resource that a GitOps controller deploys from", () => {
  for (const type of [
    "kubernetes:helm.toolkit.fluxcd.io/v2:HelmRelease",
    "kubernetes:kustomize.toolkit.fluxcd.io/v1:Kustomization",
    "kubernetes:kustomize.toolkit.fluxcd.io/v1:KustomizationPatch",
    "kubernetes:source.toolkit.fluxcd.io/v1:GitRepository",
    "kubernetes:source.toolkit.fluxcd.io/v1:OCIRepository",
    "kubernetes:argoproj.io/v1alpha1:Application",
    "kubernetes:argoproj.io/v1alpha1:ApplicationSet",
    "kubernetes:argoproj.io/v1alpha1:ApplicationList",
    "kubernetes:configsync.gke.io/v1beta1:RootSync",
    "kubernetes:configsync.gke.io/v1beta1:RepoSync",
    "kubernetes:pkg.crossplane.io/v1:Provider",
  ]) {
    it(`fails for ${type}`, () => {
      assert.deepEqual(judge(contentRendered, resource(type)), [
        `it: not rendered: a controller in the cluster makes its objects from elsewhere, so no guardrail has evaluated what ${type} "it" deploys`,
      ]);
    });
  }

  for (const type of [
    "kubernetes:argoproj.io/v1alpha1:AppProject",
    "kubernetes:kustomize.toolkit.fluxcd.io.example.com/v1:Kustomization",
    "kubernetes:constructor/v1:Application",
    "kubernetes:core/v1:Pod",
    "app:index:Application",
  ]) {
    it(`passes for ${type}`, () => {
      assert.deepEqual(judge(contentRendered, resource(type)), []);
    });
  }
});

describe("content-rendered: a remote component of another package", () => {
  it("fails where embedded mode could not construct it", () => {
    const reason = "only its provider can construct this remote component";
    assert.deepEqual(judge(contentRendered, resource("eks:index:Cluster", { [NOT_RENDERED]: reason })), [
      `it: not rendered: ${reason}, so no guardrail has evaluated what eks:index:Cluster "it" deploys`,
    ]);
  });

  it("fails where the program hides the reason behind an unknown value", () => {
    assert.equal(judge(contentRendered, resource("app:index:Shelf", { [NOT_RENDERED]: UNKNOWN })).length, 1);
  });

  it("passes with the engine, which registers what its provider constructs", () => {
    assert.deepEqual(judge(contentRendered, resource("eks:index:Cluster")), []);
  });
});
