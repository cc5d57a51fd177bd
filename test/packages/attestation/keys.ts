import { generateKeyPairSync, sign } from "node:crypto";
import type { Attestation } from "../../../packages/attestation/attestation.ts";
import { type PinnedImage } from "../../../packages/attestation/image-reference.ts";
import { parseAttestorKey } from "../../../packages/attestation/attestor-key.ts";
import { attestationPayload } from "../../../packages/attestation/payload.ts";

/** Real key pairs and signatures, made by Node. */

/** A key pair in PEM, and how to sign with it. */
export interface KeyPair {
  /** PKIX, PEM. */
  readonly publicKey: string;
  /** PKCS 8, PEM. */
  readonly privateKey: string;
  /** Signs bytes with the hash of the key's curve: DER. */
  readonly sign: (bytes: Uint8Array) => Buffer;
}

/** Makes a key pair on an elliptic curve, by OpenSSL's name of the curve; `prime256v1` is P-256. */
export function keyPair(namedCurve = "prime256v1"): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync("ec", {
    namedCurve,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const hash = { secp384r1: "sha384", secp521r1: "sha512" }[namedCurve] ?? "sha256";
  return { publicKey, privateKey, sign: (bytes) => sign(hash, bytes, privateKey) };
}

/** Attests an image with a key, by the id that the key has by itself unless another is given. */
export function attest(image: PinnedImage, key: KeyPair, id?: string): Attestation {
  const payload = Buffer.from(attestationPayload(image));
  return {
    image: `${image.repository}@${image.digest}`,
    keyId: id ?? parseAttestorKey(key.publicKey).namedInformation,
    payload: payload.toString("base64"),
    signature: key.sign(payload).toString("base64"),
  };
}
