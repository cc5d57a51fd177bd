import assert from "node:assert/strict";
import type { Resource } from "../../../packages/stack-model/resource.ts";
import { objectsByCluster, type PlannedObject } from "../../../packages/stack-model/kubernetes-objects.ts";
import {
  type Properties,
  UNKNOWN,
  type PropertyValue,
} from "../../../packages/stack-model/property-value.ts";
import { resource } from "../../policy-pack/resources.ts";

const NAMESPACE = "kubernetes:core/v1:Namespace";
const POLICY = "kubernetes:cilium.io/v2:CiliumNetworkPolicy";

function seen(...resources: readonly Resource[]): readonly PlannedObject[] {
  return [...objectsByCluster(resources, "declared").values()].flat();
}

function namespace(name: PropertyValue, provider = "cluster") {
  return resource(NAMESPACE, { metadata: { name } }, { name: "namespace", provider });
}

function policy(namespaceName: PropertyValue, dependencies: readonly string[] = [], spec: Properties = {}) {
  const metadata: Properties = { name: "policy", namespace: namespaceName };
  return resource(POLICY, { metadata, spec }, { name: "policy", provider: "cluster", dependencies });
}

/** What is seen of the policy. */
function policySeen(...resources: readonly Resource[]) {
  const found = seen(...resources).find(({ object }) => object.kind === "CiliumNetworkPolicy");
  return { namespace: found?.object.metadata?.namespace, unknown: found?.unknown };
}

describe("Objects of Kubernetes among resources", () => {
  it("are recognized by their type, cluster by cluster, also in lists", () => {
    const list = resource(`${POLICY}List`, {
      items: [{ metadata: { name: "a", namespace: "n" }, spec: {} }],
    });
    const job = resource("kubernetes:batch/v1:CronJob", {}, { name: "job", provider: "cluster" });
    const clusters = objectsByCluster([list, job, resource("gcp:kms/keyRing:KeyRing")], undefined);
    assert.deepEqual(
      new Map([...clusters].map(([provider, objects]) => [provider, objects.map(({ object }) => object)])),
      new Map<string, object[]>([
        [
          "",
          [
            {
              apiVersion: "cilium.io/v2",
              kind: "CiliumNetworkPolicy",
              metadata: { name: "a", namespace: "n" },
              spec: {},
            },
          ],
        ],
        ["cluster", [{ apiVersion: "batch/v1", kind: "CronJob", metadata: { name: "job" } }]],
      ]),
    );
  });

  it("keep what decides, and name by its path what is not known of it", () => {
    const spec: Properties = {
      description: UNKNOWN,
      endpointSelector: { matchLabels: { description: UNKNOWN } },
      ingress: [{ toPorts: UNKNOWN }],
    };
    assert.deepEqual(policySeen(policy("n", [], spec)).unknown, [
      "spec.endpointSelector.matchLabels.description",
      "spec.ingress[0].toPorts",
    ]);
  });

  it("keep of a pod its labels, account, network and ports, whatever else is not known", () => {
    const containers: PropertyValue = [
      { image: UNKNOWN, env: UNKNOWN, ports: [{ containerPort: UNKNOWN, name: "a" }] },
    ];
    const template: Properties = {
      metadata: { labels: { a: "b" }, annotations: UNKNOWN },
      spec: { containers, volumes: UNKNOWN },
    };
    const [pod] = seen(resource("kubernetes:apps/v1:Deployment", { spec: { template, replicas: UNKNOWN } }));
    assert.deepEqual(pod?.unknown, ["spec.template.spec.containers[0].ports[0].containerPort"]);
  });

  it("ask for a pod's account only where a policy goes by accounts", () => {
    const pod = resource(
      "kubernetes:apps/v1:Deployment",
      { spec: { template: { spec: { serviceAccountName: UNKNOWN } } } },
      { provider: "cluster" },
    );
    const byAccount = policy("n", [], {
      endpointSelector: { matchLabels: { "io.cilium.k8s.policy.serviceaccount": "a" } },
    });
    const unknown = (...resources: readonly Resource[]) => seen(...resources).flatMap((one) => one.unknown);
    assert.deepEqual(unknown(pod, policy("n")), []);
    assert.deepEqual(unknown(pod, byAccount), ["spec.template.spec.serviceAccountName"]);
  });
});

describe("A namespace that is not known before the update", () => {
  const own = namespace("fhir");

  it("is that of the Namespace which the resource is made from, be it through others", () => {
    assert.deepEqual(policySeen(own, policy(UNKNOWN, [own.urn])), { namespace: "fhir", unknown: [] });
    const account = resource(
      "kubernetes:core/v1:ServiceAccount",
      {},
      { provider: "cluster", dependencies: [own.urn] },
    );
    assert.equal(policySeen(own, account, policy(UNKNOWN, [account.urn])).namespace, "fhir");
  });

  it("is the one that the stack declares for its FHIR servers where the Namespace waits for its own name", () => {
    const waiting = namespace(UNKNOWN);
    assert.equal(policySeen(waiting, policy(UNKNOWN, [waiting.urn])).namespace, "declared");
  });

  it("holds for the policy's peers in it as well", () => {
    const matchLabels: Properties = { "k8s:io.kubernetes.pod.namespace": UNKNOWN, org: UNKNOWN };
    const made = policy(UNKNOWN, [own.urn], { ingress: [{ fromEndpoints: [{ matchLabels }] }] });
    assert.deepEqual(policySeen(own, made).unknown, ["spec.ingress[0].fromEndpoints[0].matchLabels.org"]);
  });

  it("is not guessed: of no Namespace, of another cluster's, of two, or where two wait for their names", () => {
    const stranger = namespace("fhir", "another");
    const second = { ...namespace("other"), urn: "second" };
    const waiting = namespace(UNKNOWN);
    const another = { ...namespace(UNKNOWN), urn: "another" };
    for (const resources of [
      [policy(UNKNOWN)],
      [own, policy(UNKNOWN)],
      [stranger, policy(UNKNOWN, [stranger.urn])],
      [own, second, policy(UNKNOWN, [own.urn, second.urn])],
      [waiting, another, policy(UNKNOWN, [waiting.urn])],
    ])
      assert.deepEqual(policySeen(...resources), { namespace: undefined, unknown: ["metadata.namespace"] });
  });
});
