import assert from "node:assert/strict";
import fc from "fast-check";
import { podIdentity, reservedIdentity } from "../../../../packages/cilium-access/identity/identity.ts";
import { DEFAULT_OPTIONS } from "../../../../packages/cilium-access/options.ts";
import { app, cnp, CLIENT, outcome, pod } from "../support.ts";

const keysOf = (labels: Record<string, string>, rest = {}) =>
  [
    ...podIdentity(
      { namespace: "hospital", labels, serviceAccount: "reader", ...rest },
      DEFAULT_OPTIONS,
    ).labels.values(),
  ]
    .map(({ source, key, value }) => `${source}:${key}=${value}`)
    .sort();

describe("The identity of a pod", () => {
  it("is its labels, its namespace with its labels, its account, and its cluster", () => {
    assert.deepEqual(keysOf({ app: "web" }, { namespaceLabels: { team: "care" } }), [
      "k8s:app=web",
      "k8s:io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name=hospital",
      "k8s:io.cilium.k8s.namespace.labels.team=care",
      "k8s:io.cilium.k8s.policy.cluster=default",
      "k8s:io.cilium.k8s.policy.serviceaccount=reader",
      "k8s:io.kubernetes.pod.namespace=hospital",
    ]);
  });

  it("cannot be forged: a pod's own labels do not say where it is, nor what it runs as", () => {
    const forged = {
      "io.kubernetes.pod.namespace": "kube-system",
      "io.cilium.k8s.policy.serviceaccount": "admin",
      "io.cilium.k8s.policy.cluster": "other",
      "io.cilium.k8s.namespace.labels.team": "care",
    };
    assert.deepEqual(keysOf({ app: "web", ...forged }), keysOf({ app: "web" }));
  });

  it("is the same for pods with the same labels, whatever they are called", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("app", "org", "pod-template-hash"), fc.constantFrom("a", "b"), {
          noNullPrototype: true,
        }),
        (labels) => {
          const id = (own: Record<string, string>) =>
            podIdentity({ namespace: "default", labels: own }, DEFAULT_OPTIONS).id;
          assert.equal(id(labels), id({ ...labels, "pod-template-hash": "other" }));
          assert.notEqual(id(labels), id({ ...labels, app: "c" }));
        },
      ),
    );
  });

  it("of one that is labelled `host` is left alone by 1.16, as nodes are", () => {
    const pods = [CLIENT, pod("server", { labels: { app: "server", host: "x" } })];
    const policies = [cnp({ endpointSelector: app("server"), ingress: [{}] })];
    const ask = (version: "1.16" | "1.20") =>
      outcome({ pods, policies, options: { version } }, "client GET / on server:80");
    assert.deepEqual([ask("1.16"), ask("1.20")], ["notEnforced", "dropped"]);
  });
});

describe("What Cilium itself names", () => {
  it("has labels that no pod can have; an API server elsewhere is another node, too", () => {
    const keys = (kind: "host" | "kube-apiserver") =>
      [...reservedIdentity(kind).labels.values()].map(({ source, key }) => `${source}:${key}`);
    assert.deepEqual(keys("host"), ["reserved:host"]);
    assert.deepEqual(keys("kube-apiserver"), ["reserved:kube-apiserver", "reserved:remote-node"]);
  });
});
