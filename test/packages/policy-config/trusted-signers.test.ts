import assert from "node:assert/strict";
import fc from "fast-check";
import { covers, exempts } from "../../../packages/policy-config/image-allow-list.ts";
import { keyFault } from "../../../packages/policy-config/trusted-signers.ts";
import { readTrust, type Trust } from "../../../packages/policy-config/trust-schema.ts";
import { UNKNOWN } from "../../../packages/stack-model/property-value.ts";
import { ATTESTOR_NAME, NOTE_NAME } from "../../policy-pack/resources.ts";
import { rsaKey, signer } from "../../policy-pack/signing-keys.ts";

const key = signer("//kms/key/1");
const pinned = { name: ATTESTOR_NAME, note: NOTE_NAME, publicKeys: [{ id: key.id, pem: key.pem }] };
const faults = (parameters: unknown) => {
  const read = readTrust(parameters);
  return "faults" in read ? read.faults : [];
};

describe("the parameters of the policy trust", () => {
  it("may pin attestors with keys, signers, unattested images and the enforcement levels, or any of them", () => {
    const all = {
      enforcementLevels: "fixed",
      attestors: [pinned, { name: ATTESTOR_NAME, publicKeys: [{ id: key.id }] }],
      signers: ["serviceAccount:signer@project.iam.gserviceaccount.com"],
      unattestedImages: ["quay.io/cilium/*"],
    };
    assert.deepEqual(readTrust(all), { trust: all });
    assert.deepEqual(readTrust({}), { trust: {} });
  });

  it("are refused with the field, and with the nearest name where there is no such field", () => {
    assert.deepEqual(faults({ signer: [] }), ["signer: there is no such field. Did you mean signers?"]);
    assert.deepEqual(faults({ attestors: [{ ...pinned, notes: "" }] }), [
      "attestors[0].notes: there is no such field. Did you mean note?",
    ]);
    assert.deepEqual(faults({ attestors: [{ name: "attestor", publicKeys: [] }] }), [
      "attestors[0].name: has to be projects/PROJECT/attestors/ID",
      "attestors[0].publicKeys: has to hold at least one key",
    ]);
    assert.deepEqual(faults({ attestors: [{ ...pinned, publicKeys: [{ id: "k", pem: rsaKey() }] }] }), [
      "attestors[0].publicKeys[0].pem: is rsa: an attestor's key is elliptic, P-256 or stronger (P-384, P-521)",
    ]);
    assert.deepEqual(faults({ signers: ["signer@example.com"] }), [
      "signers[0]: has to be an IAM member, serviceAccount:EMAIL for example",
    ]);
  });

  it("are read, or refused with a reason, whatever they are", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const read = readTrust(value);
        assert.ok("trust" in read || (read.faults.length > 0 && read.faults.every((fault) => fault !== "")));
      }),
    );
  });
});

describe("a key of an attestor whose keys are pinned", () => {
  const trust = (publicKeys: NonNullable<Trust["attestors"]>[number]["publicKeys"]): Trust => ({
    attestors: [{ name: ATTESTOR_NAME, publicKeys }],
  });
  const byPem = trust([{ id: key.id, pem: key.pem }]);
  const byId = trust([{ id: key.id }]);
  const other = signer("//kms/key/2");

  it("passes where id and public key are the pinned ones, however its PEM is broken into lines", () => {
    for (const pem of [key.pem, key.pem.trimEnd(), key.pem.replaceAll("\n", "\r\n")])
      assert.equal(keyFault(byPem, ATTESTOR_NAME, { id: key.id, pem }), undefined);
    assert.equal(keyFault(byPem, ATTESTOR_NAME, { id: undefined, pem: key.pem }), undefined);
  });

  it("passes by its id alone where the pin has no public key", () => {
    assert.equal(keyFault(byId, ATTESTOR_NAME, { id: key.id, pem: other.pem }), undefined);
    assert.notEqual(keyFault(byId, ATTESTOR_NAME, { id: undefined, pem: other.pem }), undefined);
  });

  it("passes while the update still has to make it", () => {
    assert.equal(keyFault(byPem, ATTESTOR_NAME, { id: key.id, pem: UNKNOWN }), undefined);
    assert.equal(keyFault(byId, ATTESTOR_NAME, { id: UNKNOWN, pem: UNKNOWN }), undefined);
  });

  it("is refused with both ids where another key is pinned", () => {
    assert.equal(
      keyFault(byPem, ATTESTOR_NAME, other),
      `the key ${other.id} of the attestor ${ATTESTOR_NAME} is not pinned: the pack's configuration pins ${key.id}`,
    );
  });

  it("is refused with both public keys where it only has the pinned id", () => {
    const fault = keyFault(byPem, ATTESTOR_NAME, { id: key.id, pem: other.pem }) ?? "";
    assert.match(
      fault,
      /^the key \/\/kms\/key\/1 of the attestor .* has another public key than the pinned one: ni:/,
    );
    assert.equal(fault.match(/ni:\/\/\/sha-256;[\w-]{43}/g)?.length, 2);
    assert.match(
      keyFault(byPem, ATTESTOR_NAME, { id: UNKNOWN, pem: other.pem }) ?? "",
      /\(its id is not known before the update\)/,
    );
    assert.match(
      keyFault(byPem, ATTESTOR_NAME, { id: key.id, pem: "no key" }) ?? "",
      /a text that is not a public key/,
    );
  });
});

describe("a pattern of images that covers another", () => {
  const segment = fc.stringMatching(/^[a-z]{1,2}$/);
  const image = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
  const pattern = fc.tuple(image, fc.constantFrom("", "*", "/*", "**", "/**")).map((parts) => parts.join(""));

  it("exempts every image that the other exempts", () => {
    fc.assert(
      fc.property(pattern, pattern, image, (one, other, named) => {
        if (covers(one, other) && exempts(other, named)) assert.ok(exempts(one, named));
      }),
      { numRuns: 5_000 },
    );
  });

  it("is found where both are what people write", () => {
    for (const [one, other] of [
      ["quay.io/cilium/*", "quay.io/cilium/cilium@sha256:1"],
      ["quay.io/cilium/*", "quay.io/cilium/cil*"],
      ["quay.io/cilium/**", "quay.io/cilium/a/**"],
      ["quay.io/cilium/a", "quay.io/cilium/a"],
    ] as const)
      assert.ok(covers(one, other), `${one} ${other}`);
    for (const [one, other] of [
      ["quay.io/cilium/*", "quay.io/cilium/**"],
      ["quay.io/cilium/*", "quay.io/cilium/a/b"],
      ["quay.io/cilium/a", "quay.io/cilium/*"],
      ["quay.io/cilium/*", "quay.io/*"],
    ] as const)
      assert.ok(!covers(one, other), `${one} ${other}`);
  });
});
