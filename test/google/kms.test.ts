import fc from "fast-check";
import assert from "node:assert/strict";
import { createHash, verify } from "node:crypto";
import { type Ask, askerOf, type Reply } from "./client.ts";
import { describeWithDocuments } from "./documents.ts";
import { type Google, startGoogle } from "./index.ts";
import { type JsonObject, textAt } from "./json.ts";
import { checksum } from "./signing.ts";

const RINGS = "cloudkms/v1/projects/demo-kms/locations/us-central1/keyRings";
const KEYS = `${RINGS}/ring/cryptoKeys`;
const VERSION = `${KEYS}/key/cryptoKeyVersions/1`;
const SIGN = { purpose: "ASYMMETRIC_SIGN", versionTemplate: { algorithm: "EC_SIGN_P256_SHA256" } };

const sha256 = (payload: Uint8Array) => createHash("sha256").update(payload).digest();
const bytes = (text: string | undefined) => Buffer.from(text ?? "", "base64");

describe("CRC-32C", () => {
  it("gives the checksums of RFC 3720, not those of CRC-32", () => {
    assert.equal(checksum(Buffer.from("123456789")), String(0xe3069283));
    assert.equal(checksum(Buffer.alloc(32)), String(0x8a9136aa));
  });
});

describeWithDocuments("The simulated Cloud KMS", (discoveryDir) => {
  let google: Google;
  let ask: Ask;
  const sign = (payload: Uint8Array, more: JsonObject = {}): Promise<Reply> =>
    ask(`POST ${VERSION}:asymmetricSign`, {
      digest: { sha256: sha256(payload).toString("base64") },
      ...more,
    });
  const publicKey = async () => textAt((await ask(`GET ${VERSION}/publicKey`)).body, "pem") ?? "";

  before(async () => {
    google = await startGoogle({
      discoveryDir,
      projects: [{ projectId: "demo-kms", services: ["cloudkms.googleapis.com"] }],
    });
    ask = askerOf(google);
    await ask(`POST ${RINGS}?keyRingId=ring`, {});
    await ask(`POST ${KEYS}?cryptoKeyId=key`, SIGN);
  });
  after(() => google.stop());

  it("creates version 1 with the key, of the template's algorithm and in software by default", async () => {
    const { body } = await ask(`GET ${VERSION}`);
    assert.deepEqual(
      [body.state, body.algorithm, body.protectionLevel],
      ["ENABLED", "EC_SIGN_P256_SHA256", "SOFTWARE"],
    );
    assert.equal((await ask(`GET ${KEYS}/key`)).body.primary, undefined);
  });

  it("creates no version where the request skips it, and a primary version of keys that encrypt", async () => {
    await ask(`POST ${KEYS}?cryptoKeyId=empty&skipInitialVersionCreation=true`, SIGN);
    assert.deepEqual((await ask(`GET ${KEYS}/empty/cryptoKeyVersions`)).body, {});
    const { body } = await ask(`POST ${KEYS}?cryptoKeyId=disk`, { purpose: "ENCRYPT_DECRYPT" });
    assert.equal(
      textAt(body.primary as JsonObject, "name"),
      `${textAt(body, "name") ?? ""}/cryptoKeyVersions/1`,
    );
  });

  it("rejects a key without purpose, with an algorithm of another purpose, and in a key ring that does not exist", async () => {
    assert.match(
      (await ask(`POST ${KEYS}?cryptoKeyId=x`, {})).refusal,
      /^INVALID_ARGUMENT: .* purpose is required/,
    );
    const unfit = { purpose: "ENCRYPT_DECRYPT", versionTemplate: SIGN.versionTemplate };
    assert.match(
      (await ask(`POST ${KEYS}?cryptoKeyId=x`, unfit)).refusal,
      /^INVALID_ARGUMENT: The algorithm/,
    );
    assert.equal((await ask(`POST ${RINGS}/other/cryptoKeys?cryptoKeyId=x`, SIGN)).code, 404);
  });

  it("does not change a key's purpose", async () => {
    const { refusal } = await ask(`PATCH ${KEYS}/key?updateMask=purpose`, { purpose: "MAC" });
    assert.equal(refusal, "INVALID_ARGUMENT: The field purpose is immutable.");
  });

  it("returns the public key with its checksum", async () => {
    const { body } = await ask(`GET ${VERSION}/publicKey`);
    assert.match(textAt(body, "pem") ?? "", /^-----BEGIN PUBLIC KEY-----\n/);
    assert.equal(body.pemCrc32c, checksum(Buffer.from(textAt(body, "pem") ?? "")));
    assert.equal(`cloudkms/v1/${textAt(body, "name") ?? ""}`, VERSION);
  });

  it("signs any payload's digest so that the payload verifies, and no other does", async () => {
    const pem = await publicKey();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (payload) => {
        const digestCrc32c = checksum(sha256(payload));
        const { body } = await sign(payload, { digestCrc32c });
        const signature = bytes(textAt(body, "signature"));
        assert.ok(verify("sha256", payload, pem, signature));
        assert.ok(!verify("sha256", Buffer.concat([payload, Buffer.of(0)]), pem, signature));
        assert.equal(body.signatureCrc32c, checksum(signature));
        assert.equal(body.verifiedDigestCrc32c, true);
      }),
      { numRuns: 25 },
    );
  });

  it("signs data as well as its digest, and never twice the same", async () => {
    const payload = Buffer.from("payload");
    const replies = [
      await sign(payload),
      await ask(`POST ${VERSION}:asymmetricSign`, {
        data: payload.toString("base64"),
        dataCrc32c: checksum(payload),
      }),
    ];
    const signatures = replies.map(({ body }) => textAt(body, "signature"));
    assert.notEqual(signatures[0], signatures[1]);
    for (const signature of signatures)
      assert.ok(verify("sha256", payload, await publicKey(), bytes(signature)));
    assert.deepEqual(
      replies.map(({ body }) => body.verifiedDataCrc32c),
      [undefined, true],
    );
  });

  it("rejects a digest whose checksum or length is wrong", async () => {
    assert.match(
      (await sign(Buffer.from("a"), { digestCrc32c: "1" })).refusal,
      /^INVALID_ARGUMENT: The checksum/,
    );
    const short = await ask(`POST ${VERSION}:asymmetricSign`, { digest: { sha256: "AAAA" } });
    assert.match(short.refusal, /^INVALID_ARGUMENT: Expected a digest of 32 bytes, not of 3/);
    assert.match((await ask(`POST ${VERSION}:asymmetricSign`, {})).refusal, /^INVALID_ARGUMENT: Give either/);
  });

  it("spoils one signature where a test asks for it, with a checksum that fits or one that tells", async () => {
    const payload = Buffer.from("payload");
    for (const [spoiling, fits] of [
      ["signature", true],
      ["transport", false],
    ] as const) {
      google.spoilSignature(spoiling);
      const { body } = await sign(payload);
      const signature = bytes(textAt(body, "signature"));
      assert.equal(verify("sha256", payload, await publicKey(), signature), false);
      assert.equal(body.signatureCrc32c === checksum(signature), fits);
      const next = await sign(payload);
      assert.ok(verify("sha256", payload, await publicKey(), bytes(textAt(next.body, "signature"))));
    }
  });

  it("signs with P-384 too", async () => {
    await ask(`POST ${KEYS}?cryptoKeyId=p384`, {
      purpose: "ASYMMETRIC_SIGN",
      versionTemplate: { algorithm: "EC_SIGN_P384_SHA384" },
    });
    const version = `${KEYS}/p384/cryptoKeyVersions/1`;
    const payload = Buffer.from("payload");
    const digest = { sha384: createHash("sha384").update(payload).digest("base64") };
    const { body } = await ask(`POST ${version}:asymmetricSign`, { digest });
    const pem = textAt((await ask(`GET ${version}/publicKey`)).body, "pem") ?? "";
    assert.ok(verify("sha384", payload, pem, bytes(textAt(body, "signature"))));
  });

  it("does not sign with a version scheduled for destruction, until it is restored and enabled", async () => {
    await ask(`POST ${KEYS}?cryptoKeyId=gone`, SIGN);
    const version = `${KEYS}/gone/cryptoKeyVersions/1`;
    const digest = { sha256: sha256(Buffer.of()).toString("base64") };
    const destroyed = await ask(`POST ${version}:destroy`, {});
    assert.equal(destroyed.body.state, "DESTROY_SCHEDULED");
    assert.ok(Date.parse(textAt(destroyed.body, "destroyTime") ?? "") > Date.now());
    assert.match(
      (await ask(`POST ${version}:asymmetricSign`, { digest })).refusal,
      /^FAILED_PRECONDITION: .* DESTROY_SCHEDULED/,
    );
    assert.match((await ask(`POST ${version}:destroy`, {})).refusal, /^FAILED_PRECONDITION/);
    assert.equal((await ask(`POST ${version}:restore`, {})).body.state, "DISABLED");
    await ask(`PATCH ${version}?updateMask=state`, { state: "ENABLED" });
    assert.equal((await ask(`POST ${version}:asymmetricSign`, { digest })).code, 200);
  });
});
