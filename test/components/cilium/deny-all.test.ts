import assert from "node:assert/strict";
import { DenyAll, type DenyAllArgs } from "../../../components/cilium/deny-all.ts";
import { kubernetesObjects, onCluster } from "../fhir/kubernetes.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";

const POLICY = "kubernetes:cilium.io/v2:CiliumClusterwideNetworkPolicy";
const NAMESPACE = "k8s:io.kubernetes.pod.namespace";

const denyAll =
  (args: Partial<DenyAllArgs> = {}) =>
  (opts: Options) =>
    new DenyAll("deny-all", { policyName: "denyall-coruscanthealth", ...args }, onCluster(opts));

/** Selects pods, which all have a namespace, except those of the given namespaces. */
const podsNotIn = (...values: string[]) => ({
  matchExpressions: [
    { key: NAMESPACE, operator: "Exists" },
    { key: NAMESPACE, operator: "NotIn", values },
  ],
});

describe("DenyAll", () => {
  it("declares one policy that closes both directions and leaves DNS to the cluster's own servers", async () => {
    const run = await declared(denyAll());
    assert.deepEqual(kubernetesObjects(run), {
      [`${POLICY} deny-all-policy`]: {
        metadata: { name: "denyall-coruscanthealth" },
        spec: {
          description: "Denies everything in both directions, except DNS to the cluster's own servers",
          enableDefaultDeny: { ingress: true, egress: true },
          endpointSelector: podsNotIn("kube-system"),
          ingress: [{}],
          egress: [
            {
              toEndpoints: [{ matchLabels: { [NAMESPACE]: "kube-system", "k8s:k8s-app": "kube-dns" } }],
              toPorts: [
                {
                  ports: [
                    { port: "53", protocol: "UDP" },
                    { port: "53", protocol: "TCP" },
                  ],
                  rules: { dns: [{ matchPattern: "*" }] },
                },
              ],
            },
          ],
        },
      },
    });
    assert.equal(await known(run.result.policyName), "denyall-coruscanthealth");
  });

  it("does not apply to the named system namespaces, nor ever to kube-system", async () => {
    for (const systemNamespaces of [
      ["storage", "cilium"],
      ["storage", "kube-system", "cilium", "cilium"],
    ]) {
      const { resource } = await declared(denyAll({ systemNamespaces }));
      const { spec } = resource("deny-all-policy").inputs as { spec: { endpointSelector: unknown } };
      assert.deepEqual(spec.endpointSelector, podsNotIn("cilium", "kube-system", "storage"));
    }
  });

  it("outputs its name only once it is applied", async () => {
    const program = (opts: Options) => new Probe("after", denyAll()(opts).policyName, opts);
    assert.deepEqual(await waitingFor(POLICY, program), ["after"]);
  });
});
