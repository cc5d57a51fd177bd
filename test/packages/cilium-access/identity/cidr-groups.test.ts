import assert from "node:assert/strict";
import {
  clusterInput,
  type KubernetesObject,
} from "../../../../packages/cilium-access/k8s/cluster-objects.ts";
import { buildClusterModel } from "../../../../packages/cilium-access/k8s/cluster-model.ts";
import { VERSIONS } from "../../../../packages/cilium-access/options.ts";
import { answerTo, app, cnp, onPort, refusal } from "../support.ts";

const POD: KubernetesObject = {
  kind: "Pod",
  metadata: { name: "server", labels: { app: "server" } },
  spec: { containers: [{ ports: [{ containerPort: 8080 }] }] },
};

function group(...externalCIDRs: readonly string[]): KubernetesObject {
  return {
    apiVersion: "cilium.io/v2alpha1",
    kind: "CiliumCIDRGroup",
    metadata: { name: "partners" },
    spec: { externalCIDRs },
  };
}

/** A policy that lets in a group, on a port where one is said. */
function lettingIn(block: object, port?: number) {
  const toPorts = port === undefined ? {} : { toPorts: onPort(port) };
  return cnp({ endpointSelector: app("server"), ingress: [{ fromCIDRSet: [block], ...toPorts }] });
}

describe("A CiliumCIDRGroup", () => {
  for (const version of VERSIONS) {
    const outcomes = (block: object, port: number | undefined, ...groups: readonly KubernetesObject[]) => {
      const model = buildClusterModel(clusterInput([POD, lettingIn(block, port), ...groups]), { version });
      return ["192.0.2.7", "203.0.113.7", "world"].map(
        (client) => answerTo(model, `${client} GET / on server`).verdict.outcome,
      );
    };
    const ref = { cidrGroupRef: "partners" };

    for (const port of [undefined, 8080]) {
      const where = `in ${version}${port === undefined ? "" : ", on a port"}`;

      it(`stands for its blocks ${where}`, () => {
        assert.deepEqual(outcomes(ref, port, group("192.0.2.0/24", "198.51.100.0/24")), [
          "allowed",
          "dropped",
          "dropped",
        ]);
      });

      it(`without blocks matches no peer, and not all peers, ${where}`, () => {
        assert.deepEqual(outcomes(ref, port, group()), ["dropped", "dropped", "dropped"]);
      });

      it(`that is not among the objects leaves open what is outside ${where}`, () => {
        assert.deepEqual(outcomes(ref, port), ["undecided", "undecided", "undecided"]);
      });
    }
  }

  it("may have exceptions in 1.20 alone", () => {
    const policy = lettingIn({ cidrGroupRef: "partners", except: ["192.0.2.128/25"] });
    assert.match(refusal(policy) ?? "", /cidrGroupRef cannot be combined with except/);
    const model = buildClusterModel(clusterInput([POD, policy, group("192.0.2.0/24")]), { version: "1.20" });
    const outcome = (client: string) => answerTo(model, `${client} GET / on server`).verdict.outcome;
    assert.deepEqual([outcome("192.0.2.7"), outcome("192.0.2.200")], ["allowed", "dropped"]);
  });

  it("is left open where a selector names it", () => {
    const policy = lettingIn({ cidrGroupSelector: { matchLabels: { kind: "partner" } } });
    const model = buildClusterModel(clusterInput([POD, policy, group("192.0.2.0/24")]), { version: "1.20" });
    assert.equal(answerTo(model, "192.0.2.7 GET / on server").verdict.outcome, "undecided");
  });
});
