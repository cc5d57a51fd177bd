import assert from "node:assert/strict";
import { declared, known, waitingFor } from "../../../components/mocks.ts";
import { dicomKey } from "../../dicom-settings.ts";
import { layers, layersOf } from "../../layers.ts";
import { changed, stack, WITHOUT_RUNTIME } from "../../stacks.ts";

const kind = changed(stack("kind"), { dicom: dicomKey() });
const STORE = "projects/example-prod-fhir/locations/us-central1/datasets/imaging/dicomStores/clinics";
const ONLY_READS = { "example-prod-fhir": { transactions: ["search", "retrieve"] as const } };

/** The stack `prod` without its runtime layer, with a DICOM store of Google's. */
function googleStack(clinics = {}) {
  const prod = changed(stack("prod"), { layers: ["fhir"], ...WITHOUT_RUNTIME });
  const { envoyImage, opaImage } = (stack("prod") as { dicom: ReturnType<typeof dicomKey> }).dicom;
  const google = { location: "us-central1", dataset: "imaging", store: "clinics" };
  return changed(prod, { dicom: { ...dicomKey(clinics, { google }), envoyImage, opaImage } });
}

describe("The DICOMweb gateway of a stack", () => {
  it("is made in the FHIR server's cluster, of gateway, OPA and its policy", async () => {
    const { result, resource, all } = await declared(layers(kind));
    for (const name of ["dicom-gateway-deployment", "dicom-opa-deployment", "dicom-bundle-config-map"])
      assert.equal(resource(name).provider, "fhir-kubernetes");
    assert.ok(!all.some(({ type }) => type.startsWith("gcp:")));
    assert.ok(result.serving?.dicomUrl);
    assert.equal(await known(result.serving.dicomUrl), "http://dicom-gateway.dicom.svc:8080");
  });

  it("has no pod before every network policy is applied", async () => {
    const waiting = await waitingFor("kubernetes:cilium.io/v2:CiliumNetworkPolicy", layers(kind));
    assert.ok(waiting.includes("dicom-opa-deployment"));
    assert.ok(waiting.includes("dicom-gateway-deployment"));
  });

  it("is absent where the stack has none", async () => {
    const { all, result } = await declared(layersOf("kind"));
    assert.deepEqual(
      all.filter(({ name }) => name.startsWith("dicom")).map(({ name }) => name),
      [],
    );
    assert.equal(result.serving?.dicomUrl, undefined);
  });

  it("goes to Google's store by an identity of its own, which only its service account has", async () => {
    const { inputs, resource } = await declared(layers(googleStack({ "example-prod-fhir": {} })));
    const member = "serviceAccount:dicom-gateway@example-prod-fhir.iam.gserviceaccount.com";
    assert.equal(resource("dicom-store-gateway").inputs.member, member);
    assert.equal(resource("dicom-store-gateway").inputs.role, "roles/healthcare.dicomEditor");
    const user = inputs["gcp:serviceaccount/iAMMember:IAMMember dicom-gateway-account-user"];
    assert.match(String(user?.member), /\[dicom\/dicom-gateway\]$/);
    const config = resource("dicom-gateway-config").inputs.data as { "envoy.json": string };
    assert.ok(config["envoy.json"].includes(`/v1/${STORE}/dicomWeb/`));
    assert.ok("encryptionSpec" in resource("dicom-store-dataset").inputs);
  });

  it("may only read Google's store where no clinic may store", async () => {
    const { resource } = await declared(layers(googleStack(ONLY_READS)));
    assert.equal(resource("dicom-store-gateway").inputs.role, "roles/healthcare.dicomViewer");
  });
});
