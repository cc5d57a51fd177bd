import assert from "node:assert/strict";
import { createHash, createPublicKey, generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { parseAttestorKey } from "../../../packages/attestation/attestor-key.ts";
import { keyPair } from "./keys.ts";

/** A self-signed certificate of a P-256 key, made with `openssl req -x509`; nothing trusts it. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBjDCCATOgAwIBAgIUT78Bj0JJ+f2KK7z9PWdupHjweSowCgYIKoZIzj0EAwIw
GzEZMBcGA1UEAwwQYXR0ZXN0b3IuZXhhbXBsZTAgFw0yNjExMjMwOTA1MjFaGA8y
MTI2MTAzMDA5MDUyMVowGzEZMBcGA1UEAwwQYXR0ZXN0b3IuZXhhbXBsZTBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABH+PrTXUeyJm56769Dgr2uXkmV+dytD2sjuL
yLNIMTuHaW8CPX/MBZHjIi1gCnRjffJBOzUU5iYAJluQ55BrQkyjUzBRMB0GA1Ud
DgQWBBS/GMch1ficcvuMP22WO80A3hgMJjAfBgNVHSMEGDAWgBS/GMch1ficcvuM
P22WO80A3hgMJjAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIGlg
VOPOdA58p2on9cj0AFqwp29nguCPchHk745FrCOtAiAwGpjdAAh+1L30e3xFx7oV
vGIRB/Sc4s4tVSdBkSNnkw==
-----END CERTIFICATE-----
`;

const FORM = 'is not one public key in PEM, "-----BEGIN PUBLIC KEY-----" to "-----END PUBLIC KEY-----"';
const BODY = "is PEM whose body does not decode to one public key (SubjectPublicKeyInfo, base64)";
const PRIVATE = "is a private key: give the public key, and take this one out of use";
const weak = (found: string) =>
  `is ${found}: an attestor's key is elliptic, P-256 or stronger (P-384, P-521)`;

function publicKeyOf(type: "ed25519" | "ed448" | "x25519"): string {
  // Node's types have one overload for each kind of key.
  const pair =
    type === "ed25519"
      ? generateKeyPairSync(type)
      : type === "ed448"
        ? generateKeyPairSync(type)
        : generateKeyPairSync(type);
  return pair.publicKey.export({ type: "spki", format: "pem" }).toString();
}

describe("attestorKey", () => {
  const accepted = {
    prime256v1: { signatureAlgorithm: "ECDSA_P256_SHA256", hash: "sha256" },
    secp384r1: { signatureAlgorithm: "ECDSA_P384_SHA384", hash: "sha384" },
    secp521r1: { signatureAlgorithm: "ECDSA_P521_SHA512", hash: "sha512" },
  };
  for (const [curve, expected] of Object.entries(accepted)) {
    it(`takes a key on ${curve}, with the algorithm that Binary Authorization names for it`, () => {
      const { publicKey } = keyPair(curve);
      const { key, signatureAlgorithm, hash } = parseAttestorKey(publicKey);
      assert.deepEqual({ signatureAlgorithm, hash }, expected);
      assert.equal(key.export({ type: "spki", format: "pem" }), publicKey);
    });
  }

  it("names a key by the SHA-256 of its DER form, as RFC 6920 writes it", () => {
    const { publicKey } = keyPair();
    const der = createPublicKey(publicKey).export({ type: "spki", format: "der" });
    const name = createHash("sha256").update(der).digest("base64");
    const urlSafe = name.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    assert.equal(parseAttestorKey(publicKey).namedInformation, `ni:///sha-256;${urlSafe}`);
  });

  it("names the sample key of the production stack as OpenSSL does", () => {
    const pem = [
      "-----BEGIN PUBLIC KEY-----",
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEj0ej3Pvoa0tDZSAq1ivypZCqFjDC",
      "QdziLSI3Jam66fBWAEFGr9XGGo5VJpb4RyNO2YpwfCDgQw+J/9EHjBvduQ==",
      "-----END PUBLIC KEY-----",
    ].join("\n");
    // openssl pkey -pubin -outform DER | openssl dgst -sha256 -binary | openssl base64 | tr +/ -_ | tr -d =
    assert.equal(
      parseAttestorKey(pem).namedInformation,
      "ni:///sha-256;NJWCA4cNx_sinttcrbtyUmW_sKeFHQ36lUD-tQfcCIA",
    );
  });

  it("takes empty lines around the key, and Windows' line ends", () => {
    const { publicKey } = keyPair();
    const { namedInformation } = parseAttestorKey(publicKey);
    assert.equal(parseAttestorKey(`\n${publicKey}\n\n`).namedInformation, namedInformation);
    assert.equal(parseAttestorKey(publicKey.replaceAll("\n", "\r\n")).namedInformation, namedInformation);
  });

  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey;
  const { publicKey, privateKey } = keyPair();
  const refused: Record<string, [string, string]> = {
    "an RSA key": [rsa.export({ type: "spki", format: "pem" }).toString(), weak("rsa")],
    "an RSA key in its own form": [rsa.export({ type: "pkcs1", format: "pem" }).toString(), FORM],
    "an Ed25519 key": [publicKeyOf("ed25519"), weak("ed25519")],
    "an Ed448 key": [publicKeyOf("ed448"), weak("ed448")],
    "an X25519 key": [publicKeyOf("x25519"), weak("x25519")],
    "a key on secp256k1": [keyPair("secp256k1").publicKey, weak("secp256k1")],
    "a key on a curve below P-256": [keyPair("secp224r1").publicKey, weak("secp224r1")],
    "a private key": [privateKey, PRIVATE],
    "a private key in the older form": [
      "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----\n",
      PRIVATE,
    ],
    "a private key in addition to the public one": [publicKey + privateKey, PRIVATE],
    "two public keys": [publicKey + keyPair().publicKey, FORM],
    "a certificate": [CERTIFICATE, FORM],
    "a key without its frame": [publicKey.replaceAll(/-----.*-----\n/g, ""), FORM],
    "a key that is cut off": [publicKey.replace(/^(-----.*\n.*\n).*\n/, "$1"), BODY],
    "an empty text": ["", FORM],
  };
  for (const [what, [pem, message]] of Object.entries(refused)) {
    it(`refuses ${what}, in words that say why`, () => {
      assert.throws(() => parseAttestorKey(pem), { message });
    });
  }

  it("refuses garbage within the frame, without a word of Node's decoder", () => {
    fc.assert(
      fc.property(fc.oneof(fc.base64String(), fc.string()), (garbage) => {
        const pem = `-----BEGIN PUBLIC KEY-----\n${garbage}\n-----END PUBLIC KEY-----\n`;
        const message = /^[A-Za-z0-9+/=\s]*$/.test(garbage) ? BODY : FORM;
        assert.throws(() => parseAttestorKey(pem), { message });
      }),
    );
  });
});
