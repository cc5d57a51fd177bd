import assert from "node:assert/strict";
import { SmartPolicies } from "../../../components/smart/smart-policies.ts";
import { onCluster } from "../fhir/kubernetes.ts";
import { declared, known, type Options } from "../mocks.ts";

const policies = (issuer: string) => (opts: Options) =>
  new SmartPolicies(
    "smart",
    {
      namespace: "galactic-fhir",
      serverLabels: { org: "empire", class: "coruscanthealth" },
      users: ["10.100.0.0/16"],
      issuer,
    },
    onCluster(opts),
  );

interface Spec {
  readonly spec: {
    readonly enableDefaultDeny: object;
    readonly ingress?: readonly Record<string, unknown>[];
    readonly egress: readonly Record<string, unknown>[];
  };
}

describe("SmartPolicies", () => {
  it("declares a policy for each hop: browsers, app server, gateway, and the FHIR server's way to the issuer", async () => {
    const run = await declared(policies("https://login.example/"));
    assert.deepEqual(await known(run.result.policyNames), ["smart-ui", "web-gateway", "smart-issuer"]);
    const spec = (name: string) => (run.resource(name).inputs as unknown as Spec).spec;
    assert.deepEqual(spec("smart-smart-ui").ingress?.[0]?.fromCIDR, ["10.100.0.0/16"]);
    assert.deepEqual(spec("smart-web-gateway").ingress?.[0]?.fromEndpoints, [
      {
        matchLabels: {
          "k8s:io.kubernetes.pod.namespace": "galactic-fhir",
          "k8s:app.kubernetes.io/name": "smart-ui",
          "k8s:class": "smart-ui",
          "k8s:org": "smart-ui",
        },
      },
    ]);
    assert.deepEqual(spec("smart-smart-issuer").egress[1], {
      toFQDNs: [{ matchName: "login.example" }],
      toPorts: [{ ports: [{ port: "443", protocol: "TCP" }] }],
    });
    assert.equal(spec("smart-smart-issuer").ingress, undefined);
  });

  it("allows the issuer's own port where its URL has one", async () => {
    const run = await declared(policies("https://login.example:8443/realms/a/"));
    const { egress } = (run.resource("smart-smart-issuer").inputs as unknown as Spec).spec;
    assert.deepEqual(egress[1]?.toPorts, [{ ports: [{ port: "8443", protocol: "TCP" }] }]);
  });
});
