import assert from "node:assert/strict";
import { DynamicProvider } from "../../../components/gcp/dynamic-provider.ts";
import { SigningKey, type SigningKeyArgs } from "../../../components/gcp/signing-key.ts";
import { declared, known, type Options, waitingFor } from "../mocks.ts";

const RING = "projects/kms-project/locations/us-central1/keyRings/ring";
const KEY = `${RING}/cryptoKeys/key`;

const signingKey =
  (args: Partial<SigningKeyArgs> = {}) =>
  (opts: Options) =>
    new SigningKey(
      "k",
      {
        project: "kms-project",
        location: "us-central1",
        keyRing: "ring",
        key: "key",
        version: 1,
        protectionLevel: "HSM",
        signer: "user:signer@example.com",
        protect: true,
        dynamicProvider: new DynamicProvider("dynamic", { transformations: opts.transformations }),
        ...args,
      },
      opts,
    );

describe("SigningKey", () => {
  it("declares a P-256 key that only the signer may use, and reads its public key", async () => {
    const { inputs } = await declared(signingKey());
    const { __provider, ...publicKey } = inputs["pulumi-nodejs:dynamic/kms:PublicKey k-public-key"] ?? {};
    assert.equal(typeof __provider, "string");
    assert.deepEqual(
      { ...inputs, "pulumi-nodejs:dynamic/kms:PublicKey k-public-key": publicKey },
      {
        "gcp:kms/keyRing:KeyRing k-ring": {
          project: "kms-project",
          location: "us-central1",
          name: "ring",
        },
        "gcp:kms/cryptoKey:CryptoKey k-key": {
          keyRing: RING,
          name: "key",
          purpose: "ASYMMETRIC_SIGN",
          versionTemplate: { algorithm: "EC_SIGN_P256_SHA256", protectionLevel: "HSM" },
          destroyScheduledDuration: "2592000s",
          skipInitialVersionCreation: false,
        },
        "gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding k-signers": {
          cryptoKeyId: KEY,
          role: "roles/cloudkms.signerVerifier",
          members: ["user:signer@example.com"],
        },
        "pulumi-nodejs:dynamic/kms:PublicKey k-public-key": { keyVersion: `${KEY}/cryptoKeyVersions/1` },
      },
    );
  });

  it("names the key version as Cloud KMS does and the key as attestors do", async () => {
    const { result } = await declared(signingKey({ version: 7 }));
    assert.equal(await known(result.keyVersion), `${KEY}/cryptoKeyVersions/7`);
    assert.equal(await known(result.keyId), `//cloudkms.googleapis.com/v1/${KEY}/cryptoKeyVersions/7`);
    assert.equal(await known(result.publicKey), "PEM");
  });

  it("lets key ring and key outlive the stack, protected where the stack says so", async () => {
    for (const protect of [true, false]) {
      const { resource } = await declared(signingKey({ protect }));
      for (const name of ["k-ring", "k-key"]) {
        assert.deepEqual([resource(name).retainOnDelete, resource(name).protect], [true, protect]);
      }
    }
  });

  it("imports key ring and key only where the stack says that they exist", async () => {
    const fresh = await declared(signingKey());
    assert.deepEqual(
      fresh.all.filter(({ importId }) => importId !== undefined),
      [],
    );
    const { resource } = await declared(signingKey({ adoptFrom: "kms-project" }));
    assert.equal(resource("k-ring").importId, RING);
    assert.equal(resource("k-key").importId, KEY);
  });

  it("reads the public key as the signer, at the endpoint that the stack names", async () => {
    const serviceAccount = "signer@kms-project.iam.gserviceaccount.com";
    const endpoint = "https://kms.example/v1/";
    const { resource } = await declared(signingKey({ signerServiceAccount: serviceAccount, endpoint }));
    const { inputs, provider } = resource("k-public-key");
    assert.deepEqual([inputs.serviceAccount, inputs.endpoint], [serviceAccount, endpoint]);
    assert.equal(provider, "dynamic");
    assert.equal(resource("k-key").provider, "given");
  });

  it("reads the public key only once the signer may use the key", async () => {
    const binding = "gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding";
    assert.deepEqual(await waitingFor(binding, signingKey()), ["k-public-key"]);
  });
});
