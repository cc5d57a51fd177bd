import assert from "node:assert/strict";
import {
  type Properties,
  UNKNOWN,
  type PropertyValue,
} from "../../../../packages/stack-model/property-value.ts";
import { attestor, ATTESTOR_NAME, IMAGE, NOTE_NAME, occurrence, policy, rule } from "../../resources.ts";
import { signer } from "../../signing-keys.ts";
import { NONE, OTHER, unattested, verdict } from "./verdicts.ts";

describe("an image that the same stack signs", () => {
  const unknownKey: PropertyValue = [
    { id: UNKNOWN, pkixPublicKey: { publicKeyPem: UNKNOWN, signatureAlgorithm: "ECDSA_P256_SHA256" } },
  ];
  const unknownSignature: Properties = {
    serializedPayload: signer("//kms/key/1").attest(IMAGE).payload,
    signatures: [{ publicKeyId: UNKNOWN, signature: UNKNOWN }],
  };

  it("passes on a first preview, where key and signature are not created yet", () => {
    assert.deepEqual(
      verdict(policy(), attestor(unknownKey), occurrence({ attestation: unknownSignature })),
      [],
    );
  });

  it("passes where attestor and note are referenced by their ids", () => {
    const byId = policy({
      project: "attestor-project",
      defaultAdmissionRule: rule({ requireAttestationsBies: ["attestor"] }),
    });
    const noteById = attestor(unknownKey, {
      project: "note-project",
      name: ATTESTOR_NAME,
      attestationAuthorityNote: { noteReference: "note", publicKeys: unknownKey },
    });
    assert.deepEqual(verdict(byId, noteById, occurrence({ attestation: unknownSignature })), []);
  });

  it("fails where the occurrence is of another image", () => {
    const other = occurrence({ resourceUri: `https://${OTHER}`, attestation: unknownSignature });
    assert.deepEqual(verdict(policy(), attestor(unknownKey), other), unattested(NONE));
  });

  it("fails where the occurrence is attached to another note, or to an unknown one", () => {
    const attached = (noteName: string | typeof UNKNOWN) =>
      verdict(policy(), attestor(unknownKey), occurrence({ noteName, attestation: unknownSignature }));
    assert.deepEqual(
      attached("projects/note-project/notes/other"),
      unattested(
        `its occurrence "occurrence" is attached to the note "projects/note-project/notes/other", not to ${NOTE_NAME}`,
      ),
    );
    assert.deepEqual(
      attached(UNKNOWN),
      unattested(
        `its occurrence "occurrence" is attached to the note not known before the update, not to ${NOTE_NAME}`,
      ),
    );
  });

  it("fails where the attestor's note is not known", () => {
    const noteless = attestor(unknownKey, { attestationAuthorityNote: UNKNOWN });
    assert.deepEqual(
      verdict(policy(), noteless, occurrence({ attestation: unknownSignature })),
      unattested("the attestor's note is not known before the update"),
    );
  });

  it("fails where a signature that is not known yet stands next to one that does not verify", () => {
    const key = signer("//kms/key/1");
    const known = attestor([
      { id: key.id, pkixPublicKey: { publicKeyPem: key.pem, signatureAlgorithm: "ECDSA_P256_SHA256" } },
    ]);
    const { payload, signature } = key.attest(IMAGE);
    const signed = (...signatures: readonly Properties[]) =>
      verdict(policy(), known, occurrence({ attestation: { serializedPayload: payload, signatures } }));
    const later: Properties = { publicKeyId: key.id, signature: UNKNOWN };
    assert.deepEqual(signed(later), []);
    assert.deepEqual(
      signed(later, { publicKeyId: key.id, signature: "anVuaw==" }),
      unattested(
        "its occurrence does not hold: its signature does not verify against the key //kms/key/1, and another signature is not known before the update",
      ),
    );
    assert.deepEqual(signed(later, { publicKeyId: key.id, signature }), []);
    assert.deepEqual(
      signed({ publicKeyId: "//kms/other/1", signature: UNKNOWN }),
      unattested("its occurrence does not hold: its key //kms/other/1 is none of the attestor's"),
    );
  });

  it("fails where the signature is not known yet, and the payload names another image", () => {
    const attestation = { ...unknownSignature, serializedPayload: signer("k").attest(OTHER).payload };
    assert.deepEqual(
      verdict(policy(), attestor(unknownKey), occurrence({ attestation })),
      unattested(`its occurrence does not hold: its payload is for the digest "sha256:${"2".repeat(64)}"`),
    );
  });

  it("is verified once key and signature are known", () => {
    const key = signer("//kms/key/1");
    const known = attestor([
      { id: key.id, pkixPublicKey: { publicKeyPem: key.pem, signatureAlgorithm: "ECDSA_P256_SHA256" } },
    ]);
    const signed = (signature: string) =>
      occurrence({
        attestation: {
          serializedPayload: key.attest(IMAGE).payload,
          signatures: [{ publicKeyId: key.id, signature }],
        },
      });
    assert.deepEqual(verdict(policy(), known, signed(key.attest(IMAGE).signature)), []);
    assert.deepEqual(
      verdict(policy(), known, signed(signer(key.id).attest(IMAGE).signature)),
      unattested("its occurrence does not hold: its signature does not verify against the key //kms/key/1"),
    );
    assert.deepEqual(
      verdict(policy(), known, occurrence({ attestation: { serializedPayload: "e30=", signatures: [] } })),
      unattested("its occurrence does not hold: it has no signature"),
    );
  });
});
