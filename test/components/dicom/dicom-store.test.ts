import assert from "node:assert/strict";
import { DicomStore } from "../../../components/dicom/dicom-store.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";

const GATEWAY = "serviceAccount:dicom-gateway@fhir-project.iam.gserviceaccount.com";

const store = (opts: Options, changes: { writable?: boolean; kmsKeyName?: string } = {}) =>
  new DicomStore(
    "dicom",
    {
      project: "fhir-project",
      location: "us-central1",
      dataset: "imaging",
      store: "clinics",
      protect: true,
      gateway: GATEWAY,
      writable: true,
      ...changes,
    },
    opts,
  );

const MEMBER = "gcp:healthcare/dicomStoreIamMember:DicomStoreIamMember";

describe("DicomStore", () => {
  it("declares a protected store on which the gateway alone has a role", async () => {
    const { inputs, resource, result } = await declared((opts) => store(opts, { kmsKeyName: "projects/k" }));
    assert.deepEqual(inputs["gcp:healthcare/dataset:Dataset dicom-dataset"], {
      project: "fhir-project",
      location: "us-central1",
      name: "imaging",
      timeZone: "UTC",
      encryptionSpec: { kmsKeyName: "projects/k" },
    });
    assert.ok(resource("dicom-dataset").protect && resource("dicom-store").protect);
    const members = Object.keys(inputs).filter((key) => key.startsWith(MEMBER));
    assert.deepEqual(members, [`${MEMBER} dicom-gateway`]);
    const right = inputs[`${MEMBER} dicom-gateway`];
    assert.equal(right?.role, "roles/healthcare.dicomEditor");
    assert.equal(right.member, GATEWAY);
    assert.equal(
      await known(result.store),
      "projects/fhir-project/locations/us-central1/datasets/imaging/dicomStores/clinics",
    );
  });

  it("gives the gateway a role to read only where no clinic may store", async () => {
    const { inputs } = await declared((opts) => store(opts, { writable: false }));
    assert.equal(inputs[`${MEMBER} dicom-gateway`]?.role, "roles/healthcare.dicomViewer");
  });

  it("outputs its path only once the gateway has its role", async () => {
    const program = (opts: Options) => new Probe("gateway-config", store(opts).store, opts);
    assert.deepEqual(await waitingFor(MEMBER, program), ["gateway-config"]);
  });
});
