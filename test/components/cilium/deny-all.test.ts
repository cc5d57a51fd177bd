import assert from "node:assert/strict";
import { DenyAll, type DenyAllArgs } from "../../../components/cilium/deny-all.ts";
import { declared, known, type Options } from "../mocks.ts";

const denyAll =
  (args: Partial<DenyAllArgs> = {}) =>
  (opts: Options) =>
    new DenyAll("deny-all", { policyName: "denyall-coruscanthealth", ...args }, opts);

interface Spec {
  endpointSelector: { matchExpressions: { operator: string; values?: string[] }[] };
  ingress: unknown[];
  egress: { toEndpoints: unknown[]; toPorts: { ports: unknown[] }[] }[];
}

async function specOf(args: Partial<DenyAllArgs> = {}): Promise<Spec> {
  const { inputs } = await declared(denyAll(args));
  const [policy] = Object.values(inputs);
  return (policy as { spec: Spec }).spec;
}

describe("DenyAll", () => {
  it("is one clusterwide policy, by the name that is given", async () => {
    const { inputs, result } = await declared(denyAll());
    assert.deepEqual(Object.keys(inputs), [
      "kubernetes:cilium.io/v2:CiliumClusterwideNetworkPolicy deny-all-policy",
    ]);
    assert.equal(await known(result.policyName), "denyall-coruscanthealth");
  });

  it("closes ingress by a rule that lets nobody in, for without any it would stay open", async () => {
    assert.deepEqual((await specOf()).ingress, [{}]);
  });

  it("lets out to the cluster's own DNS only, by UDP and TCP", async () => {
    const { egress } = await specOf();
    assert.equal(egress.length, 1);
    assert.deepEqual(egress[0]?.toEndpoints, [
      { matchLabels: { "k8s:io.kubernetes.pod.namespace": "kube-system", "k8s:k8s-app": "kube-dns" } },
    ]);
    assert.deepEqual(egress[0].toPorts[0]?.ports, [
      { port: "53", protocol: "UDP" },
      { port: "53", protocol: "TCP" },
    ]);
  });

  it("selects pods that have a namespace, and so leaves health endpoints alone", async () => {
    const [exists, notIn] = (await specOf()).endpointSelector.matchExpressions;
    assert.equal(exists?.operator, "Exists");
    assert.deepEqual(notIn?.values, ["kube-system"]);
  });

  it("leaves the named system namespaces alone", async () => {
    const spec = await specOf({ systemNamespaces: ["storage", "kube-system"] });
    assert.deepEqual(spec.endpointSelector.matchExpressions[1]?.values, ["kube-system", "storage"]);
  });
});
