import assert from "node:assert/strict";
import { attestationPayload } from "../../../packages/attestation/payload.ts";
import { DynamicProvider } from "../../../components/gcp/dynamic-provider.ts";
import { ImageAttestation, type ImageAttestationArgs } from "../../../components/gcp/image-attestation.ts";
import { attest, keyPair } from "../../packages/attestation/keys.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";

const REPOSITORY = "gcr.io/cloud-healthcare-containers/mllp-adapter";
const DIGEST = "sha256:231b073df13db0c65e57b0e1d526ab6816a73c37262e25c18bcca99bf4b4b185";
const IMAGE = `${REPOSITORY}@${DIGEST}`;
const NOTE = "projects/note-project/notes/note-id";
const VERSION = "projects/kms-project/locations/us/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1";
const KEY_ID = `//cloudkms.googleapis.com/v1/${VERSION}`;
const PAYLOAD = Buffer.from(attestationPayload({ repository: REPOSITORY, digest: DIGEST })).toString(
  "base64",
);

function attestation(args: Partial<ImageAttestationArgs>) {
  return (opts: Options) =>
    new ImageAttestation(
      "image",
      {
        image: IMAGE,
        project: "attestation-project",
        noteName: NOTE,
        signer: {
          keyVersion: VERSION,
          keyId: KEY_ID,
          publicKey: "PEM",
          serviceAccount: "signer@kms-project.iam.gserviceaccount.com",
          endpoint: "https://kms.example/v1/",
          dynamicProvider: new DynamicProvider("dynamic", { transformations: opts.transformations }),
        },
        ...args,
      },
      opts,
    );
}

function occurrence(publicKeyId: string, signature: string) {
  return {
    project: "attestation-project",
    noteName: NOTE,
    resourceUri: `https://${IMAGE}`,
    attestation: { serializedPayload: PAYLOAD, signatures: [{ publicKeyId, signature }] },
  };
}

describe("ImageAttestation", () => {
  it("signs the image's payload with the key of Cloud KMS, and stores the signature with it", async () => {
    const { inputs, resource } = await declared(attestation({}));
    const { __provider, ...signature } = inputs["pulumi-nodejs:dynamic/kms:Signature image-signature"] ?? {};
    assert.equal(typeof __provider, "string");
    assert.deepEqual(signature, {
      keyVersion: VERSION,
      payload: PAYLOAD,
      publicKey: "PEM",
      serviceAccount: "signer@kms-project.iam.gserviceaccount.com",
      endpoint: "https://kms.example/v1/",
    });
    assert.deepEqual(
      inputs["gcp:containeranalysis/occurence:Occurence image-occurrence"],
      occurrence(KEY_ID, "U0lHTkFUVVJF"),
    );
    assert.equal(Object.keys(inputs).length, 2);
    assert.equal(resource("image-signature").provider, "dynamic");
    assert.equal(resource("image-occurrence").provider, "given");
  });

  it("hands on the attestation as data, and the image", async () => {
    const { result } = await declared(attestation({}));
    assert.deepEqual(await known(result.attestation), {
      image: IMAGE,
      keyId: KEY_ID,
      payload: PAYLOAD,
      signature: "U0lHTkFUVVJF",
    });
    assert.equal(await known(result.attestedImage), IMAGE);
  });

  it("stores an external signature, and signs nothing", async () => {
    const key = keyPair();
    const external = attest({ repository: REPOSITORY, digest: DIGEST }, key);
    const { inputs, result } = await declared(
      attestation({ signer: { attestation: external, publicKey: key.publicKey } }),
    );
    assert.deepEqual(inputs, {
      "gcp:containeranalysis/occurence:Occurence image-occurrence": occurrence(
        external.keyId,
        external.signature,
      ),
    });
    assert.deepEqual(await known(result.attestation), external);
  });

  it("stores nothing where an external signature does not verify", async () => {
    const external = attest({ repository: REPOSITORY, digest: DIGEST }, keyPair(), "hsm");
    const signer = { attestation: external, publicKey: keyPair().publicKey };
    await assert.rejects(declared(attestation({ signer })), {
      message: `the attestation of ${IMAGE} is refused: its signature does not verify against the key hsm`,
    });
  });

  it("rejects an image that is not pinned by digest", async () => {
    await assert.rejects(declared(attestation({ image: `${REPOSITORY}:latest` })), {
      message:
        'has the tag "latest", and a tag can be moved to another image: write HOST/NAME@sha256: and 64 hexadecimal digits',
    });
  });

  it("outputs the image only once it is attested, and stores only a verified signature", async () => {
    assert.deepEqual(await waitingFor("pulumi-nodejs:dynamic/kms:Signature", attestation({})), [
      "image-occurrence",
    ]);
    const program = (opts: Options) => new Probe("workload", attestation({})(opts).attestedImage, opts);
    const occurrences = "gcp:containeranalysis/occurence:Occurence";
    assert.deepEqual(await waitingFor(occurrences, program), ["workload"]);
  });
});
