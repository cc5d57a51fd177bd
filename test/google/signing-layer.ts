import { Attestor } from "@pulumi/gcp/binaryauthorization/attestor.js";
import { AttestorIamMember } from "@pulumi/gcp/binaryauthorization/attestorIamMember.js";
import { Note } from "@pulumi/gcp/containeranalysis/note.js";
import { NoteIamMember } from "@pulumi/gcp/containeranalysis/noteIamMember.js";
import { Occurence } from "@pulumi/gcp/containeranalysis/occurence.js";
import { CryptoKey } from "@pulumi/gcp/kms/cryptoKey.js";
import { CryptoKeyIAMBinding } from "@pulumi/gcp/kms/cryptoKeyIAMBinding.js";
import { getKMSCryptoKeyVersionOutput } from "@pulumi/gcp/kms/getKMSCryptoKeyVersion.js";
import { KeyRing } from "@pulumi/gcp/kms/keyRing.js";
import { IAMAuditConfig } from "@pulumi/gcp/projects/iamauditConfig.js";
import { IAMMember } from "@pulumi/gcp/projects/iammember.js";
import { Service } from "@pulumi/gcp/projects/service.js";
import { ServiceIdentity } from "@pulumi/gcp/projects/serviceIdentity.js";
import { Provider } from "@pulumi/gcp/provider.js";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import { generateKeyPairSync, sign } from "node:crypto";
import type { Google } from "./index.ts";

/** The service account that signs in {@link declareSigningLayer}; it must exist before. */
export const SIGNER = "signer@demo-attestor.iam.gserviceaccount.com";
const DIGEST = `sha256:${"ab".repeat(32)}`;
const PAYLOAD = Buffer.from(JSON.stringify({ critical: { image: { "docker-manifest-digest": DIGEST } } }));
const KEY_ID = "https://keys.example/attestor";
const LOCAL = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const SIGNATURE = sign("sha256", PAYLOAD, LOCAL.privateKey).toString("base64");

/** A provider that knows the control plane by its custom endpoints. */
export function providerOf({ endpoints }: Google): Provider {
  return new Provider("google", {
    kmsCustomEndpoint: endpoints.kms,
    containerAnalysisCustomEndpoint: endpoints.containerAnalysis,
    binaryAuthorizationCustomEndpoint: endpoints.binaryAuthorization,
    serviceUsageCustomEndpoint: endpoints.serviceUsage,
    resourceManagerCustomEndpoint: endpoints.resourceManager,
    // The provider collects requests for three seconds before it sends them as one; there are no quotas here.
    batching: { sendAfter: "0s" },
  });
}

function declareKey(provider: Provider) {
  const api = new Service(
    "kms-api",
    { project: "demo-kms", service: "cloudkms.googleapis.com", disableOnDestroy: true },
    { provider },
  );
  const ring = new KeyRing(
    "ring",
    { project: "demo-kms", location: "us-central1", name: "ring" },
    { provider, dependsOn: api },
  );
  const versionTemplate = { algorithm: "EC_SIGN_P256_SHA256" };
  const key = new CryptoKey(
    "key",
    { keyRing: ring.id, name: "key", purpose: "ASYMMETRIC_SIGN", versionTemplate },
    { provider },
  );
  new CryptoKeyIAMBinding(
    "key-signers",
    { cryptoKeyId: key.id, role: "roles/cloudkms.signer", members: [`serviceAccount:${SIGNER}`] },
    { provider },
  );
  const auditLogConfigs = [{ logType: "DATA_READ" }];
  new IAMAuditConfig(
    "audit",
    { project: "demo-kms", service: "cloudkms.googleapis.com", auditLogConfigs },
    { provider },
  );
  return getKMSCryptoKeyVersionOutput({ cryptoKey: key.id }, { provider });
}

function declareNote(provider: Provider, viewer: ServiceIdentity): Note {
  const api = new Service(
    "note-api",
    { project: "demo-note", service: "containeranalysis.googleapis.com", disableOnDestroy: true },
    { provider },
  );
  const attestationAuthority = { hint: { humanReadableName: "Attestor note" } };
  const note = new Note(
    "note",
    { project: "demo-note", name: "note", attestationAuthority },
    { provider, dependsOn: api },
  );
  const role = "roles/containeranalysis.notes.occurrences.viewer";
  new NoteIamMember(
    "note-viewer",
    { project: "demo-note", note: note.name, role, member: viewer.member },
    { provider },
  );
  return note;
}

/** Declares the signing layer in four projects, `demo-kms` and so on, with an attestation signed by a local key. */
export function declareSigningLayer(google: Google): void {
  const provider = providerOf(google);
  const project = "demo-attestor";
  const service = "binaryauthorization.googleapis.com";
  const api = new Service("attestor-api", { project, service, disableOnDestroy: true }, { provider });
  const agent = new ServiceIdentity("agent", { project, service }, { provider, dependsOn: api });
  const note = declareNote(provider, agent);
  const attestor = declareAttestor({ provider, dependsOn: api }, note, declareKey(provider));
  const role = "roles/binaryauthorization.attestorsVerifier";
  new AttestorIamMember(
    "verifier",
    { project, attestor: attestor.name, role, member: agent.member },
    { provider },
  );
  declareAttestation(provider, note);
}

/** An attestor with two keys: the one in Cloud KMS, and a local one. */
function declareAttestor(
  options: CustomResourceOptions,
  note: Note,
  version: ReturnType<typeof declareKey>,
): Attestor {
  const kmsKey = version.publicKeys.apply(([key]) => ({
    publicKeyPem: key?.pem ?? "",
    signatureAlgorithm: key?.algorithm ?? "",
  }));
  const publicKeyPem = LOCAL.publicKey.export({ type: "spki", format: "pem" }).toString();
  const publicKeys = [
    { id: version.id, pkixPublicKey: kmsKey },
    { id: KEY_ID, pkixPublicKey: { publicKeyPem, signatureAlgorithm: "ECDSA_P256_SHA256" } },
  ];
  const attestationAuthorityNote = { noteReference: note.id, publicKeys };
  return new Attestor(
    "attestor",
    { project: "demo-attestor", name: "attestor", attestationAuthorityNote },
    options,
  );
}

function declareAttestation(provider: Provider, note: Note): void {
  const project = "demo-attestation";
  const api = new Service(
    "attestation-api",
    { project, service: "containeranalysis.googleapis.com", disableOnDestroy: true },
    { provider },
  );
  new IAMMember(
    "editor",
    { project, role: "roles/containeranalysis.occurrences.editor", member: `serviceAccount:${SIGNER}` },
    { provider },
  );
  const attestation = {
    serializedPayload: PAYLOAD.toString("base64"),
    signatures: [{ publicKeyId: KEY_ID, signature: SIGNATURE }],
  };
  const resourceUri = `https://gcr.io/demo/image@${DIGEST}`;
  new Occurence(
    "attestation",
    { project, noteName: note.id, resourceUri, attestation },
    { provider, dependsOn: api },
  );
}
