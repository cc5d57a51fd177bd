import {
  type Attestation,
  attestationPayload,
  parseAttestorKey,
  parsePinnedImage,
  type PinnedKey,
} from "@attested-fhir/attestation";
import type { ImageToSign } from "../schema/signing.ts";

/** Attestations and keys that a stack gives where its keys are managed elsewhere. */

/** The attestation of an image that was signed with a key managed elsewhere. */
export function externalAttestation(item: ImageToSign, keys: readonly PinnedKey[]): Attestation | undefined {
  if (item.signature === undefined) return undefined;
  const { keyId, payload, signature } = item.signature;
  return {
    image: item.image,
    keyId: keyId ?? keys[0]?.id ?? "",
    payload: payload ?? Buffer.from(attestationPayload(parsePinnedImage(item.image))).toString("base64"),
    signature,
  };
}

/** A stack's public keys in PEM, by the ids that attestations name them by. */
export function keysById(
  keys: readonly { readonly id?: string | undefined; readonly pem: string }[],
): PinnedKey[] {
  return keys.map(({ id, pem }) => ({ id: id ?? parseAttestorKey(pem).namedInformation, pem }));
}
