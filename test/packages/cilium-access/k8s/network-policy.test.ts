import assert from "node:assert/strict";
import type { KubernetesObject } from "../../../../packages/cilium-access/k8s/cluster-objects.ts";
import { answerTo, outcome, pod, SERVER, sketch } from "../support.ts";

/** A policy of Kubernetes' own, which Cilium enforces, too. */
function policy(spec: object): KubernetesObject {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "np", namespace: "default" },
    spec,
  };
}
const of = { matchLabels: { app: "server" } };
const from = (...peers: object[]) => policy({ podSelector: of, ingress: [{ from: peers }] });
const FOREIGN = pod("foreign", {
  namespace: "elsewhere",
  labels: { app: "client" },
  namespaceLabels: { team: "care" },
});
const pods = [pod("client"), pod("other"), FOREIGN, SERVER];
const ask = (policies: KubernetesObject[], client = "client", port = 8080) =>
  outcome({ pods, policies }, `${client} GET / on server:${port}`);

describe("A NetworkPolicy of Kubernetes", () => {
  it("closes ingress to the pods that it selects, and egress only where it says so", () => {
    assert.equal(ask([policy({ podSelector: of })]), "dropped");
    assert.equal(ask([policy({ podSelector: { matchLabels: { app: "client" } } })]), "notEnforced");
    const egress = { podSelector: { matchLabels: { app: "client" } }, policyTypes: ["Egress"] };
    assert.equal(ask([policy(egress)]), "dropped");
  });

  it("selects all pods of its namespace by an empty selector, and none of others", () => {
    assert.equal(ask([policy({ podSelector: {} })]), "dropped");
    const elsewhere = { ...policy({ podSelector: {} }), metadata: { name: "np", namespace: "elsewhere" } };
    assert.equal(ask([elsewhere]), "notEnforced");
  });

  it("allows all peers by an empty rule, and no peer without rules", () => {
    assert.equal(ask([policy({ podSelector: of, ingress: [{}] })], "world"), "allowed");
    assert.equal(ask([policy({ podSelector: of, ingress: [] })], "world"), "dropped");
  });

  it("means pods of its own namespace, even where it names another by a label of Cilium's", () => {
    const matchLabels = { app: "client", "io.kubernetes.pod.namespace": "elsewhere" };
    assert.deepEqual(
      ["client", "foreign"].map((name) => ask([from({ podSelector: { matchLabels } })], name)),
      ["allowed", "dropped"],
    );
  });

  it("lets in pods of its own namespace, of others by their labels, or both at once", () => {
    const client = { podSelector: { matchLabels: { app: "client" } } };
    const care = { namespaceSelector: { matchLabels: { team: "care" } } };
    assert.deepEqual(
      ["client", "other", "foreign"].map((name) => ask([from(client)], name)),
      ["allowed", "dropped", "dropped"],
    );
    assert.deepEqual(
      ["client", "other", "foreign"].map((name) => ask([from(care)], name)),
      ["dropped", "dropped", "allowed"],
    );
    assert.deepEqual(
      ["client", "foreign"].map((name) => ask([from({ ...client, ...care })], name)),
      ["dropped", "allowed"],
    );
    assert.deepEqual(
      ["client", "foreign"].map((name) => ask([from(client, care)], name)),
      ["allowed", "allowed"],
    );
  });

  it("lets in all namespaces by an empty selector, and not the world", () => {
    const all = from({ namespaceSelector: {} });
    assert.deepEqual(
      ["client", "foreign", "world"].map((name) => ask([all], name)),
      ["allowed", "allowed", "dropped"],
    );
  });

  it("lets in blocks of addresses, but for those that it leaves out", () => {
    const block = from({ ipBlock: { cidr: "203.0.113.0/24", except: ["203.0.113.128/25"] } });
    assert.deepEqual(
      ["203.0.113.1", "203.0.113.200", "client"].map((name) => ask([block], name)),
      ["allowed", "dropped", "dropped"],
    );
  });

  it("holds for the ports that it names, by number, name or range; TCP where it says nothing", () => {
    const onPort = (port: object) => policy({ podSelector: of, ingress: [{ ports: [port] }] });
    const ports = (named: object) => [8080, 8085, 9090].map((port) => ask([onPort(named)], "client", port));
    assert.deepEqual(ports({ port: 8080 }), ["allowed", "dropped", "dropped"]);
    assert.deepEqual(ports({ port: "http" }), ["allowed", "dropped", "dropped"]);
    assert.deepEqual(ports({ port: 8080, endPort: 8090 }), ["allowed", "allowed", "dropped"]);
    assert.deepEqual(ports({ port: 8080, protocol: "UDP" }), ["dropped", "dropped", "dropped"]);
    assert.deepEqual(ports({ protocol: "TCP" }), ["allowed", "allowed", "allowed"]);
  });

  it("is called by its own name", () => {
    const { sentence } = answerTo(
      sketch({ pods, policies: [policy({ podSelector: of })] }),
      "client GET / on server",
    );
    assert.match(sentence, /NetworkPolicy default\/np denies everything by default/);
    assert.doesNotMatch(sentence, /Cilium/);
  });
});
