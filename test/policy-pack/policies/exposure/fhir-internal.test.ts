import assert from "node:assert/strict";
import { fhirInternalOnly } from "../../../../policy-pack/policies/exposure/fhir-internal.ts";
import {
  type Properties,
  UNKNOWN,
  type PropertyValue,
} from "../../../../packages/stack-model/property-value.ts";
import { judge } from "../../judge.ts";
import { deployment, resource } from "../../resources.ts";

const INTERNAL = "networking.gke.io/load-balancer-type";

function service(spec: Properties, annotations: PropertyValue = {}) {
  return resource(
    "kubernetes:core/v1:Service",
    { metadata: { annotations }, spec: { ports: [{ port: 52773 }], ...spec } },
    { name: "fhir" },
  );
}

describe("a service for FHIR", () => {
  it("passes inside the cluster, and on an internal load balancer for any client in the network", () => {
    for (const type of [undefined, "ClusterIP"])
      assert.deepEqual(judge(fhirInternalOnly, service({ type })), []);
    assert.deepEqual(
      judge(fhirInternalOnly, service({ type: "LoadBalancer" }, { [INTERNAL]: "Internal" })),
      [],
    );
  });

  it("fails on a load balancer that is not internal, or not known to be", () => {
    for (const [annotations, said] of [
      [{}, "not set"],
      [{ [INTERNAL]: "External" }, '"External"'],
      [UNKNOWN, "not known before the update"],
    ] as const) {
      assert.deepEqual(judge(fhirInternalOnly, service({ type: "LoadBalancer" }, annotations)), [
        `fhir: the annotation ${INTERNAL} is ${said}, not Internal`,
      ]);
    }
  });

  it("fails on a node port, with an unknown type, and with external IPs", () => {
    for (const [type, said] of [
      ["NodePort", '"NodePort"'],
      [UNKNOWN, "not known before the update"],
    ] as const) {
      assert.deepEqual(judge(fhirInternalOnly, service({ type })), [
        `fhir: type is ${said}, not ClusterIP or LoadBalancer`,
      ]);
    }
    assert.deepEqual(judge(fhirInternalOnly, service({ externalIPs: ["192.0.2.1"] })), [
      "fhir: externalIPs exposes the Service on these addresses to any client: remove it",
    ]);
  });

  it("is recognized by its port, or by the number or name of its target port", () => {
    const server = deployment({ container: { ports: [{ name: "fhir", containerPort: 52773 }] } });
    const refused: readonly PropertyValue[] = [
      [{ port: 52773 }],
      [{ port: 80, targetPort: 52773 }],
      [{ port: 443 }, { port: 80, targetPort: "fhir" }],
      UNKNOWN,
    ];
    for (const ports of refused)
      assert.equal(judge(fhirInternalOnly, server, service({ type: "NodePort", ports })).length, 1);
    const other = service({ type: "NodePort", ports: [{ port: 80, targetPort: "web" }] });
    assert.deepEqual(judge(fhirInternalOnly, server, other), []);
  });
});

describe("an Ingress or a route", () => {
  const fhir = resource(
    "kubernetes:core/v1:Service",
    { metadata: { name: "coruscanthealth" }, spec: { ports: [{ port: 52773 }] } },
    { name: "fhir" },
  );
  const ingress = (backend: PropertyValue, annotations: Properties = {}) =>
    resource(
      "kubernetes:networking.k8s.io/v1:Ingress",
      {
        metadata: { annotations },
        spec: { rules: [{ host: "x", http: { paths: [{ path: "/", backend }] } }] },
      },
      { name: "way-in" },
    );
  const route = (spec: PropertyValue) =>
    resource("kubernetes:gateway.networking.k8s.io/v1:HTTPRoute", { spec }, { name: "way-in" });
  const to = (name: PropertyValue): Properties => ({ service: { name, port: { number: 52773 } } });
  const REFUSED = ["way-in: leads to fhir from wherever its gateway is reached: leave it out"];

  it("passes where it routes to another backend, or stays within the network", () => {
    assert.deepEqual(judge(fhirInternalOnly, fhir, ingress(to("web"))), []);
    assert.deepEqual(
      judge(fhirInternalOnly, fhir, route({ rules: [{ backendRefs: [{ name: "web" }] }] })),
      [],
    );
    const internal = { "kubernetes.io/ingress.class": "gce-internal" };
    assert.deepEqual(judge(fhirInternalOnly, fhir, ingress(to("coruscanthealth"), internal)), []);
  });

  it("fails where it routes to FHIR, however it names the backend", () => {
    for (const way of [
      ingress(to("coruscanthealth")),
      ingress({ serviceName: "coruscanthealth", servicePort: 52773 }),
      ingress(to("coruscanthealth"), { "kubernetes.io/ingress.class": "gce" }),
      resource(
        "kubernetes:networking.k8s.io/v1:Ingress",
        { spec: { defaultBackend: to("coruscanthealth") } },
        { name: "way-in" },
      ),
      route({ rules: [{ backendRefs: [{ name: "web" }, { name: "coruscanthealth" }] }] }),
      route({ rules: [{ filters: [{ requestMirror: { backendRef: { name: "coruscanthealth" } } }] }] }),
    ]) {
      assert.deepEqual(judge(fhirInternalOnly, fhir, way), REFUSED);
    }
  });

  it("fails where it is not known yet whether it routes to FHIR", () => {
    for (const way of [
      ingress(to(UNKNOWN)),
      ingress(UNKNOWN),
      route(UNKNOWN),
      route({ rules: UNKNOWN }),
      route({ rules: [{ backendRefs: [UNKNOWN] }] }),
    ]) {
      assert.deepEqual(judge(fhirInternalOnly, fhir, way), REFUSED);
    }
  });
});
