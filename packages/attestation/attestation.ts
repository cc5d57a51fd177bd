import { verify } from "node:crypto";
import { parseAttestorKey } from "./attestor-key.ts";
import { payloadMismatch } from "./payload.ts";

/** An attestation as data: what the signing layer hands out and the runtime layer checks. */
export interface Attestation {
  /** The image, `HOST/NAME@sha256:…`. */
  readonly image: string;
  /** The id of the public key that the signature verifies against. */
  readonly keyId: string;
  /** The signed payload, base64. */
  readonly payload: string;
  /** The DER signature over the payload's hash, base64. */
  readonly signature: string;
}

/** A public key that attestations may be signed with, by the id they name it by. */
export interface PinnedKey {
  readonly id: string;
  /** PKIX, PEM. */
  readonly pem: string;
}

/**
 * Why an attestation is invalid, in one sentence; undefined when it is valid: its payload names the
 * image, its key is one of those given, and the signature verifies.
 */
export function attestationError(attestation: Attestation, keys: readonly PinnedKey[]): string | undefined {
  const payload = Buffer.from(attestation.payload, "base64");
  const mismatch = payloadMismatch(payload.toString("utf8"), attestation.image);
  if (mismatch !== undefined) return mismatch;
  const pinned = keys.filter((key) => key.id === attestation.keyId);
  if (pinned.length === 0) return `its key ${attestation.keyId} is not among the pinned keys`;
  const signature = Buffer.from(attestation.signature, "base64");
  const verified = pinned.some(({ pem }) => verifySignature(payload, signature, pem));
  return verified ? undefined : `its signature does not verify against the key ${attestation.keyId}`;
}

/** Whether a DER signature over the payload verifies against a PEM public key. */
export function verifySignature(payload: Uint8Array, signature: Uint8Array, pem: string): boolean {
  const { key, hash } = parseAttestorKey(pem);
  return verify(hash, payload, key, signature);
}
