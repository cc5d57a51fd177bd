import assert from "node:assert/strict";
import { parseAttestorKey } from "../../../packages/attestation/attestor-key.ts";
import { attest, keyPair } from "../../packages/attestation/keys.ts";
import { declared, known, waitingFor } from "../../components/mocks.ts";
import { byProvider, layers, layersOf } from "../layers.ts";
import { changed, stack, WITHOUT_RUNTIME } from "../stacks.ts";

const REPOSITORY = "gcr.io/cloud-healthcare-containers/mllp-adapter";
const DIGEST = "sha256:231b073df13db0c65e57b0e1d526ab6816a73c37262e25c18bcca99bf4b4b185";
const MIRRORED = "us-central1-docker.pkg.dev-example-prod-fhir-docker-hub";
const KEY = "projects/kms-proj-id/locations/us-central1/keyRings/key-ring/cryptoKeys/key";

/** The tutorial's stack without its runtime layer. */
const signingOnly = changed(stack("tutorial"), {
  layers: ["signing"],
  ...WITHOUT_RUNTIME,
  "attestor.verifierProjects": ["100000000005"],
});

/** The declared resources, without those of the projects. */
function names(inputs: object): string[] {
  return Object.keys(inputs)
    .filter((key) => !/^gcp:(?:projects\/service|organizations)|-agent-role$/.test(key))
    .sort();
}

describe("the signing layer", () => {
  it("is key, note, attestor and the attestation of each image listed", async () => {
    const { inputs } = await declared(layers(signingOnly));
    assert.deepEqual(names(inputs), [
      "gcp:binaryauthorization/attestor:Attestor attestor-attestor",
      "gcp:binaryauthorization/attestorIamMember:AttestorIamMember attestor-verifier-100000000005",
      "gcp:containeranalysis/note:Note note-note",
      "gcp:containeranalysis/noteIamMember:NoteIamMember attestor-note-attacher",
      "gcp:containeranalysis/noteIamMember:NoteIamMember note-occurrence-viewer",
      "gcp:containeranalysis/occurence:Occurence gcr.io-cloud-healthcare-containers-mllp-adapter-231b073df13d-occurrence",
      "gcp:kms/cryptoKey:CryptoKey signing-key-key",
      "gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding signing-key-signers",
      "gcp:kms/keyRing:KeyRing signing-key-ring",
      "gcp:projects/iAMMember:IAMMember attestor-occurrence-editor",
      "pulumi-nodejs:dynamic/kms:PublicKey signing-key-public-key",
      "pulumi-nodejs:dynamic/kms:Signature gcr.io-cloud-healthcare-containers-mllp-adapter-231b073df13d-signature",
    ]);
  });

  it("answers the tutorial's own checks", async () => {
    const { result } = await declared(layers(signingOnly));
    const { signed } = result;
    assert.ok(signed?.keyVersion);
    assert.equal(await known(signed.keyVersion), `${KEY}/cryptoKeyVersions/1`);
    assert.equal(await known(signed.note), "projects/note-proj-id/notes/note-id");
    assert.equal(await known(signed.attestor), "projects/attestor-proj-id/attestors/attestor-id");
    const keyId = `//cloudkms.googleapis.com/v1/${KEY}/cryptoKeyVersions/1`;
    assert.deepEqual(await known(signed.publicKeys), [{ id: keyId, pem: "PEM" }]);
    const [attestation, ...others] = await known(signed.attestations);
    assert.deepEqual([attestation?.image, attestation?.keyId], [`${REPOSITORY}@${DIGEST}`, keyId]);
    assert.deepEqual(others, []);
    assert.deepEqual([...signed.attestedImages.keys()], [`${REPOSITORY}@${DIGEST}`]);
  });

  it("spans the four projects that the tutorial separates", async () => {
    const { resource } = await declared(layers(signingOnly));
    const projects = [
      "signing-key-ring",
      "note-note",
      "attestor-attestor",
      "gcr.io-cloud-healthcare-containers-mllp-adapter-231b073df13d-occurrence",
    ];
    assert.deepEqual(
      projects.map((name) => resource(name).inputs.project),
      ["kms-proj-id", "note-proj-id", "attestor-proj-id", "attestation-proj-id"],
    );
    assert.equal(
      resource("gcr.io-cloud-healthcare-containers-mllp-adapter-231b073df13d-occurrence").inputs.noteName,
      "projects/note-proj-id/notes/note-id",
    );
  });

  it("lets the attestor's project see the note, and the deployer projects verify, by number", async () => {
    const { resource } = await declared(layers(signingOnly));
    assert.equal(
      resource("note-occurrence-viewer").inputs.member,
      "serviceAccount:service-of-attestor-proj-id@binaryauthorization.googleapis.com",
    );
    assert.equal(
      resource("attestor-verifier-100000000005").inputs.member,
      "serviceAccount:service-100000000005@gcp-sa-binaryauthorization.iam.gserviceaccount.com",
    );
  });

  it("lets the stack's own deployer project verify where the stack builds it", async () => {
    const { resource } = await declared(layersOf("tutorial"));
    assert.equal(
      resource("attestor-verifier-deployer").inputs.member,
      "serviceAccount:service-of-deployer-proj-id@binaryauthorization.googleapis.com",
    );
  });

  it("has administrators prepare and the signer alone sign", async () => {
    const { all, resource } = await declared(layersOf("prod-signing"));
    const providers = byProvider(all);
    assert.deepEqual(providers["gcp-image-signer-example-prod-signing"], [
      "gcr.io-cloud-healthcare-containers-mllp-adapter-231b073df13d-occurrence",
      `${MIRRORED}-curlimages-curl-d9b4541e214b-occurrence`,
      `${MIRRORED}-example-irishealth-fhir-097f5602ae94-occurrence`,
      `${MIRRORED}-example-smart-app-4bed3e972d92-occurrence`,
      `${MIRRORED}-example-web-gateway-862a2c5db8d5-occurrence`,
    ]);
    assert.deepEqual(providers.dynamic, [
      "gcr.io-cloud-healthcare-containers-mllp-adapter-231b073df13d-signature",
      "signing-key-public-key",
      `${MIRRORED}-curlimages-curl-d9b4541e214b-signature`,
      `${MIRRORED}-example-irishealth-fhir-097f5602ae94-signature`,
      `${MIRRORED}-example-smart-app-4bed3e972d92-signature`,
      `${MIRRORED}-example-web-gateway-862a2c5db8d5-signature`,
    ]);
    const serviceAccount = "image-signer@example-prod-signing.iam.gserviceaccount.com";
    for (const name of providers.dynamic) {
      assert.equal(resource(name).inputs.serviceAccount, serviceAccount);
    }
    for (const name of ["attestor-note-attacher", "attestor-occurrence-editor"]) {
      assert.equal(resource(name).inputs.member, `serviceAccount:${serviceAccount}`);
    }
    assert.deepEqual(resource("signing-key-signers").inputs.members, [`serviceAccount:${serviceAccount}`]);
  });

  it("sends its own calls of Cloud KMS to the endpoint that the stack sets", async () => {
    const kms = "http://127.0.0.1:8080/v1/";
    const { resource } = await declared(layers(changed(signingOnly, { "endpoints.kms": kms })));
    for (const name of [
      "signing-key-public-key",
      "gcr.io-cloud-healthcare-containers-mllp-adapter-231b073df13d-signature",
    ]) {
      assert.equal(resource(name).inputs.endpoint, kms);
    }
  });

  it("imports the key ring and key of an earlier stack", async () => {
    const { resource } = await declared(layers(changed(signingOnly, { "signingKey.adopt": true })));
    assert.equal(resource("signing-key-key").importId, KEY);
  });
});

describe("the order of the signing layer", () => {
  const program = layers(signingOnly);
  const signature = "gcr.io-cloud-healthcare-containers-mllp-adapter-231b073df13d-signature";
  const occurrence = "gcr.io-cloud-healthcare-containers-mllp-adapter-231b073df13d-occurrence";

  it("goes from the key's binding through its public key to attestor and signature", async () => {
    const binding = await waitingFor("gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding", program);
    for (const name of ["signing-key-public-key", "attestor-attestor", signature]) {
      assert.ok(binding.includes(name), name);
    }
    const key = await waitingFor("pulumi-nodejs:dynamic/kms:PublicKey", program);
    assert.ok(key.includes("attestor-attestor") && key.includes(signature));
  });

  it("stores an attestation only once the signer may attach it and write it", async () => {
    for (const right of [
      "gcp:containeranalysis/noteIamMember:NoteIamMember",
      "gcp:projects/iAMMember:IAMMember",
    ]) {
      assert.ok((await waitingFor(right, program)).includes(occurrence), right);
    }
  });

  it("grants rights to a service agent only once the agent is made", async () => {
    const agents = await waitingFor("gcp:projects/serviceIdentity:ServiceIdentity", program);
    assert.ok(agents.includes("note-occurrence-viewer"));
  });

  it("declares nothing in a project before its APIs are enabled", async () => {
    const services = await waitingFor("gcp:projects/service:Service", program);
    for (const name of [
      "signing-key-ring",
      "note-note",
      "attestor-attestor",
      "attestor-occurrence-editor",
      occurrence,
    ]) {
      assert.ok(services.includes(name), name);
    }
  });
});

describe("the signing layer with keys that are managed elsewhere", () => {
  const key = keyPair("secp384r1");
  const { signature } = attest({ repository: REPOSITORY, digest: DIGEST }, key);
  const elsewhere = changed(signingOnly, {
    signingKey: undefined,
    "projects.kms": undefined,
    "attestor.publicKeys": [{ pem: key.publicKey }],
    "images[0].signature": { signature },
  });

  it("needs no Cloud KMS and no resource that calls it", async () => {
    const { inputs, all, result } = await declared(layers(elsewhere));
    assert.deepEqual(
      names(inputs).filter((name) => /kms|dynamic/.test(name)),
      [],
    );
    assert.deepEqual(
      all.filter(({ type }) => type === "pulumi:providers:pulumi-nodejs"),
      [],
    );
    assert.equal(result.signed?.keyVersion, undefined);
  });

  it("gives the attestor the keys, and stores the external signatures", async () => {
    const { resource, result } = await declared(layers(elsewhere));
    const id = parseAttestorKey(key.publicKey).namedInformation;
    assert.deepEqual(resource("attestor-attestor").inputs.attestationAuthorityNote, {
      noteReference: "projects/note-proj-id/notes/note-id",
      publicKeys: [
        { id, pkixPublicKey: { publicKeyPem: key.publicKey, signatureAlgorithm: "ECDSA_P384_SHA384" } },
      ],
    });
    const { attestation } = resource(
      "gcr.io-cloud-healthcare-containers-mllp-adapter-231b073df13d-occurrence",
    ).inputs;
    assert.deepEqual((attestation as { signatures: unknown }).signatures, [{ publicKeyId: id, signature }]);
    assert.ok(result.signed);
    assert.deepEqual(await known(result.signed.publicKeys), [{ id, pem: key.publicKey }]);
  });
});
