import fc from "fast-check";
import assert from "node:assert/strict";
import { Discovery, type Document } from "./discovery.ts";
import { describeWithDocuments } from "./documents.ts";
import { GoogleError } from "./errors.ts";
import type { Json } from "./json.ts";
import { readMessage } from "./validate.ts";

function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof GoogleError) return error.message;
    throw error;
  }
  return "accepted";
}

describeWithDocuments("request bodies", (dir) => {
  const discovery = new Discovery(dir);
  const document = (service: string, version: string): Document => {
    const found = discovery.documents(service).find((one) => one.version === version);
    assert.ok(found);
    return found;
  };
  const kms = (schema: string, body: Json) => readMessage(document("cloudkms", "v1"), schema, body, "caller");

  it("may name a field in camelCase or in snake_case", () => {
    const template = { algorithm: "EC_SIGN_P256_SHA256" };
    const read = { purpose: "ASYMMETRIC_SIGN", versionTemplate: template };
    assert.deepEqual(kms("CryptoKey", { purpose: "ASYMMETRIC_SIGN", version_template: template }), read);
    assert.deepEqual(kms("CryptoKey", read), read);
  });

  it("may write bytes in either alphabet of base64, and 64-bit numbers as text or number", () => {
    assert.deepEqual(kms("AsymmetricSignRequest", { data: "-_8", digestCrc32c: 7 }), {
      data: "+/8=",
      digestCrc32c: "7",
    });
  });

  it("lose null, default values, and what only the service sets", () => {
    const body = {
      purpose: null,
      importOnly: false,
      name: "mine",
      createTime: "2020-01-01T00:00:00Z",
      labels: { a: "" },
    };
    assert.deepEqual(kms("CryptoKey", body), { labels: { a: "" } });
  });

  it("are refused in Google's words for an unknown field, by its path", () => {
    assert.equal(
      refusal(() => kms("CryptoKey", { colour: "red" })),
      'Invalid JSON payload received. Unknown name "colour": Cannot find field.',
    );
    assert.equal(
      refusal(() => kms("CryptoKey", { versionTemplate: { size: 1 } })),
      `Invalid JSON payload received. Unknown name "size" at 'versionTemplate': Cannot find field.`,
    );
  });

  for (const [what, schema, body] of [
    ["a number for a text", "Policy", { bindings: [{ role: 5 }] }],
    ["a value that the enumeration lacks", "CryptoKey", { purpose: "SINGING" }],
    ["a text for a message", "CryptoKey", { versionTemplate: "EC" }],
    ["a message for a list", "Policy", { bindings: { role: "r" } }],
    ["a text for a truth value", "CryptoKey", { importOnly: "yes" }],
    ["a fraction for a whole number", "Policy", { version: 1.5 }],
    ["a time that is none", "CryptoKey", { nextRotationTime: "tomorrow" }],
    ["a duration without unit", "CryptoKey", { rotationPeriod: "10" }],
    ["bytes that are not base64", "AsymmetricSignRequest", { data: "é" }],
    ["a 64-bit number that is none", "AsymmetricSignRequest", { digestCrc32c: "many" }],
    ["a list for the whole", "CryptoKey", []],
  ] as const satisfies readonly (readonly [string, string, Json])[]) {
    it(`are refused for ${what}`, () => {
      assert.match(
        refusal(() => kms(schema, body)),
        /^Invalid (value at|JSON payload)/,
      );
    });
  }

  it("are read or refused whatever they hold, and reading twice changes nothing", () => {
    const value = fc.letrec<{ json: Json }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<Json>(null, "ASYMMETRIC_SIGN", "2592000s", "AAAA", "7"),
        fc.boolean(),
        fc.integer(),
        fc.string(),
        fc.array(tie("json"), { maxLength: 3 }),
        fc.dictionary(fc.oneof(names, fc.string()), tie("json"), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).json;
    fc.assert(
      fc.property(
        fc.constantFrom("CryptoKey", "SetIamPolicyRequest", "AsymmetricSignRequest"),
        value,
        (schema, body) => {
          if (refusal(() => kms(schema, body)) !== "accepted") return;
          const once = kms(schema, body);
          assert.deepEqual(kms(schema, once), once);
        },
      ),
    );
  });

  it("are refused for every name that objects inherit", () => {
    for (const name of ["toString", "constructor", "__proto__", "hasOwnProperty"]) {
      const body = JSON.parse(`{"${name}": {}}`) as Json;
      assert.match(
        refusal(() => kms("CryptoKey", body)),
        /Unknown name/,
      );
    }
  });
});

const names = fc.constantFrom(
  "purpose",
  "versionTemplate",
  "version_template",
  "labels",
  "algorithm",
  "policy",
  "bindings",
  "role",
  "members",
  "digest",
  "sha256",
  "data",
  "updateMask",
);
