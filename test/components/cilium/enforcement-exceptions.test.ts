import assert from "node:assert/strict";
import fc from "fast-check";
import { enforcementExceptions } from "../../../components/cilium/enforcement-exceptions.ts";

const NAMESPACE = "k8s:io.kubernetes.pod.namespace";

describe("enforcementExceptions", () => {
  it("allow health probes between nodes and all traffic of the system namespaces", () => {
    assert.deepEqual(enforcementExceptions(["gke-system"]), [
      {
        name: "cilium-health-checks",
        spec: {
          description: "Lets nodes probe one another's health endpoints",
          endpointSelector: { matchLabels: { "reserved:health": "" } },
          ingress: [{ fromEntities: ["remote-node"] }],
          egress: [{ toEntities: ["remote-node"] }],
        },
      },
      {
        name: "system-namespaces",
        spec: {
          description: "Leaves the namespaces alone that the cluster lives in",
          endpointSelector: {
            matchExpressions: [{ key: NAMESPACE, operator: "In", values: ["gke-system", "kube-system"] }],
          },
          ingress: [{ fromEntities: ["all"] }],
          egress: [{ toEntities: ["all"] }],
        },
      },
    ]);
  });

  it("name kube-system and every given namespace once, in the same order for the same namespaces", () => {
    const namespaces = fc.array(fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/));
    const left = (given: readonly string[]) =>
      enforcementExceptions(given).flatMap(({ spec: { endpointSelector } }) =>
        "matchExpressions" in endpointSelector
          ? (endpointSelector.matchExpressions ?? []).flatMap(({ values }) => values)
          : [],
      );
    fc.assert(
      fc.property(namespaces, (given) => {
        assert.deepEqual(new Set(left(given)), new Set(["kube-system", ...given]));
        assert.deepEqual(left(given), [...new Set(left(given))]);
        assert.deepEqual(left(given), left([...given, "kube-system", ...given].toReversed()));
      }),
    );
  });
});
