import assert from "node:assert/strict";
import { DicomGateway } from "../../../components/dicom/dicom-gateway.ts";
import { envoyConfig, type Upstream } from "../../../components/dicom/envoy-config.ts";
import { declared, known, type Options } from "../mocks.ts";
import { SETTINGS } from "./signed.ts";

const { issuer } = SETTINGS;
const IMAGE = `docker.io/envoyproxy/envoy@sha256:${"2".repeat(64)}`;
const SERVICE: Upstream = { kind: "service", host: "orthanc.pacs.svc", port: 8042 };
const STORE = "projects/p-123456/locations/l/datasets/d/dicomStores/s";

const gateway = (opts: Options, replicas = 2, googleServiceAccount?: string) =>
  new DicomGateway(
    "gateway",
    {
      image: IMAGE,
      namespace: "dicom",
      replicas,
      issuer,
      opaHost: "opa.svc",
      upstream: SERVICE,
      googleServiceAccount,
    },
    opts,
  );

describe("DicomGateway", () => {
  it("declares Envoy's configuration in an immutable ConfigMap, which its pods mount", async () => {
    const { result, resource } = await declared(gateway);
    const { inputs } = resource("gateway-config");
    assert.equal(inputs.immutable, true);
    assert.deepEqual(
      JSON.parse((inputs.data as { "envoy.json": string })["envoy.json"]),
      JSON.parse(
        JSON.stringify(envoyConfig({ issuer, opaHost: "opa.svc", opaPort: 9191, upstream: SERVICE })),
      ),
    );
    const { name } = inputs.metadata as { name: string };
    const text = JSON.stringify(resource("gateway-deployment").inputs);
    assert.ok(text.includes(`"configMap":{"name":"${name}"}`));
    assert.ok(text.includes(IMAGE));
    assert.equal(await known(result.url), "http://dicom-gateway.dicom.svc:8080");
  });

  it("acts for a Google service account where it is given one", async () => {
    const account = async (email?: string) =>
      (await declared((opts) => gateway(opts, 1, email))).resource("gateway-account").inputs.metadata;
    assert.deepEqual(await account(), { namespace: "dicom", name: "dicom-gateway" });
    assert.deepEqual(await account("gateway@p.iam.gserviceaccount.com"), {
      namespace: "dicom",
      name: "dicom-gateway",
      annotations: { "iam.gke.io/gcp-service-account": "gateway@p.iam.gserviceaccount.com" },
    });
  });

  it("has a disruption budget where it has more than one pod", async () => {
    const budget = "kubernetes:policy/v1:PodDisruptionBudget gateway-budget";
    assert.ok(budget in (await declared(gateway)).inputs);
    assert.ok(!(budget in (await declared((opts) => gateway(opts, 1))).inputs));
  });

  it("reaches issuer and Google by TLS of a verified name, and a Google store by its own path alone", () => {
    const upstream: Upstream = { kind: "google", store: STORE };
    const { static_resources: resources } = envoyConfig({
      issuer,
      opaHost: "opa.svc",
      opaPort: 9191,
      upstream,
    });
    const secure = resources.clusters.filter((cluster) => "transport_socket" in cluster);
    assert.deepEqual(
      secure.map(({ name }) => name),
      ["issuer", "upstream"],
    );
    assert.match(JSON.stringify(secure), /"exact":"issuer\.example".*"exact":"healthcare\.googleapis\.com"/);
    assert.ok(JSON.stringify(resources.listeners).includes(`{"prefix":"/v1/${STORE}/dicomWeb/"}`));
  });
});
