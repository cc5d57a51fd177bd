import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { attestationError } from "../../../../packages/attestation/attestation.ts";
import { parseAttestorKey } from "../../../../packages/attestation/attestor-key.ts";
import { externalAttestation, keysById } from "../../../../infra/config/checks/external-attestations.ts";
import { pinned } from "../../../packages/attestation/arbitraries.ts";
import { attest, keyPair } from "../../../packages/attestation/keys.ts";
import { assertRefused, changed, parsed, shown, stack } from "../../stacks.ts";
import { skipWithout } from "../../../toolchain/skip.ts";

const REPOSITORY = "gcr.io/cloud-healthcare-containers/mllp-adapter";
const DIGEST = "sha256:231b073df13db0c65e57b0e1d526ab6816a73c37262e25c18bcca99bf4b4b185";

/** The tutorial, its attestor's keys managed elsewhere. */
function elsewhere(publicKeys: readonly object[], signature?: object) {
  return changed(stack("tutorial"), {
    signingKey: undefined,
    "projects.kms": undefined,
    "attestor.publicKeys": publicKeys,
    "images[0].signature": signature,
  });
}

describe("a signature made with openssl", () => {
  let directory: string;
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: directory });
  const read = (name: string) => readFileSync(join(directory, name));

  before(function () {
    if (spawnSync("openssl", ["version"]).error !== undefined) skipWithout(this, "openssl");
    directory = mkdtempSync(join(tmpdir(), "attested-fhir-"));
    openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "key.pem");
    openssl("pkey", "-in", "key.pem", "-pubout", "-out", "key.pub");
    // As `gcloud container binauthz create-signature-payload` prints it.
    const payload = `{
  "critical": {
    "identity": {
      "docker-reference": "${REPOSITORY}"
    },
    "image": {
      "docker-manifest-digest": "${DIGEST}"
    },
    "type": "Google cloud binauthz container signature"
  }
}
`;
    writeFileSync(join(directory, "payload.json"), payload);
    openssl("dgst", "-sha256", "-sign", "key.pem", "-out", "signature", "payload.json");
    openssl("base64", "-A", "-in", "signature", "-out", "signature.base64");
  });

  after(() => {
    if (directory) rmSync(directory, { recursive: true });
  });

  it("passes by itself, and by key id and payload", () => {
    const pem = read("key.pub").toString();
    const signature = read("signature.base64").toString();
    const payload = read("payload.json").toString("base64");
    assert.doesNotThrow(() => parsed(elsewhere([{ pem }], { signature })));
    const { namedInformation } = parseAttestorKey(pem);
    assert.doesNotThrow(() => parsed(elsewhere([{ pem }], { keyId: namedInformation, payload, signature })));
    assert.doesNotThrow(() => parsed(elsewhere([{ id: "hsm", pem }], { keyId: "hsm", signature })));
  });

  it("is refused with a bit turned over", () => {
    const bad = read("signature");
    bad[20] = (bad[20] ?? 0) ^ 1;
    const pem = read("key.pub").toString();
    const signature = bad.toString("base64");
    assertRefused(elsewhere([{ id: "hsm", pem }], { signature }), [
      `images[0].signature = ${shown({ signature })}: is refused: its signature does not verify against the key hsm`,
    ]);
  });

  it("is refused as openssl prints it by default, on several lines", () => {
    const pem = read("key.pub").toString();
    const signature = openssl("base64", "-in", "signature").toString();
    assertRefused(elsewhere([{ pem }], { signature }), [
      `images[0].signature.signature = ${shown(signature)}: is not base64 of the standard alphabet, on one line`,
    ]);
  });
});

describe("an image with an external signature", () => {
  const key = keyPair();
  const good = attest({ repository: REPOSITORY, digest: DIGEST }, key, "hsm");
  const publicKeys = [{ id: "hsm", pem: key.publicKey }];
  it("is refused without one", () => {
    assertRefused(elsewhere(publicKeys), [
      "images[0].signature: is missing: attestor.publicKeys are managed elsewhere, so give the signature",
    ]);
  });

  const refused: Record<string, [object, string]> = {
    "by another key": [
      { signature: attest({ repository: REPOSITORY, digest: DIGEST }, keyPair()).signature },
      "its signature does not verify against the key hsm",
    ],
    "by a key that the attestor has not": [
      { signature: good.signature, keyId: "other" },
      "its key other is not among the pinned keys",
    ],
    "of another image": [
      { ...signatureOf(attest({ repository: "gcr.io/project/other", digest: DIGEST }, key, "hsm")) },
      'its payload is for the image "gcr.io/project/other"',
    ],
    "of another digest": [
      {
        ...signatureOf(attest({ repository: REPOSITORY, digest: `sha256:${"0".repeat(64)}` }, key, "hsm")),
      },
      `its payload is for the digest "sha256:${"0".repeat(64)}"`,
    ],
    "over a payload that is none": [
      { signature: good.signature, payload: "QUJD" },
      "its payload is not the JSON of a container signature",
    ],
  };
  for (const [what, [signature, fault]] of Object.entries(refused)) {
    it(`is refused with one ${what}`, () => {
      assertRefused(elsewhere(publicKeys, signature), [
        `images[0].signature = ${shown(signature)}: is refused: ${fault}`,
      ]);
    });
  }

  it("is not verified where one of the keys is malformed", () => {
    assertRefused(elsewhere([...publicKeys, { pem: "key" }], { signature: good.signature, keyId: "x" }), [
      'attestor.publicKeys[1].pem = "key": is not one public key in PEM, "-----BEGIN PUBLIC KEY-----" to "-----END PUBLIC KEY-----"',
    ]);
  });

  it("is verified where another image of the list is malformed", () => {
    const data = changed(elsewhere(publicKeys), { "images[1]": { image: "name", owner: "a", reason: "b" } });
    assertRefused(data, [
      'images[1].image = "name": has no digest: write HOST/NAME@sha256: and 64 hexadecimal digits',
      "images[0].signature: is missing: attestor.publicKeys are managed elsewhere, so give the signature",
    ]);
  });
});

describe("externalAttestation", () => {
  const key = keyPair();
  const keys = keysById([{ pem: key.publicKey }]);

  it("is nothing without a signature", () => {
    assert.equal(externalAttestation({ image: "", owner: "", reason: "" }, keys), undefined);
  });

  it("fills in the only key's own id and the payload, for every image", () => {
    fc.assert(
      fc.property(pinned, (image) => {
        const expected = attest(image, key);
        const { signature } = expected;
        const item = { image: expected.image, owner: "a", reason: "b", signature: { signature } };
        const external = externalAttestation(item, keys);
        assert.deepEqual(external, expected);
        assert.equal(attestationError(expected, keys), undefined);
      }),
    );
  });
});

describe("keysById", () => {
  it("gives a key the id that it has by itself unless the stack gives another", () => {
    const pem = keyPair().publicKey;
    assert.deepEqual(keysById([{ pem }, { id: "hsm", pem }]), [
      { id: parseAttestorKey(pem).namedInformation, pem },
      { id: "hsm", pem },
    ]);
  });
});

function signatureOf({ keyId, payload, signature }: ReturnType<typeof attest>) {
  return { keyId, payload, signature };
}
