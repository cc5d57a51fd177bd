import assert from "node:assert/strict";
import { UNKNOWN, type PropertyValue } from "../../../../packages/stack-model/property-value.ts";
import { dicomBehindGateway } from "../../../../policy-pack/policies/dicom/upstream.ts";
import { judge } from "../../judge.ts";
import { resource } from "../../resources.ts";

const NETWORK = "attested-fhir:dicom:DicomNetwork";
const UPSTREAM = { kind: "service", namespace: "pacs", port: 8042, labels: { app: "orthanc" } };
const network = resource(NETWORK, { upstream: UPSTREAM }, { name: "network" });

function policy(
  endpointSelector: PropertyValue,
  {
    namespace = "pacs",
    type = "CiliumNetworkPolicy",
    ingress = [{ fromEntities: ["cluster"] }] as PropertyValue,
  } = {},
) {
  const metadata = type.includes("Clusterwide") ? { name: "x" } : { name: "x", namespace };
  return resource(`kubernetes:cilium.io/v2:${type}`, { metadata, spec: { endpointSelector, ingress } });
}

const FAULT = "it: lets other traffic than the gateway's into the DICOM store's pods in \"pacs\"";
const STORE = { matchLabels: { "k8s:app": "orthanc" } };

describe("dicom-behind-gateway", () => {
  it("passes where no other policy lets traffic into the store", () => {
    const own = policy(STORE);
    const child = { ...own, urn: own.urn.replace("::kubernetes", `::${NETWORK}$kubernetes`) };
    assert.deepEqual(judge(dicomBehindGateway, network, child), []);
    for (const other of [
      policy({ matchLabels: { "k8s:app": "other" } }),
      policy(STORE, { namespace: "viewer" }),
      policy(STORE, { ingress: [{}] }),
      policy(STORE, { ingress: null }),
      policy({ matchExpressions: [{ key: "k8s:app", operator: "NotIn", values: ["orthanc"] }] }),
      policy({ matchExpressions: [{ key: "k8s:app", operator: "In", values: ["other"] }] }),
      policy(
        { matchLabels: { "k8s:io.kubernetes.pod.namespace": "viewer" } },
        { type: "CiliumClusterwideNetworkPolicy" },
      ),
    ])
      assert.deepEqual(judge(dicomBehindGateway, network, other), []);
  });

  it("fails for a policy that selects the store, or may", () => {
    for (const other of [
      policy(STORE),
      policy({}),
      policy({ matchLabels: { "k8s:team": "imaging" } }),
      policy({ matchLabels: { "k8s:app": UNKNOWN } }),
      policy({ matchExpressions: [{ key: "k8s:app", operator: "Exists" }] }),
      policy({ matchExpressions: [{ key: "k8s:app", operator: "In", values: ["orthanc", "other"] }] }),
      policy(STORE, { type: "CiliumClusterwideNetworkPolicy" }),
    ])
      assert.deepEqual(judge(dicomBehindGateway, network, other), [FAULT]);
  });

  it("fails for a NetworkPolicy of Kubernetes, whose empty rule allows everything", () => {
    const open = (podSelector: PropertyValue, ingress: PropertyValue) =>
      resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", {
        metadata: { name: "x", namespace: "pacs" },
        spec: { podSelector, ingress },
      });
    assert.deepEqual(judge(dicomBehindGateway, network, open({}, [{}])), [FAULT]);
    assert.deepEqual(judge(dicomBehindGateway, network, open({}, [])), []);
    assert.deepEqual(judge(dicomBehindGateway, network, open({ matchLabels: { app: "other" } }, [{}])), []);
  });

  it("passes without a gateway, and in front of Google's store, which no policy selects", () => {
    assert.deepEqual(judge(dicomBehindGateway, policy(STORE)), []);
    const google = resource(NETWORK, { upstream: { kind: "google" } }, { name: "network" });
    assert.deepEqual(judge(dicomBehindGateway, google, policy(STORE)), []);
  });
});
