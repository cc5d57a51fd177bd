import assert from "node:assert/strict";
import { EncryptedStorage, type EncryptedStorageArgs } from "../../../components/gcp/encrypted-storage.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";
import { kubernetesObjects, onCluster } from "../fhir/kubernetes.ts";

const KEY = "projects/fhir-proj-id/locations/us-central1/keyRings/ring/cryptoKeys/key";
const ARGS: EncryptedStorageArgs = { className: "fhir-encrypted", kmsKeyName: KEY };

const make =
  (args = ARGS) =>
  (options: Options) =>
    new EncryptedStorage("storage", args, onCluster(options));

describe("EncryptedStorage", () => {
  it("is a class of disks that the key encrypts, made where the pod runs and kept when their claim is gone", async () => {
    const program = await declared(make());
    assert.deepEqual(kubernetesObjects(program), {
      "kubernetes:storage.k8s.io/v1:StorageClass storage-class": {
        metadata: { name: "fhir-encrypted" },
        provisioner: "pd.csi.storage.gke.io",
        parameters: { type: "pd-balanced", "disk-encryption-kms-key": KEY },
        reclaimPolicy: "Retain",
        volumeBindingMode: "WaitForFirstConsumer",
        allowVolumeExpansion: true,
      },
    });
  });

  it("shows its class and key as its inputs", async () => {
    const { resource } = await declared(make());
    const { type, inputs } = resource("storage");
    assert.equal(type, "attested-fhir:gcp:EncryptedStorage");
    assert.deepEqual(inputs, ARGS);
  });

  it("hands on the class's name once the class is there", async () => {
    const { result } = await declared(make());
    assert.equal(await known(result.className), "fhir-encrypted");
    const names = await waitingFor("kubernetes:storage.k8s.io/v1:StorageClass", (options) => {
      new Probe("probe", make()(options).className, options);
    });
    assert.deepEqual(names, ["probe"]);
  });
});
