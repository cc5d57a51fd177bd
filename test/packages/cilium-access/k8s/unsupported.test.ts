import assert from "node:assert/strict";
import {
  unsupportedInObject,
  missingNamespaces,
} from "../../../../packages/cilium-access/k8s/unsupported.ts";
import {
  clusterInput,
  type KubernetesObject,
} from "../../../../packages/cilium-access/k8s/cluster-objects.ts";

const config = (data: object, name = "cilium-config") => ({ kind: "ConfigMap", metadata: { name }, data });

describe("What is not modelled", () => {
  it("is said of objects, by their kind", () => {
    const kind = "CiliumLocalRedirectPolicy";
    for (const apiVersion of ["cilium.io/v2", "cilium.io/v2alpha1", undefined]) {
      assert.deepEqual(unsupportedInObject({ apiVersion, kind, metadata: { name: "dns" } }), [
        "CiliumLocalRedirectPolicy dns sends what it names to other pods, which is not modelled",
      ]);
    }
    assert.deepEqual(unsupportedInObject({ apiVersion: "example.com/v1", kind }), []);
    assert.deepEqual(unsupportedInObject({ kind: "CiliumNetworkPolicy" }), []);
  });

  it("is said of settings, where they are not as Cilium has them by itself", () => {
    assert.deepEqual(
      unsupportedInObject(
        config({ "enable-ipv6": "true", labels: "", "policy-cidr-match-mode": "nodes", debug: "true" }),
      ),
      [
        'the setting enable-ipv6: "true" enables IPv6 in addition to IPv4, which is not modelled',
        'the setting policy-cidr-match-mode: "nodes" lets blocks of addresses select nodes, which is not modelled',
      ],
    );
    assert.deepEqual(unsupportedInObject(config({ "enable-ipv6": "true" }, "other")), []);
    assert.deepEqual(unsupportedInObject({ ...config({}), data: null }), []);
  });
});

describe("Namespaces that are not given", () => {
  const pods = ["b", "a"].map((namespace) => ({ kind: "Pod", metadata: { name: "p", namespace }, spec: {} }));
  const ofKubernetes = (namespaceSelector: object) => ({
    kind: "NetworkPolicy",
    metadata: { name: "p" },
    spec: { podSelector: {}, ingress: [{ from: [{ namespaceSelector }] }] },
  });
  const ofCilium = (matchLabels: object) => ({
    kind: "CiliumNetworkPolicy",
    metadata: { name: "p" },
    spec: { endpointSelector: {}, ingress: [{ fromEndpoints: [{ matchLabels }] }] },
  });
  const missing = (...objects: KubernetesObject[]) => missingNamespaces(clusterInput(objects));

  it("are named where policies select by their labels", () => {
    const said = ["policies select by labels of namespaces, and no Namespace is given for a, b"];
    assert.deepEqual(missing(...pods, ofKubernetes({ matchLabels: { team: "x" } })), said);
    assert.deepEqual(missing(...pods, ofCilium({ "io.cilium.k8s.namespace.labels.team": "x" })), said);
  });

  it("are not missed otherwise", () => {
    const name = "kubernetes.io/metadata.name";
    const given = ["a", "b"].map((namespace) => ({ kind: "Namespace", metadata: { name: namespace } }));
    assert.deepEqual(missing(...pods, ofKubernetes({})), []);
    assert.deepEqual(missing(...pods, ofKubernetes({ matchLabels: { [name]: "a" } })), []);
    assert.deepEqual(missing(...pods, ofCilium({ [`k8s:io.cilium.k8s.namespace.labels.${name}`]: "a" })), []);
    assert.deepEqual(missing(...pods, ...given, ofKubernetes({ matchLabels: { team: "x" } })), []);
  });
});
