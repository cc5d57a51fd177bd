import { p256, p384 } from "@noble/curves/nist.js";
import crc32c from "crc-32/crc32c.js";
import { generateKeyPairSync, type KeyObject } from "node:crypto";

/** The keys and signatures behind Cloud KMS: real ones. */

/** An elliptic curve signature algorithm of Cloud KMS. */
export interface Algorithm {
  /** The curve, as node:crypto names it. */
  readonly curve: string;
  /** The field of the request's digest that the algorithm signs, and the hash's name. */
  readonly hash: "sha256" | "sha384";
  /** The digest's length in bytes. */
  readonly size: number;
}

/** The algorithms that this simulation signs with, by their names in Cloud KMS. */
export const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  EC_SIGN_P256_SHA256: { curve: "prime256v1", hash: "sha256", size: 32 },
  EC_SIGN_P384_SHA384: { curve: "secp384r1", hash: "sha384", size: 48 },
};

/** A new private key for an algorithm. */
export function newKey({ curve }: Algorithm): KeyObject {
  return generateKeyPairSync("ec", { namedCurve: curve }).privateKey;
}

/**
 * Signs a digest that was computed elsewhere, which node:crypto cannot: given a digest to sign, it hashes it once
 * more. The nonce is random, as in Cloud KMS: the same digest never gets the same signature again.
 *
 * @returns the signature in DER.
 */
export function signDigest(algorithm: Algorithm, key: KeyObject, digest: Uint8Array): Buffer {
  const curve = algorithm.curve === "prime256v1" ? p256 : p384;
  const secret = Buffer.from(key.export({ format: "jwk" }).d ?? "", "base64url");
  const options = { prehash: false, lowS: false, extraEntropy: true, format: "der" } as const;
  return Buffer.from(curve.sign(digest, secret, options));
}

/** The CRC-32C (Castagnoli) of bytes, as Google's APIs write it: an unsigned number, as text. */
export function checksum(bytes: Uint8Array): string {
  return String(crc32c.buf(bytes) >>> 0);
}
