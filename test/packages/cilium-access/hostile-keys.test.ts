import assert from "node:assert/strict";
import fc from "fast-check";
import { clusterInput, type KubernetesObject } from "../../../packages/cilium-access/k8s/cluster-objects.ts";
import { buildClusterModel } from "../../../packages/cilium-access/k8s/cluster-model.ts";
import { manifestError } from "../../../packages/cilium-access/k8s/manifest-schema.ts";
import { readCiliumConfig } from "../../../packages/cilium-access/k8s/cilium-config.ts";
import { answerTo } from "./support.ts";

/** Keys that every object of JavaScript has by its prototype. */
const key = fc.constantFrom("constructor", "toString", "hasOwnProperty", "valueOf", "isPrototypeOf");

/** An object as a parser of YAML or JSON makes it: `__proto__` is an own property. */
const parsed = (entries: readonly (readonly [string, unknown])[]) =>
  JSON.parse(
    `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(",")}}`,
  ) as Record<string, string>;

const pod = (name: string, labels: Record<string, string>): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace: "default", labels },
  spec: { containers: [{ name: "main", ports: [{ containerPort: 8080 }] }] },
});

describe("Labels whose keys objects of JavaScript have by their prototype", () => {
  it("are matched by selectors like any other label", () => {
    fc.assert(
      fc.property(key, key, (subject, peer) => {
        const policy: KubernetesObject = {
          apiVersion: "cilium.io/v2",
          kind: "CiliumNetworkPolicy",
          metadata: { name: "policy", namespace: "default" },
          spec: {
            endpointSelector: { matchLabels: parsed([[subject, "server"]]) },
            ingress: [{ fromEndpoints: [{ matchLabels: parsed([[peer, "client"]]) }] }],
          },
        };
        const pods = [
          pod("server", parsed([[subject, "server"]])),
          pod("client", parsed([[peer, "client"]])),
          pod("other", {}),
        ];
        const model = buildClusterModel(clusterInput([...pods, policy]));
        assert.equal(answerTo(model, "client GET / on server").verdict.outcome, "allowed");
        assert.equal(answerTo(model, "other GET / on server").verdict.outcome, "dropped");
      }),
    );
  });

  it("make a policy refused where the key is __proto__, which Kubernetes takes for no label", () => {
    const selector = { matchLabels: parsed([["__proto__", "client"]]) };
    for (const spec of [
      { endpointSelector: selector, ingress: [{}] },
      { endpointSelector: {}, ingress: [{ fromEndpoints: [selector] }] },
    ]) {
      const policy: KubernetesObject = {
        apiVersion: "cilium.io/v2",
        kind: "CiliumNetworkPolicy",
        metadata: { name: "policy", namespace: "default" },
        spec,
      };
      const [read] = buildClusterModel(clusterInput([pod("server", {}), policy])).policies;
      assert.match(read?.refused ?? "", /matchLabels\.__proto__: Invalid key: __proto__$/);
    }
    assert.match(
      manifestError(pod("server", parsed([["__proto__", "x"]]))) ?? "",
      /^metadata\.labels\.__proto__: /,
    );
  });

  it("select nothing where no workload has them", () => {
    fc.assert(
      fc.property(key, (name) => {
        const policy: KubernetesObject = {
          apiVersion: "cilium.io/v2",
          kind: "CiliumNetworkPolicy",
          metadata: { name: "policy", namespace: "default" },
          spec: {
            endpointSelector: { matchExpressions: [{ key: name, operator: "Exists" }] },
            ingress: [{}],
          },
        };
        const model = buildClusterModel(clusterInput([pod("server", {}), pod("client", {}), policy]));
        assert.equal(answerTo(model, "client GET / on server").verdict.outcome, "notEnforced");
      }),
    );
  });
});

describe("Keys of cilium-config that objects of JavaScript have by their prototype", () => {
  it("configure nothing", () => {
    const anyKey = fc.oneof(key, fc.constant("__proto__"));
    fc.assert(
      fc.property(fc.array(anyKey, { minLength: 1, maxLength: 4 }), (names) => {
        const data = parsed([...new Set(names)].map((name) => [name, "true"]));
        const config = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "cilium-config" }, data };
        assert.deepEqual(readCiliumConfig([config]), {});
      }),
    );
  });
});
