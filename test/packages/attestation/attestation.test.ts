import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Attestation,
  attestationError,
  verifySignature,
} from "../../../packages/attestation/attestation.ts";
import { parseAttestorKey } from "../../../packages/attestation/attestor-key.ts";
import { attestationPayload } from "../../../packages/attestation/payload.ts";
import { pinned } from "./arbitraries.ts";
import { attest, keyPair } from "./keys.ts";

const key = keyPair();
const other = keyPair();

/** The bytes with one bit turned over; any number names a bit. */
function flipped(bytes: Uint8Array, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  const index = Math.floor(bit / 8) % copy.length;
  copy[index] = (copy[index] ?? 0) ^ (1 << (bit % 8));
  return copy;
}

function flippedBase64(text: string, bit: number): string {
  return flipped(Buffer.from(text, "base64"), bit).toString("base64");
}

const bit = fc.nat({ max: 100_000 });

describe("verifies", () => {
  for (const curve of ["prime256v1", "secp384r1", "secp521r1"]) {
    it(`holds for what a key on ${curve} signed, and for no other payload, signature or key`, () => {
      const pair = keyPair(curve);
      const stranger = keyPair(curve);
      fc.assert(
        fc.property(pinned, bit, (image, bit) => {
          const payload = Buffer.from(attestationPayload(image));
          const signature = pair.sign(payload);
          assert.equal(verifySignature(payload, signature, pair.publicKey), true);
          assert.equal(verifySignature(flipped(payload, bit), signature, pair.publicKey), false);
          assert.equal(verifySignature(payload, flipped(signature, bit), pair.publicKey), false);
          assert.equal(verifySignature(payload, signature, stranger.publicKey), false);
        }),
        { numRuns: 30 },
      );
    });
  }

  it("does not hold with any one bit of the signature turned over", () => {
    const payload = Buffer.from("payload");
    const signature = key.sign(payload);
    const accepted = Array.from({ length: signature.length * 8 }, (_, bit) => bit).filter((bit) =>
      verifySignature(payload, flipped(signature, bit), key.publicKey),
    );
    assert.deepEqual(accepted, []);
  });

  it("returns false, without an error, for bytes that do not decode as a signature", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        assert.equal(verifySignature(Buffer.from("payload"), bytes, key.publicKey), false);
      }),
    );
  });
});

describe("attestationFault", () => {
  const id = parseAttestorKey(key.publicKey).namedInformation;
  const pins = [
    { id: "another", pem: other.publicKey },
    { id, pem: key.publicKey },
  ];

  it("finds none with the attestation of any image by a pinned key", () => {
    fc.assert(
      fc.property(pinned, (image) => {
        assert.equal(attestationError(attest(image, key), pins), undefined);
      }),
    );
  });

  it("finds one with any bit of the payload, the signature or the image's digest turned over", () => {
    fc.assert(
      fc.property(pinned, bit, (image, bit) => {
        const good = attest(image, key);
        const bad: Attestation[] = [
          { ...good, payload: flippedBase64(good.payload, bit) },
          { ...good, signature: flippedBase64(good.signature, bit) },
          { ...good, image: `${image.repository}@sha256:${flippedHex(image.digest.slice(7), bit)}` },
        ];
        for (const attestation of bad) assert.notEqual(attestationError(attestation, pins), undefined);
      }),
    );
  });

  it("finds none where several keys have the id and one of them signed", () => {
    fc.assert(
      fc.property(pinned, (image) => {
        const both = [
          { id: "key", pem: other.publicKey },
          { id: "key", pem: key.publicKey },
        ];
        assert.equal(attestationError(attest(image, key, "key"), both), undefined);
      }),
      { numRuns: 10 },
    );
  });

  const repository = "gcr.io/project/name";
  const digest = `sha256:${"0".repeat(64)}`;
  const good = attest({ repository, digest }, key);
  const refused: Record<string, [Attestation, string]> = {
    "names a key that is not pinned": [
      { ...good, keyId: "unknown" },
      "its key unknown is not among the pinned keys",
    ],
    "was signed with another key": [
      { ...good, signature: attest({ repository, digest }, other).signature },
      `its signature does not verify against the key ${id}`,
    ],
    "names another of the pinned keys": [
      { ...good, keyId: "another" },
      "its signature does not verify against the key another",
    ],
    "speaks of another digest": [
      { ...good, image: `${repository}@sha256:${"1".repeat(64)}` },
      `its payload is for the digest "${digest}"`,
    ],
    "speaks of another repository": [
      { ...good, image: `gcr.io/project/other@${digest}` },
      `its payload is for the image "${repository}"`,
    ],
    "has no payload": [{ ...good, payload: "" }, "its payload is not the JSON of a container signature"],
    "has no signature": [{ ...good, signature: "" }, `its signature does not verify against the key ${id}`],
  };
  for (const [what, [attestation, fault]] of Object.entries(refused)) {
    it(`says why of an attestation that ${what}`, () => {
      assert.equal(attestationError(attestation, pins), fault);
    });
  }

  it("refuses everything where no key is pinned", () => {
    assert.equal(attestationError(good, []), `its key ${id} is not among the pinned keys`);
  });
});

function flippedHex(hex: string, bit: number): string {
  return flipped(Buffer.from(hex, "hex"), bit).toString("hex");
}
