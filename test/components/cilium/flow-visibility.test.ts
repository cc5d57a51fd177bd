import assert from "node:assert/strict";
import { FlowVisibility, type FlowVisibilityArgs } from "../../../components/cilium/flow-visibility.ts";
import { kubernetesObjects, onCluster } from "../fhir/kubernetes.ts";
import { declared, known, type Options } from "../mocks.ts";
import { SERVER } from "./grants.ts";

const visibility =
  (args: Partial<FlowVisibilityArgs> = {}) =>
  (opts: Options) =>
    new FlowVisibility(
      "flows",
      { namespace: "galactic-fhir", server: SERVER, denyAll: false, ...args },
      onCluster(opts),
    );

describe("FlowVisibility", () => {
  it("declares one policy that redirects requests to the proxy, and denies none", async () => {
    const run = await declared(visibility());
    assert.deepEqual(kubernetesObjects(run), {
      "kubernetes:cilium.io/v2:CiliumNetworkPolicy flows-policy": {
        metadata: { namespace: "galactic-fhir", name: "flow-visibility" },
        spec: {
          description: "Shows the requests to the FHIR server, and refuses none",
          enableDefaultDeny: { ingress: false },
          endpointSelector: { matchLabels: { "k8s:class": "coruscanthealth", "k8s:org": "empire" } },
          ingress: [
            {
              fromEntities: ["all"],
              toPorts: [{ ports: [{ port: "52773", protocol: "TCP" }], rules: { http: [{}] } }],
            },
          ],
        },
      },
    });
    assert.equal(await known(run.result.policyName), "flow-visibility");
  });

  it("takes another name", async () => {
    const { result } = await declared(visibility({ policyName: "l7-flows" }));
    assert.equal(await known(result.policyName), "l7-flows");
  });

  it("is rejected together with deny-all, which it would defeat", async () => {
    await assert.rejects(declared(visibility({ denyAll: true })), {
      message:
        "denyAll is true: flow visibility allows all ingress to the FHIR server, which would defeat it. Set only one of them",
    });
  });
});
