import assert from "node:assert/strict";
import {
  attestationVerifies,
  attestorKeyStrong,
} from "../../../../policy-pack/policies/attestation/attestors.ts";
import { UNKNOWN, type PropertyValue } from "../../../../packages/stack-model/property-value.ts";
import { judge } from "../../judge.ts";
import { attestor, ATTESTOR_NAME, IMAGE, resource, root } from "../../resources.ts";
import { rsaKey, signer } from "../../signing-keys.ts";

describe("an attestation in the stack's configuration", () => {
  const key = signer("//kms/key/1");
  const declaring = (attestation: PropertyValue, pem: PropertyValue = key.pem) =>
    judge(
      attestationVerifies,
      root({
        attestors: [{ name: ATTESTOR_NAME, publicKeys: [{ id: key.id, pem }] }],
        attestations: [attestation],
      }),
    );

  it("passes where it verifies", () => {
    assert.deepEqual(declaring({ ...key.attest(IMAGE) }), []);
  });

  it("fails where its signature, its key or its image is not valid, and names the image", () => {
    const good = { ...key.attest(IMAGE) };
    const refusal = (image: string, why: string) => [
      `root: the attestation of ${image} does not hold: ${why}`,
    ];
    assert.deepEqual(
      declaring({ ...good, signature: signer(key.id).attest(IMAGE).signature }),
      refusal(IMAGE, "its signature does not verify against the key //kms/key/1"),
    );
    assert.deepEqual(
      declaring({ ...good, keyId: "//kms/key/2" }),
      refusal(IMAGE, "its key //kms/key/2 is not among the pinned keys"),
    );
    assert.deepEqual(
      declaring({ ...good, payload: "e30=" }),
      refusal(IMAGE, "its payload is not the JSON of a container signature"),
    );
    assert.deepEqual(
      declaring({ ...good, image: "gcr.io/vendor/adapter" }),
      refusal(
        "gcr.io/vendor/adapter",
        "its image has no digest: write HOST/NAME@sha256: and 64 hexadecimal digits",
      ),
    );
    assert.deepEqual(
      declaring(good, UNKNOWN),
      refusal(IMAGE, "its key //kms/key/1 is not known before the update"),
    );
    assert.deepEqual(
      declaring(good, "no key"),
      refusal(
        IMAGE,
        'its key //kms/key/1 is not one public key in PEM, "-----BEGIN PUBLIC KEY-----" to "-----END PUBLIC KEY-----"',
      ),
    );
  });

  it("cannot be evaluated where it is not known", () => {
    assert.deepEqual(declaring(UNKNOWN), [
      "root: cannot be evaluated: the declared attestations[0].image is not known before the update, not a text (treated as a violation)",
    ]);
  });
});

describe("the keys of an attestor", () => {
  const withKey = (publicKeyPem: PropertyValue, signatureAlgorithm: PropertyValue) =>
    judge(attestorKeyStrong, attestor([{ id: "key", pkixPublicKey: { publicKeyPem, signatureAlgorithm } }]));

  it("pass where they are elliptic, P-256 or stronger, by either of Google's names", () => {
    for (const [curve, algorithm] of [
      ["prime256v1", "ECDSA_P256_SHA256"],
      ["prime256v1", "EC_SIGN_P256_SHA256"],
      ["secp384r1", "ECDSA_P384_SHA384"],
      ["secp521r1", "EC_SIGN_P521_SHA512"],
    ] as const) {
      assert.deepEqual(withKey(signer("key", curve).pem, algorithm), []);
    }
  });

  it("pass where the key is not created yet, but its algorithm is fixed", () => {
    assert.deepEqual(withKey(UNKNOWN, "ECDSA_P256_SHA256"), []);
  });

  it("fail where the algorithm is weak, unknown or missing", () => {
    const refusal = (said: string) => [
      `attestor: the key key has a signatureAlgorithm that is ${said}, not ECDSA_P256_SHA256 or stronger`,
    ];
    assert.deepEqual(withKey(UNKNOWN, "RSA_SIGN_PKCS1_4096_SHA512"), refusal('"RSA_SIGN_PKCS1_4096_SHA512"'));
    assert.deepEqual(withKey(UNKNOWN, UNKNOWN), refusal("not known before the update"));
    assert.deepEqual(withKey(signer("key").pem, undefined), refusal("not set"));
  });

  it("fail where the key does not match its declared algorithm", () => {
    assert.deepEqual(withKey(rsaKey(), "ECDSA_P256_SHA256"), [
      "attestor: the key key is rsa: an attestor's key is elliptic, P-256 or stronger (P-384, P-521)",
    ]);
    assert.deepEqual(withKey(signer("key", "secp384r1").pem, "ECDSA_P256_SHA256"), [
      "attestor: the key key is ECDSA_P384_SHA384, but is given as ECDSA_P256_SHA256",
    ]);
    assert.deepEqual(withKey(undefined, "ECDSA_P256_SHA256"), [
      "attestor: the key key has a publicKeyPem that is not set",
    ]);
  });

  it("fail where they are PGP keys", () => {
    const pgp = attestor([{ id: "pgp", asciiArmoredPgpPublicKey: "-----BEGIN PGP PUBLIC KEY BLOCK-----" }]);
    assert.deepEqual(judge(attestorKeyStrong, pgp), ["attestor: the key pgp is a PGP key: use a PKIX one"]);
  });

  it("are required", () => {
    const keyless = ["attestor: the attestor has no public key, so it finds no attestation valid"];
    assert.deepEqual(judge(attestorKeyStrong, attestor([])), keyless);
    assert.deepEqual(judge(attestorKeyStrong, attestor(undefined)), keyless);
    assert.deepEqual(
      judge(
        attestorKeyStrong,
        resource("gcp:binaryauthorization/attestor:Attestor", {}, { name: "attestor" }),
      ),
      keyless,
    );
    assert.deepEqual(judge(attestorKeyStrong, attestor(UNKNOWN)), [
      "attestor: the key of an unknown id has a signatureAlgorithm that is not known before the update, not ECDSA_P256_SHA256 or stronger",
    ]);
  });
});

describe("the keys that a stack pins", () => {
  const pinning = (publicKeys: PropertyValue) =>
    judge(attestorKeyStrong, root({ attestors: [{ name: ATTESTOR_NAME, publicKeys }] }));

  it("pass where they are elliptic, or not created yet", () => {
    assert.deepEqual(
      pinning([
        { id: "one", pem: signer("one").pem },
        { id: "two", pem: UNKNOWN },
      ]),
      [],
    );
  });

  it("fail where there is none, or a weak one", () => {
    assert.deepEqual(pinning([]), [
      `root: no public key of ${ATTESTOR_NAME} is pinned, so nothing can be verified against it`,
    ]);
    const weak = signer("weak", "secp224r1").pem;
    assert.deepEqual(pinning([{ id: "weak", pem: weak }]), [
      `root: the pinned key weak of ${ATTESTOR_NAME} is secp224r1: an attestor's key is elliptic, P-256 or stronger (P-384, P-521)`,
    ]);
  });
});
