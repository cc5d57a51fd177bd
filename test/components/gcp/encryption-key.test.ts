import assert from "node:assert/strict";
import { EncryptionKey, type EncryptionKeyArgs } from "../../../components/gcp/encryption-key.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";

const RING = "projects/data-project/locations/us-central1/keyRings/data";
const KEY = `${RING}/cryptoKeys/data`;
const AGENTS = ["serviceAccount:agent@example.com", "serviceAccount:other@example.com"];

const encryptionKey =
  (args: Partial<EncryptionKeyArgs> = {}) =>
  (opts: Options) =>
    new EncryptionKey(
      "data",
      {
        project: "data-project",
        location: "us-central1",
        protectionLevel: "HSM",
        rotationDays: 90,
        users: AGENTS,
        ...args,
      },
      opts,
    );

describe("EncryptionKey", () => {
  it("declares a symmetric key that rotates, for the named agents only", async () => {
    const { inputs, result } = await declared(encryptionKey());
    assert.deepEqual(inputs, {
      "gcp:kms/keyRing:KeyRing data-ring": {
        project: "data-project",
        location: "us-central1",
        name: "data",
      },
      "gcp:kms/cryptoKey:CryptoKey data-key": {
        keyRing: RING,
        name: "data",
        purpose: "ENCRYPT_DECRYPT",
        rotationPeriod: "7776000s",
        versionTemplate: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel: "HSM" },
        destroyScheduledDuration: "2592000s",
        skipInitialVersionCreation: false,
      },
      "gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding data-users": {
        cryptoKeyId: KEY,
        role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
        members: AGENTS,
      },
    });
    assert.equal(await known(result.keyName), KEY);
  });

  it("counts the rotation in days", async () => {
    const { resource } = await declared(encryptionKey({ rotationDays: 1 }));
    assert.equal(resource("data-key").inputs.rotationPeriod, "86400s");
  });

  it("always outlives the stack, protected", async () => {
    const { resource } = await declared(encryptionKey());
    for (const name of ["data-ring", "data-key"]) {
      assert.deepEqual([resource(name).retainOnDelete, resource(name).protect], [true, true]);
    }
  });

  it("imports key ring and key where the stack says that they exist", async () => {
    const { resource } = await declared(encryptionKey({ adoptFrom: "data-project" }));
    assert.equal(resource("data-ring").importId, RING);
    assert.equal(resource("data-key").importId, KEY);
  });

  it("outputs its name only once the agents may use it", async () => {
    const program = (opts: Options) => new Probe("user", encryptionKey()(opts).keyName, opts);
    const binding = "gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding";
    assert.deepEqual(await waitingFor(binding, program), ["user"]);
  });
});
