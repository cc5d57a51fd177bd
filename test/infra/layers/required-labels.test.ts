import assert from "node:assert/strict";
import { declared } from "../../components/mocks.ts";
import { layers, layersOf } from "../layers.ts";
import { changed, stack } from "../stacks.ts";
import { GATEKEEPER, LABELS } from "../labels.ts";

const kind = stack("kind");
const labelled = (labels: object = {}) =>
  declared(layers(changed(kind, { requiredLabels: { ...LABELS, ...labels } })));

const labelsOf = (inputs: object): Readonly<Record<string, string>> =>
  (inputs as { metadata: { labels: Record<string, string> } }).metadata.labels;

describe("The required labels of a stack", () => {
  it("are enforced by the API server of each cluster in production, and carried by each namespace", async () => {
    const { inputs, resource } = await declared(layersOf("prod"));
    for (const cluster of ["deployer", "fhir"]) {
      assert.equal(resource(`${cluster}-required-labels-policy`).provider, `${cluster}-kubernetes`);
    }
    const namespaces = Object.keys(inputs).filter((key) => key.startsWith("kubernetes:core/v1:Namespace "));
    assert.ok(namespaces.length >= 2);
    for (const key of namespaces) assert.equal(labelsOf(inputs[key] ?? {}).product, "attested-fhir", key);
  });

  it("exempt Kubernetes' namespaces, Cilium's system namespaces, GKE's own and those of the stack", async () => {
    const { resource } = await declared(layersOf("prod"));
    assert.deepEqual(resource("fhir-required-labels").inputs.exemptNamespaces, [
      "default",
      "gke-managed-*",
      "gke-managed-system",
      "gmp-*",
      "gmp-system",
      "kube-node-lease",
      "kube-public",
      "kube-system",
    ]);
    const named = await labelled({ exemptNamespaces: ["legacy"] });
    assert.deepEqual(named.resource("fhir-required-labels").inputs.exemptNamespaces, [
      "default",
      "kube-node-lease",
      "kube-public",
      "kube-system",
      "legacy",
      "local-path-storage",
    ]);
  });

  it("are absent where the stack requires none", async () => {
    const { inputs, resource } = await declared(layersOf("kind"));
    assert.deepEqual(
      Object.keys(inputs).filter((key) => /Gatekeeper|ValidatingAdmission|ConstraintTemplate/.test(key)),
      [],
    );
    assert.equal(labelsOf(resource("coruscanthealth-namespace").inputs).product, "attested-fhir");
  });

  it("are enforced by Gatekeeper where the stack says so, its pods behind a policy of Cilium's", async () => {
    const { resource } = await labelled({ engine: "gatekeeper", gatekeeper: GATEKEEPER });
    assert.equal(resource("fhir-gatekeeper").inputs.image, GATEKEEPER.image);
    assert.equal(resource("fhir-gatekeeper-policy").type, "kubernetes:cilium.io/v2:CiliumNetworkPolicy");
    assert.equal(resource("fhir-required-labels").inputs.constraintName, "all-must-have-product");
    for (const name of ["fhir-gatekeeper-namespace", "coruscanthealth-namespace"]) {
      assert.equal(labelsOf(resource(name).inputs).product, "cloudharness");
    }
  });
});
