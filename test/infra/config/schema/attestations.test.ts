import assert from "node:assert/strict";
import { parseStack } from "../../../../infra/config/parse-stack.ts";
import { attest, keyPair } from "../../../packages/attestation/keys.ts";
import { assertRefused, changed, messageOf, parsed, shown, stack } from "../../stacks.ts";

const REPOSITORY = "gcr.io/project/name";
const DIGEST = `sha256:${"0".repeat(64)}`;
const IMAGE = `${REPOSITORY}@${DIGEST}`;
const FORM = "is not a file in the directory of the stack files: NAME.yaml or NAME.json, without a directory";

const key = keyPair();
const good = attest({ repository: REPOSITORY, digest: DIGEST }, key, "signer");

const runtime = changed(stack("prod"), {
  "attestors[0].publicKeys": [{ id: "signer", pem: key.publicKey }],
  attestations: "handed.yaml",
});

/** Asserts the errors of the attestations' file. */
function assertFileRefused(file: unknown, errors: readonly string[]): void {
  assert.throws(() => parsed(runtime, { "handed.yaml": file }), {
    name: "ConfigError",
    message: messageOf(errors, { file: "stacks/handed.yaml", prefix: "" }),
  });
}

describe("the attestations that a signing stack handed out", () => {
  it("pass where the pinned key signed them, none of them included", () => {
    assert.deepEqual(parsed(runtime, { "handed.yaml": [good] }).attestations, [good]);
    assert.deepEqual(parsed(runtime, { "handed.yaml": [] }).attestations, []);
  });

  const forged = [
    ["by another key", { ...attest({ repository: REPOSITORY, digest: DIGEST }, keyPair(), "signer") }],
    [
      "with the signature of another image",
      { ...good, signature: key.sign(Buffer.from("x")).toString("base64") },
    ],
  ] as const;
  for (const [what, attestation] of forged) {
    it(`are refused by name where one is forged ${what}`, () => {
      assertFileRefused(
        [good, attestation],
        [
          `[1] = ${shown(attestation)}: the attestation of ${IMAGE} is refused: its signature does not verify against the key signer`,
        ],
      );
    });
  }

  it("are refused where the payload speaks of something else", () => {
    const other = { ...good, payload: attest({ repository: "gcr.io/other", digest: DIGEST }, key).payload };
    assertFileRefused(
      [other],
      [
        `[0] = ${shown(other)}: the attestation of ${IMAGE} is refused: its payload is for the image "gcr.io/other"`,
      ],
    );
    const empty = { ...good, payload: Buffer.from('{"critical":null}').toString("base64") };
    assertFileRefused(
      [empty],
      [
        `[0] = ${shown(empty)}: the attestation of ${IMAGE} is refused: its payload is not the JSON of a container signature`,
      ],
    );
  });

  it("are refused where they name a key that the stack does not pin", () => {
    const stranger = { ...good, keyId: "stranger" };
    assertFileRefused(
      [stranger],
      [
        `[0] = ${shown(stranger)}: the attestation of ${IMAGE} is refused: its key stranger is not among the pinned keys`,
      ],
    );
  });

  it("are refused key by key where the file is malformed", () => {
    const malformed = { image: "name", keyId: "", payload: "no base64", sign: "QUJD" };
    assertFileRefused(
      [good, malformed],
      [
        '[1].image = "name": has no digest: write HOST/NAME@sha256: and 64 hexadecimal digits',
        '[1].keyId = "": is missing: the id of the key that signed',
        '[1].payload = "no base64": is not base64 of the standard alphabet, on one line',
        "[1].signature: is missing: give base64 of the standard alphabet, on one line",
        '[1].sign = "QUJD": is an unknown key: the keys are image, keyId, payload, signature',
      ],
    );
  });

  it("are refused as a whole where the file holds no list", () => {
    assertFileRefused(null, ["the file as a whole = null: is not an array"]);
    assertFileRefused({ attestations: [] }, ['the file as a whole = {"attestations":[]}: is not an array']);
  });

  it("are not verified with a malformed key", () => {
    const data = changed(runtime, { "attestors[0].publicKeys[0].pem": "key" });
    assertRefused(
      data,
      [
        'attestors[0].publicKeys[0].pem = "key": is not one public key in PEM, "-----BEGIN PUBLIC KEY-----" to "-----END PUBLIC KEY-----"',
      ],
      { "handed.yaml": [good] },
    );
  });
});

describe("the file of the attestations", () => {
  it("must exist", () => {
    assertRefused(runtime, [
      'attestations = "handed.yaml": names a file that does not exist: stacks/handed.yaml',
    ]);
  });

  for (const name of ["../attestations.yaml", "/etc/passwd", "a/b.yaml", ".yaml", "attestations.txt"]) {
    it(`is in the directory of the stack files, so it is not ${name}`, () => {
      assertRefused(changed(runtime, { attestations: name }), [`attestations = "${name}": ${FORM}`]);
    });
  }

  it("must be readable", () => {
    const readStackDirFile = () => {
      throw new Error("unexpected end of the flow collection");
    };
    assert.throws(
      () => parseStack({ file: "stacks/Pulumi.test.yaml", data: runtime, readStackDirFile, now: new Date() }),
      {
        name: "ConfigError",
        message: messageOf([
          'attestations = "handed.yaml": names a file that cannot be read: unexpected end of the flow collection',
        ]),
      },
    );
  });

  it("is named by a text", () => {
    assertRefused(changed(runtime, { attestations: 5 }), ["attestations = 5: is not a string"]);
  });
});
