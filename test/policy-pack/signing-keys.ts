import { generateKeyPairSync, sign } from "node:crypto";
import type { Attestation } from "../../packages/attestation/attestation.ts";
import { parsePinnedImage } from "../../packages/attestation/image-reference.ts";
import { attestationPayload } from "../../packages/attestation/payload.ts";

/** A key pair of a signer, and what it signs. */
export interface Signer {
  readonly id: string;
  readonly pem: string;
  attest(image: string): Attestation;
}

/** Makes a signer with a fresh key on a curve, by default P-256. */
export function signer(id: string, namedCurve = "prime256v1"): Signer {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve });
  return {
    id,
    pem: publicKey.export({ type: "spki", format: "pem" }).toString(),
    attest(image) {
      const payload = Buffer.from(attestationPayload(parsePinnedImage(image)));
      const signature = sign("sha256", payload, privateKey).toString("base64");
      return { image, keyId: id, payload: payload.toString("base64"), signature };
    },
  };
}

/** Makes an RSA public key, PEM. */
export function rsaKey(): string {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return publicKey.export({ type: "spki", format: "pem" }).toString();
}
