import assert from "node:assert/strict";
import { objectsByCluster } from "../../../packages/stack-model/kubernetes-objects.ts";
import { type Resource, UNKNOWN } from "@attested-fhir/stack-model";

const PROVIDER = "urn:pulumi:prod::attested-fhir::pulumi:providers:kubernetes::fhir-kubernetes";
const urn = (chain: string, name: string) =>
  `urn:pulumi:prod::attested-fhir::attested-fhir:${chain}::${name}`;

const resource = (chain: string, name: string, metadata: object): Resource => ({
  urn: urn(chain, name),
  type: chain.slice(chain.indexOf("$") + 1),
  name,
  provider: PROVIDER,
  props: { metadata: { ...metadata } },
});

const STACK = [
  resource("fhir:FhirServer$kubernetes:core/v1:Namespace", "server-namespace", { name: UNKNOWN }),
  resource("dicom:DicomGateway$kubernetes:core/v1:Namespace", "gateway-namespace", { name: "dicom" }),
  resource("cilium:FhirAccess$kubernetes:cilium.io/v2:CiliumNetworkPolicy", "grants", { namespace: UNKNOWN }),
  resource("dicom:DicomNetwork$kubernetes:cilium.io/v2:CiliumNetworkPolicy", "hops", { namespace: UNKNOWN }),
];

const namespaceOf = (resources: readonly Resource[], name: string) =>
  objectsByCluster(resources, "fhir")
    .get(PROVIDER)
    ?.find((one) => one.resource.name === name)?.object.metadata?.namespace;

describe("A namespace that is unknown before the update", () => {
  it("is that of the resource's own subject where its dependencies are not known", () => {
    assert.equal(namespaceOf(STACK, "grants"), "fhir");
    assert.equal(namespaceOf(STACK, "hops"), "dicom");
  });

  it("is that of the one Namespace that the resource is made from", () => {
    const made = STACK.map((one) =>
      one.name === "grants" ? { ...one, dependencies: [STACK[1]?.urn ?? ""] } : { ...one, dependencies: [] },
    );
    assert.equal(namespaceOf(made, "grants"), "dicom");
  });

  it("stays unknown where dependencies are known and name no Namespace", () => {
    const made = STACK.map((one) => ({ ...one, dependencies: [] }));
    assert.equal(namespaceOf(made, "grants"), undefined);
  });
});
