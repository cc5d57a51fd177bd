import assert from "node:assert/strict";
import { DicomNetwork, type DicomNetworkArgs } from "../../../components/dicom/dicom-network.ts";
import { dicomPolicies } from "../../../components/dicom/dicom-policies.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";
import { GATEWAY_LABELS } from "../../../components/dicom/dicom-gateway.ts";
import { OPA_LABELS } from "../../../components/dicom/opa-server-spec.ts";
import { answerTo, cnp, pod, sketch } from "../../packages/cilium-access/support.ts";

const VIEWER = { namespace: "viewer", labels: { app: "ohif" } };
const PACS = { namespace: "pacs", labels: { app: "orthanc" } };
const UPSTREAM = { kind: "service", port: 8042, ...PACS } as const;
const ARGS: DicomNetworkArgs = {
  namespace: "dicom",
  clients: [VIEWER],
  jwksUri: "https://issuer.example/jwks",
  upstream: UPSTREAM,
};

const network = (opts: Options, changes: Partial<DicomNetworkArgs> = {}) =>
  new DicomNetwork("dicom", { ...ARGS, ...changes }, opts);

describe("DicomNetwork", () => {
  it("declares a restricted namespace and a policy for each party", async () => {
    const { inputs, result } = await declared((opts) =>
      network(opts, { namespaceLabels: { product: "neuroglass" } }),
    );
    assert.deepEqual(
      Object.keys(inputs)
        .map((key) => key.split(" ")[1])
        .sort(),
      [
        "dicom-dicom-client-0",
        "dicom-dicom-gateway",
        "dicom-dicom-opa",
        "dicom-dicom-upstream",
        "dicom-namespace",
      ],
    );
    const namespace = inputs["kubernetes:core/v1:Namespace dicom-namespace"]?.metadata as {
      labels: Record<string, string>;
    };
    assert.equal(namespace.labels.product, "neuroglass");
    assert.equal(namespace.labels["pod-security.kubernetes.io/enforce"], "restricted");
    assert.equal(await known(result.namespace), "dicom");
  });

  it("outputs its namespace only once every policy is applied", async () => {
    const program = (opts: Options) => new Probe("pod", network(opts).namespace, opts);
    assert.deepEqual(await waitingFor("kubernetes:cilium.io/v2:CiliumNetworkPolicy", program), ["pod"]);
  });

  it("refuses to be open to every pod", async () => {
    await assert.rejects(
      declared((opts) => network(opts, { clients: [] })),
      /clients is empty: name who may use the gateway/,
    );
    await assert.rejects(
      declared((opts) => network(opts, { clients: [{ namespace: "viewer", labels: {} }] })),
      /labels is empty, which is every pod of viewer: name at least one/,
    );
    await assert.rejects(
      declared((opts) => network(opts, { upstream: { ...UPSTREAM, labels: {} } })),
      /labels is empty, which is every pod of pacs: name at least one/,
    );
  });

  describe("by the access matrix", () => {
    const policies = dicomPolicies({ ...ARGS, issuerHost: "issuer.example" }).map(
      ({ name, namespace, spec }) => cnp(spec, { name, namespace }),
    );
    const at = (name: string, namespace: string, labels: Readonly<Record<string, string>>, port: number) =>
      pod(name, { namespace, labels, ports: [{ name: "main", port, protocol: "TCP" }] });
    const pods = [
      at("ohif", VIEWER.namespace, VIEWER.labels, 3000),
      at("gateway", "dicom", GATEWAY_LABELS, 8080),
      at("opa", "dicom", OPA_LABELS, 9191),
      at("orthanc", PACS.namespace, PACS.labels, 8042),
      at("other", "viewer", { app: "other" }, 80),
      at("neighbour", "pacs", { app: "neighbour" }, 80),
    ];
    const model = sketch({ pods, policies });
    const outcome = (client: string, server: string, port: number) =>
      answerTo(model, `${client} GET / on ${server}:${port}`).verdict.outcome;

    it("only a declared client reaches the gateway, only the gateway OPA and the upstream", () => {
      const ports = { gateway: 8080, opa: 9191, orthanc: 8042 };
      const open = Object.entries(ports).flatMap(([server, port]) =>
        pods
          .filter(({ name }) => name !== server)
          .filter(({ name }) => outcome(name, server, port) === "allowed")
          .map(({ name }) => `${name} -> ${server}`),
      );
      assert.deepEqual(open, ["ohif -> gateway", "gateway -> opa", "gateway -> orthanc"]);
    });

    it("nothing is open on another port", () => {
      assert.equal(outcome("gateway", "opa", 8181), "dropped");
      assert.equal(outcome("gateway", "orthanc", 4242), "dropped");
      assert.equal(outcome("ohif", "gateway", 8081), "dropped");
    });
  });
});
