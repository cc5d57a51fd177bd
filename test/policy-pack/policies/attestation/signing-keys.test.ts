import assert from "node:assert/strict";
import type { Resource } from "../../../../packages/stack-model/resource.ts";
import {
  onlySignerSigns,
  signingKeyElliptic,
  signingKeyProtected,
} from "../../../../policy-pack/policies/attestation/signing-keys.ts";
import { CRYPTO_KEY } from "../../../../packages/stack-model/type-tokens.ts";
import {
  type Properties,
  UNKNOWN,
  type PropertyValue,
} from "../../../../packages/stack-model/property-value.ts";
import { judge } from "../../judge.ts";
import { belowRoot, resource, root } from "../../resources.ts";

function key(props: Properties = {}, protect = true): Resource {
  const sound = {
    purpose: "ASYMMETRIC_SIGN",
    versionTemplate: { algorithm: "EC_SIGN_P256_SHA256", protectionLevel: "HSM" },
  };
  return belowRoot(resource(CRYPTO_KEY, { ...sound, ...props }, { name: "key", protect }));
}

describe("a signing key in Cloud KMS", () => {
  it("passes where it is elliptic", () => {
    assert.deepEqual(judge(signingKeyElliptic, key()), []);
    assert.deepEqual(
      judge(signingKeyElliptic, key({ versionTemplate: { algorithm: "EC_SIGN_P384_SHA384" } })),
      [],
    );
  });

  it("fails where it is RSA, unknown or left to the default", () => {
    const refusal = (said: string) => [
      `key: versionTemplate.algorithm is ${said}, not EC_SIGN_P256_SHA256 or EC_SIGN_P384_SHA384`,
    ];
    const rsa = key({ versionTemplate: { algorithm: "RSA_SIGN_PSS_2048_SHA256" } });
    assert.deepEqual(judge(signingKeyElliptic, rsa), refusal('"RSA_SIGN_PSS_2048_SHA256"'));
    assert.deepEqual(
      judge(signingKeyElliptic, key({ versionTemplate: UNKNOWN })),
      refusal("not known before the update"),
    );
    assert.deepEqual(judge(signingKeyElliptic, key({ versionTemplate: undefined })), refusal("not set"));
  });

  it("passes where it is RSA, and belongs to another program than the root component", () => {
    const rsa = { purpose: "ASYMMETRIC_SIGN", versionTemplate: { algorithm: "RSA_SIGN_PSS_2048_SHA256" } };
    assert.deepEqual(judge(signingKeyElliptic, resource(CRYPTO_KEY, rsa)), []);
  });

  it("is distinguished from encryption keys, unless its purpose is unknown", () => {
    assert.deepEqual(
      judge(signingKeyElliptic, key({ purpose: "ENCRYPT_DECRYPT", versionTemplate: undefined })),
      [],
    );
    assert.deepEqual(judge(signingKeyElliptic, key({ purpose: undefined, versionTemplate: undefined })), []);
    assert.deepEqual(judge(signingKeyElliptic, key({ purpose: UNKNOWN })), [
      "key: purpose is not known before the update: say what the key is for",
    ]);
  });
});

describe("a signing key where duties are separate", () => {
  const separate = root({ layers: ["signing"], separateDuties: true });
  const inSoftware = { algorithm: "EC_SIGN_P256_SHA256", protectionLevel: "SOFTWARE" };

  it("passes where it is in an HSM and protected from deletion", () => {
    assert.deepEqual(judge(signingKeyProtected, separate, key()), []);
  });

  it("fails where it is in software, or may be deleted", () => {
    assert.deepEqual(judge(signingKeyProtected, separate, key({ versionTemplate: inSoftware }, false)), [
      'key: versionTemplate.protectionLevel is "SOFTWARE", not HSM',
      "key: the key is not protected from deletion",
    ]);
  });

  it("is not required to be protected in other stacks, nor as an encryption key", () => {
    assert.deepEqual(judge(signingKeyProtected, root(), key({ versionTemplate: inSoftware }, false)), []);
    assert.deepEqual(judge(signingKeyProtected, separate, key({ purpose: "ENCRYPT_DECRYPT" }, false)), []);
  });

  it("passes without a declaration, which does not say that duties are separate", () => {
    assert.deepEqual(judge(signingKeyProtected, key({ versionTemplate: inSoftware }, false)), []);
  });
});

describe("the right to sign", () => {
  const SIGNER = "serviceAccount:signer@signing.iam.gserviceaccount.com";
  const declared = root({ layers: ["signing"], signer: SIGNER });
  const grant = (role: PropertyValue, member: PropertyValue) =>
    resource("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", { role, member }, { name: "grant" });

  it("passes where the signer has it, whichever principals have other roles", () => {
    assert.deepEqual(
      judge(
        onlySignerSigns,
        declared,
        grant("roles/cloudkms.signerVerifier", SIGNER),
        grant("roles/cloudkms.viewer", "user:auditor@example.com"),
      ),
      [],
    );
  });

  it("fails where any other principal has it, in any type of resource", () => {
    assert.deepEqual(
      judge(onlySignerSigns, declared, grant("roles/cloudkms.signer", "user:somebody@example.com")),
      [`grant: "roles/cloudkms.signer" is granted to user:somebody@example.com, not to the signer ${SIGNER}`],
    );
    const binding = resource(
      "gcp:containeranalysis/noteIamBinding:NoteIamBinding",
      { role: "roles/containeranalysis.notes.attacher", members: [SIGNER, "group:all@example.com"] },
      { name: "binding" },
    );
    assert.deepEqual(judge(onlySignerSigns, declared, binding), [
      `binding: "roles/containeranalysis.notes.attacher" is granted to group:all@example.com, not to the signer ${SIGNER}`,
    ]);
  });

  it("cannot be evaluated where no signer is declared", () => {
    assert.deepEqual(judge(onlySignerSigns, root(), grant("roles/cloudkms.signer", SIGNER)), [
      "root: cannot be evaluated: the declared signer is not set, not a text (treated as a violation)",
    ]);
  });

  it("fails where the member is not known before the update", () => {
    assert.deepEqual(judge(onlySignerSigns, declared, grant("roles/cloudkms.signer", UNKNOWN)), [
      'grant: "roles/cloudkms.signer" is granted to a member that is not known before the update: name it',
    ]);
  });
});
