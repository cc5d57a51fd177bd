import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { type Call, type Cloud, type Handler, type Handlers, projectOf } from "./cloud.ts";
import { badField, unimplemented } from "./errors.ts";
import { type JsonObject, objectAt, objectsAt, own, textAt } from "./json.ts";
import { kindAt } from "./resources.ts";
import { serviceAgent } from "./serviceusage.ts";

/** Binary Authorization: attestors and the verification of attestations against their keys. */

/** The elliptic algorithms: Node's name of the curve, and the hash. */
const ALGORITHMS: Readonly<Record<string, { curve: string; hash: string }>> = {
  ECDSA_P256_SHA256: { curve: "prime256v1", hash: "sha256" },
  ECDSA_P384_SHA384: { curve: "secp384r1", hash: "sha384" },
  ECDSA_P521_SHA512: { curve: "secp521r1", hash: "sha512" },
};

/** `EC_SIGN_…` is an alias; the service answers with the name that was there first. */
function algorithmOf(pkix: JsonObject): string {
  return (textAt(pkix, "signatureAlgorithm") ?? "").replace(/^EC_SIGN_/, "ECDSA_");
}

function readKey(pkix: JsonObject): KeyObject {
  try {
    return createPublicKey(textAt(pkix, "publicKeyPem") ?? "");
  } catch {
    throw badField("user_owned_grafeas_note.public_keys", "The public key is not a PEM-encoded PKIX key.");
  }
}

/** A public key as the service keeps it: checked, its algorithm by its first name, and with an id. */
function publicKey(given: JsonObject): JsonObject {
  if (given.pkixPublicKey === undefined) throw unimplemented("public keys other than PKIX");
  const pkix = objectAt(given, "pkixPublicKey");
  const key = readKey(pkix);
  const signatureAlgorithm = algorithmOf(pkix);
  const algorithm = own(ALGORITHMS, signatureAlgorithm);
  if (algorithm === undefined) throw unimplemented(`attestor keys of ${signatureAlgorithm}`);
  if (key.asymmetricKeyDetails?.namedCurve !== algorithm.curve) {
    throw badField(
      "user_owned_grafeas_note.public_keys",
      `The public key does not match the algorithm ${signatureAlgorithm}.`,
    );
  }
  const digest = createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("base64url");
  const id = textAt(given, "id") ?? `ni:///sha-256;${digest}`;
  if (/\s/.test(id))
    throw badField("user_owned_grafeas_note.public_keys.id", `The key id "${id}" is not a URI.`);
  return { ...given, id, pkixPublicKey: { ...pkix, signatureAlgorithm } };
}

function attestor(resource: JsonObject, call: Call, cloud: Cloud): JsonObject {
  const note = objectAt(resource, "userOwnedGrafeasNote");
  const reference = textAt(note, "noteReference") ?? "";
  if (!/^(projects|providers)\/[^/]+\/notes\/[^/]+$/.test(reference)) {
    throw badField("user_owned_grafeas_note.note_reference", `Invalid note reference "${reference}".`);
  }
  const keys = objectsAt(note, "publicKeys").map(publicKey);
  const project = cloud.projectNumber(projectOf(call.target) ?? "");
  const delegationServiceAccountEmail = serviceAgent("binaryauthorization.googleapis.com", project);
  return { ...resource, userOwnedGrafeasNote: { ...note, publicKeys: keys, delegationServiceAccountEmail } };
}

/** Whether a signature over the payload verifies against one of the attestor's keys that bears the signature's id. */
function isSigned(payload: Buffer, signature: JsonObject, keys: readonly JsonObject[]): boolean {
  const bytes = Buffer.from(textAt(signature, "signature") ?? "", "base64");
  return keys
    .filter((key) => key.id === signature.publicKeyId)
    .map((key) => objectAt(key, "pkixPublicKey"))
    .some((pkix) => verify(own(ALGORITHMS, algorithmOf(pkix))?.hash ?? "", payload, readKey(pkix), bytes));
}

const validate: Handler = ({ service, path, body }, { store }) => {
  const note = objectAt(store.get(service, path.attestor ?? ""), "userOwnedGrafeasNote");
  const attestation = objectAt(body, "attestation");
  const payload = Buffer.from(textAt(attestation, "serializedPayload") ?? "", "base64");
  const digest = /"docker-manifest-digest"\s*:\s*"(sha256:[0-9a-f]{64})"/.exec(payload.toString("utf8"))?.[1];
  const refuse = (denialReason: string) => ({ result: "ATTESTATION_NOT_VERIFIABLE", denialReason });
  if (body.occurrenceNote !== note.noteReference) return refuse("The occurrence belongs to another note.");
  if (digest === undefined || textAt(body, "occurrenceResourceUri")?.endsWith(`@${digest}`) !== true) {
    return refuse("The payload speaks of another image.");
  }
  const isVerified = objectsAt(attestation, "signatures").some((one) =>
    isSigned(payload, one, objectsAt(note, "publicKeys")),
  );
  return isVerified ? { result: "VERIFIED" } : refuse("No signature verifies against a key of the attestor.");
};

export const binaryAuthorization: Handlers = {
  ...kindAt("binaryauthorization.projects.attestors", { stored: attestor }),
  "binaryauthorization.projects.attestors.validateAttestationOccurrence": validate,
};
