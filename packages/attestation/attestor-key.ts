import { createHash, createPublicKey, type KeyObject } from "node:crypto";

/** Public keys of attestors: what they are, how strong, and the id that an attestation names them by. */

/** Binary Authorization's name of an elliptic curve's signature algorithm, by Node's name of the curve. */
const ALGORITHMS: Readonly<Record<string, string>> = {
  prime256v1: "ECDSA_P256_SHA256",
  secp384r1: "ECDSA_P384_SHA384",
  secp521r1: "ECDSA_P521_SHA512",
};

/** A public key that an attestor may have. */
export interface AttestorKey {
  readonly key: KeyObject;
  /** `pkixPublicKey.signatureAlgorithm` of the Binary Authorization API. */
  readonly signatureAlgorithm: string;
  /** The hash that the algorithm signs: `sha256`, `sha384` or `sha512`. */
  readonly hash: string;
  /** The id that Binary Authorization gives a PKIX key by itself: RFC 6920, SHA-256 of the DER form. */
  readonly namedInformation: string;
}

/**
 * Reads a PKIX public key in PEM.
 *
 * @throws Error that says what is wrong: not one public key in PEM, a private key, RSA, or a curve below P-256.
 */
export function parseAttestorKey(pem: string): AttestorKey {
  const key = parse(pem);
  const curve = key.asymmetricKeyDetails?.namedCurve;
  const signatureAlgorithm = curve === undefined ? undefined : ALGORITHMS[curve];
  if (signatureAlgorithm === undefined) {
    const found = curve ?? key.asymmetricKeyType ?? "an unknown key";
    throw new Error(`is ${found}: an attestor's key is elliptic, P-256 or stronger (P-384, P-521)`);
  }
  const der = key.export({ type: "spki", format: "der" });
  return {
    key,
    signatureAlgorithm,
    hash: signatureAlgorithm.slice(signatureAlgorithm.lastIndexOf("_") + 1).toLowerCase(),
    namedInformation: `ni:///sha-256;${createHash("sha256").update(der).digest("base64url")}`,
  };
}

/** Exactly one key: Node would also read a certificate, and the first of several keys. */
const PUBLIC_KEY = /^\s*-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]+-----END PUBLIC KEY-----\s*$/;

function parse(pem: string): KeyObject {
  if (pem.includes("PRIVATE KEY"))
    throw new Error("is a private key: give the public key, and take this one out of use");
  if (!PUBLIC_KEY.test(pem))
    throw new Error(
      'is not one public key in PEM, "-----BEGIN PUBLIC KEY-----" to "-----END PUBLIC KEY-----"',
    );
  try {
    return createPublicKey(pem);
  } catch {
    // Node's own message describes its decoder.
    throw new Error("is PEM whose body does not decode to one public key (SubjectPublicKeyInfo, base64)");
  }
}
