import assert from "node:assert/strict";
import { reasonNotRendered } from "../../../preview/embedded/not-rendered.ts";

describe("The reason why embedded mode does not render a resource", () => {
  it("is the provider for every remote component", () => {
    for (const type of ["eks:index:Cluster", "kubernetes:helm.sh/v4:Chart", "kubernetes:yaml/v2:ConfigGroup"])
      assert.equal(reasonNotRendered(type, true), "only its provider can construct this remote component");
  });

  it("is the Kubernetes provider for a chart and a kustomization of the SDK", () => {
    for (const type of ["kubernetes:helm.sh/v3:Chart", "kubernetes:kustomize:Directory"])
      assert.equal(reasonNotRendered(type, false), "only the Kubernetes provider can render it");
  });

  it("is absent for manifests, which embedded mode reads, and for components of the program", () => {
    for (const type of ["kubernetes:yaml:ConfigGroup", "app:index:Shelf"])
      assert.equal(reasonNotRendered(type, false), undefined);
  });
});
