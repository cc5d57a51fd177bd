import assert from "node:assert/strict";
import fc from "fast-check";
import { attestationPayload, payloadMismatch, resourceUri } from "../../../packages/attestation/payload.ts";
import { pinned } from "./arbitraries.ts";

const DIGEST = "sha256:231b073df13db0c65e57b0e1d526ab6816a73c37262e25c18bcca99bf4b4b185";
const REPOSITORY = "gcr.io/cloud-healthcare-containers/mllp-adapter";
const IMAGE = `${REPOSITORY}@${DIGEST}`;

describe("attestationPayload", () => {
  it("is byte for byte what gcloud's create-signature-payload prints", () => {
    assert.equal(
      attestationPayload({ repository: REPOSITORY, digest: DIGEST }),
      [
        "{",
        '  "critical": {',
        '    "identity": {',
        '      "docker-reference": "gcr.io/cloud-healthcare-containers/mllp-adapter"',
        "    },",
        '    "image": {',
        `      "docker-manifest-digest": "${DIGEST}"`,
        "    },",
        '    "type": "Google cloud binauthz container signature"',
        "  }",
        "}",
        "",
      ].join("\n"),
    );
  });

  it("has its keys sorted and ends with one line break, for every image", () => {
    fc.assert(
      fc.property(pinned, (image) => {
        const payload = attestationPayload(image);
        const keys = [...payload.matchAll(/"([a-z-]+)":/g)].map(([, key]) => key);
        assert.deepEqual(keys, [
          "critical",
          "identity",
          "docker-reference",
          "image",
          "docker-manifest-digest",
          "type",
        ]);
        assert.match(payload, /[^\n]\n$/);
      }),
    );
  });
});

describe("resourceUri", () => {
  it("is the image's address with its digest", () => {
    assert.equal(resourceUri({ repository: REPOSITORY, digest: DIGEST }), `https://${IMAGE}`);
  });
});

describe("payloadMismatch", () => {
  it("accepts the payload of the same image and of no other", () => {
    fc.assert(
      fc.property(pinned, pinned, (image, other) => {
        const name = `${image.repository}@${image.digest}`;
        assert.equal(payloadMismatch(attestationPayload(image), name), undefined);
        assert.equal(
          payloadMismatch(attestationPayload({ ...image, digest: other.digest }), name),
          image.digest === other.digest ? undefined : `its payload is for the digest "${other.digest}"`,
        );
        assert.equal(
          payloadMismatch(attestationPayload({ ...image, repository: other.repository }), name),
          image.repository === other.repository
            ? undefined
            : `its payload is for the image "${other.repository}"`,
        );
      }),
    );
  });

  it("accepts a payload that says the same in another form, with additional keys", () => {
    const payload = {
      optional: { creator: "atomic" },
      critical: {
        type: "Google cloud binauthz container signature",
        image: { "docker-manifest-digest": DIGEST },
        identity: { "docker-reference": REPOSITORY },
      },
    };
    assert.equal(payloadMismatch(JSON.stringify(payload), IMAGE), undefined);
  });

  it("never throws, whatever the payload holds", () => {
    const critical = fc.oneof(fc.jsonValue(), fc.record({ identity: fc.jsonValue(), image: fc.jsonValue() }));
    const json = fc.oneof(fc.jsonValue(), fc.record({ critical })).map((value) => JSON.stringify(value));
    fc.assert(
      fc.property(fc.oneof(json, fc.string()), (payload) => {
        assert.match(payloadMismatch(payload, IMAGE) ?? "", /^its payload /);
      }),
    );
  });

  const notJson = "its payload is not the JSON of a container signature";
  const wrongType = (type: string) =>
    `its payload has the type ${type}, not "Google cloud binauthz container signature"`;
  const type = "Google cloud binauthz container signature";
  const refused: [string, unknown, string][] = [
    ["a text", "text", notJson],
    ["null", null, notJson],
    ["a list", [], notJson],
    ["critical of null", { critical: null }, notJson],
    ["no type", { critical: {} }, wrongType("undefined")],
    [
      "cosign's type",
      { critical: { type: "cosign container image signature" } },
      wrongType('"cosign container image signature"'),
    ],
    ["no identity", { critical: { type } }, "its payload is for the image undefined"],
    ["identity of null", { critical: { type, identity: null } }, "its payload is for the image undefined"],
    [
      "image of null",
      { critical: { type, identity: { "docker-reference": REPOSITORY }, image: null } },
      "its payload is for the digest undefined",
    ],
  ];
  for (const [what, payload, message] of refused) {
    it(`says what is wrong with a payload that is or has ${what}`, () => {
      assert.equal(payloadMismatch(JSON.stringify(payload), IMAGE), message);
    });
  }

  it("reports a payload that is not JSON", () => {
    assert.equal(payloadMismatch("{", IMAGE), notJson);
  });
});
