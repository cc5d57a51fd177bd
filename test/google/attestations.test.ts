import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { type Ask, askerOf } from "./client.ts";
import { describeWithDocuments } from "./documents.ts";
import { type Google, startGoogle } from "./index.ts";
import { type JsonObject, objectAt, objectsAt, textAt } from "./json.ts";

const DIGEST = `sha256:${"ab".repeat(32)}`;
const URI = `https://gcr.io/demo/image@${DIGEST}`;
const PAYLOAD = Buffer.from(JSON.stringify({ critical: { image: { "docker-manifest-digest": DIGEST } } }));
const NOTE = "projects/demo-note/notes/attestor-note";
const KEY_ID = "//cloudkms.googleapis.com/v1/key/1";
const VERSION = "cloudkms/v1/projects/demo-kms/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1";
const ATTESTOR = "binaryauthorization/v1/projects/demo-attestor/attestors/attestor";

describeWithDocuments("attestations", (discoveryDir) => {
  let google: Google;
  let ask: Ask;
  let pem: string;
  const sign = async () => {
    const digest = { sha256: createHash("sha256").update(PAYLOAD).digest("base64") };
    const { body } = await ask(`POST ${VERSION}:asymmetricSign`, { digest });
    return textAt(body, "signature") ?? "";
  };
  const attestation = (signature: string): JsonObject => ({
    serializedPayload: PAYLOAD.toString("base64"),
    signatures: [{ publicKeyId: KEY_ID, signature }],
  });
  const attestorBody = (key: JsonObject) => ({
    userOwnedGrafeasNote: { noteReference: NOTE, publicKeys: [key] },
  });
  const keyOf = (signatureAlgorithm: string) => ({
    id: KEY_ID,
    pkixPublicKey: { publicKeyPem: pem, signatureAlgorithm },
  });

  beforeEach(async () => {
    const apis = {
      kms: "cloudkms",
      note: "containeranalysis",
      attestor: "binaryauthorization",
      attestation: "containeranalysis",
    };
    const projects = Object.entries(apis).map(([role, api]) => ({
      projectId: `demo-${role}`,
      services: [`${api}.googleapis.com`],
    }));
    google = await startGoogle({ discoveryDir, projects });
    ask = askerOf(google);
    await ask("POST cloudkms/v1/projects/demo-kms/locations/l/keyRings?keyRingId=r", {});
    await ask("POST cloudkms/v1/projects/demo-kms/locations/l/keyRings/r/cryptoKeys?cryptoKeyId=k", {
      purpose: "ASYMMETRIC_SIGN",
      versionTemplate: { algorithm: "EC_SIGN_P256_SHA256" },
    });
    pem = textAt((await ask(`GET ${VERSION}/publicKey`)).body, "pem") ?? "";
    await ask("POST containeranalysis/v1beta1/projects/demo-note/notes?noteId=attestor-note", {
      attestationAuthority: { hint: { humanReadableName: "Attestor note" } },
    });
    await ask(
      "POST binaryauthorization/v1/projects/demo-attestor/attestors?attestorId=attestor",
      attestorBody(keyOf("EC_SIGN_P256_SHA256")),
    );
  });
  afterEach(() => google.stop());

  it("have a note that both versions of Container Analysis know, each in its form", async () => {
    const hint = { hint: { humanReadableName: "Attestor note" } };
    assert.deepEqual((await ask(`GET containeranalysis/v1/${NOTE}`)).body.attestation, hint);
    const beta = (await ask(`GET containeranalysis/v1beta1/${NOTE}`)).body;
    assert.deepEqual([beta.attestationAuthority, beta.attestation], [hint, undefined]);
  });

  it("are occurrences of that note in whatever project, in both forms", async () => {
    const signed = attestation(await sign());
    const created = await ask("POST containeranalysis/v1beta1/projects/demo-attestation/occurrences", {
      noteName: NOTE,
      resource: { uri: URI },
      attestation: {
        attestation: { genericSignedAttestation: { contentType: "SIMPLE_SIGNING_JSON", ...signed } },
      },
    });
    const name = textAt(created.body, "name") ?? "";
    assert.match(name, /^projects\/demo-attestation\/occurrences\/[0-9a-f-]{36}$/);
    const { body } = await ask(`GET containeranalysis/v1/${name}`);
    assert.deepEqual(
      [body.kind, body.noteName, body.resourceUri, body.attestation],
      ["ATTESTATION", NOTE, URI, signed],
    );
    assert.deepEqual((await ask(`GET containeranalysis/v1beta1/${name}`)).body, created.body);
    const { body: list } = await ask(`GET containeranalysis/v1/${NOTE}/occurrences`);
    assert.deepEqual(objectsAt(list, "occurrences"), [body]);
    assert.equal((await ask(`GET containeranalysis/v1/${name}/notes`)).body.name, NOTE);
  });

  it("need a note that exists, and an image", async () => {
    const occurrences = "POST containeranalysis/v1/projects/demo-attestation/occurrences";
    const whole = { noteName: NOTE, resourceUri: URI, attestation: attestation("AAAA") };
    assert.equal(
      (await ask(occurrences, { ...whole, noteName: "projects/demo-note/notes/other" })).code,
      404,
    );
    assert.equal((await ask(occurrences, { ...whole, resourceUri: "" })).code, 400);
    assert.equal((await ask(occurrences, { ...whole, attestation: null })).code, 400);
    assert.equal((await ask(occurrences, whole)).code, 200);
  });

  it("are checked by an attestor that knows its agent and its keys by their first names", async () => {
    const { body } = await ask(`GET ${ATTESTOR}`);
    const note = objectAt(body, "userOwnedGrafeasNote");
    assert.match(
      textAt(note, "delegationServiceAccountEmail") ?? "",
      /^service-\d{12}@gcp-sa-binaryauthorization\.iam/,
    );
    assert.deepEqual(note.publicKeys, [keyOf("ECDSA_P256_SHA256")]);
  });

  it("are checked by keys that get an id from their digest where they have none", async () => {
    const body = attestorBody({
      pkixPublicKey: { publicKeyPem: pem, signatureAlgorithm: "ECDSA_P256_SHA256" },
    });
    const updated = await ask(`PUT ${ATTESTOR}`, {
      name: "projects/demo-attestor/attestors/attestor",
      ...body,
    });
    const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ""), "base64");
    const id = `ni:///sha-256;${createHash("sha256").update(der).digest("base64url")}`;
    assert.equal(objectsAt(objectAt(updated.body, "userOwnedGrafeasNote"), "publicKeys")[0]?.id, id);
  });

  it("are not checked by a key of another algorithm, or one that is none", async () => {
    const make = (key: JsonObject) =>
      ask("POST binaryauthorization/v1/projects/demo-attestor/attestors?attestorId=b", attestorBody(key));
    assert.match(
      (await make(keyOf("ECDSA_P384_SHA384"))).refusal,
      /^INVALID_ARGUMENT: The public key does not match/,
    );
    assert.match(
      (await make({ pkixPublicKey: { publicKeyPem: "none", signatureAlgorithm: "ECDSA_P256_SHA256" } }))
        .refusal,
      /^INVALID_ARGUMENT: The public key is not/,
    );
  });

  it("are verified by Binary Authorization only with the attestor's note, image and key", async () => {
    const signature = await sign();
    google.spoilSignature();
    const spoilt = await sign();
    const validate = async (more: JsonObject = {}) =>
      (
        await ask(`POST ${ATTESTOR}:validateAttestationOccurrence`, {
          occurrenceNote: NOTE,
          occurrenceResourceUri: URI,
          attestation: attestation(signature),
          ...more,
        })
      ).body.result;
    assert.equal(await validate(), "VERIFIED");
    for (const wrong of [
      { occurrenceNote: "projects/demo-note/notes/other" },
      { occurrenceResourceUri: URI.replace("ab", "cd") },
      { attestation: attestation(spoilt) },
      { attestation: { ...attestation(signature), signatures: [{ publicKeyId: "other", signature }] } },
    ]) {
      assert.equal(await validate(wrong), "ATTESTATION_NOT_VERIFIABLE", JSON.stringify(wrong));
    }
  });
});
