import assert from "node:assert/strict";
import { Gatekeeper, type GatekeeperArgs } from "../../../components/gatekeeper/gatekeeper.ts";
import { gatekeeperPolicySpec } from "../../../components/gatekeeper/gatekeeper-policy.ts";
import { gatekeeperValues } from "../../../components/gatekeeper/gatekeeper-values.ts";
import { onCluster } from "../fhir/kubernetes.ts";
import { declared, known, type Options } from "../mocks.ts";

const IMAGES = { image: "example.com/gatekeeper@sha256:1", crdsImage: "example.com/crds@sha256:2" };

const gatekeeper =
  (args: Partial<GatekeeperArgs> = {}) =>
  (opts: Options) =>
    new Gatekeeper("gatekeeper", { ...IMAGES, ...args }, onCluster(opts));

const NAMESPACE = {
  metadata: {
    name: "gatekeeper-system",
    labels: {
      product: "attested-fhir",
      "pod-security.kubernetes.io/enforce": "restricted",
      "pod-security.kubernetes.io/enforce-version": "latest",
      "admission.gatekeeper.sh/ignore": "no-self-managing",
    },
  },
};

describe("Gatekeeper", () => {
  it("declares a namespace for restricted pods and the release of the pinned chart", async () => {
    const run = await declared(gatekeeper());
    assert.deepEqual(Object.keys(run.inputs), [
      "kubernetes:core/v1:Namespace gatekeeper-namespace",
      "kubernetes:helm.sh/v3:Release gatekeeper-release",
    ]);
    const { apiVersion, kind, ...namespace } = run.resource("gatekeeper-namespace").inputs;
    assert.deepEqual([apiVersion, kind, namespace], ["v1", "Namespace", NAMESPACE]);
    const { compat, ...release } = run.resource("gatekeeper-release").inputs;
    assert.deepEqual(release, {
      name: "gatekeeper",
      namespace: "gatekeeper-system",
      chart: "gatekeeper",
      repositoryOpts: { repo: "https://open-policy-agent.github.io/gatekeeper/charts" },
      version: "3.23.1",
      values: gatekeeperValues({ ...IMAGES, replicas: 3, failurePolicy: "Fail" }),
      maxHistory: 10,
    });
    assert.equal(compat, "true");
    assert.equal(await known(run.result.ready), "gatekeeper");
  });

  it("declares the network policy of its pods where the cluster serves Cilium's policies", async () => {
    const run = await declared(gatekeeper({ ciliumPoliciesReady: ["ciliumnetworkpolicies.cilium.io"] }));
    assert.deepEqual(run.resource("gatekeeper-policy").inputs, {
      apiVersion: "cilium.io/v2",
      kind: "CiliumNetworkPolicy",
      metadata: { namespace: "gatekeeper-system", name: "gatekeeper" },
      spec: gatekeeperPolicySpec(),
    });
  });

  it("labels its namespace as the stack requires", async () => {
    const run = await declared(gatekeeper({ namespaceLabels: { product: "cloudharness" } }));
    const { metadata } = run.resource("gatekeeper-namespace").inputs as typeof NAMESPACE;
    assert.equal(metadata.labels.product, "cloudharness");
  });

  it("refuses a chart that does not exist, and one of another version", async () => {
    await assert.rejects(
      declared(gatekeeper({ chart: "/charts/gatekeeper-3.0.0.tgz" })),
      /must be named gatekeeper-3\.23\.1\.tgz/,
    );
    await assert.rejects(declared(gatekeeper({ chart: "/nowhere/gatekeeper-3.23.1.tgz" })), /does not exist/);
  });
});

describe("The values of Gatekeeper's chart", () => {
  it("name both images by reference alone, without a tag of the chart's", () => {
    const values = gatekeeperValues({ ...IMAGES, replicas: 2, failurePolicy: "Ignore" });
    assert.deepEqual(values.image, { repository: IMAGES.image, release: "" });
    assert.deepEqual(values.preInstall.crdRepository.image, { repository: IMAGES.crdsImage, tag: "" });
    assert.equal(values.replicas, 2);
  });

  it("have both webhooks fail as the stack requires, and call them for namespaces and Gatekeeper's kinds only", () => {
    const values = gatekeeperValues({ ...IMAGES, replicas: 2, failurePolicy: "Ignore" });
    assert.equal(values.validatingWebhookFailurePolicy, "Ignore");
    assert.equal(values.validatingWebhookCheckIgnoreFailurePolicy, "Ignore");
    assert.deepEqual(
      values.validatingWebhookCustomRules.map(({ apiGroups, resources }) => [apiGroups, resources]),
      [
        [[""], ["namespaces"]],
        [["templates.gatekeeper.sh", "constraints.gatekeeper.sh"], ["*"]],
      ],
    );
  });
});
