import fc from "fast-check";
import assert from "node:assert/strict";
import { textAt } from "../json.ts";
import { Provider } from "./provider.ts";
import type { Evidence } from "./schema.ts";
import { RESOURCE_TYPES } from "./types/index.ts";
import { recordedSessions } from "./recordings.ts";

const KEY_RING = "gcp:kms/keyRing:KeyRing";
const CRYPTO_KEY = "gcp:kms/cryptoKey:CryptoKey";
const NAMING = { name: "ring", seed: new Uint8Array([1]) };
const RING = { location: "us-central1", name: "ring", project: "demo-kms" };

function provider(args = {}): Provider {
  const made = new Provider("token");
  made.configure(args);
  return made;
}

describe("the stand-in for the gcp plugin, in what was not recorded", () => {
  it("refuses a resource type and a function that it does not know, by their names", async () => {
    const unknown = "gcp:sql/databaseInstance:DatabaseInstance";
    assert.throws(
      () => provider().check(unknown, {}, {}, NAMING),
      /no resource type gcp:sql\/databaseInstance/,
    );
    await assert.rejects(
      provider().invoke("gcp:kms/getKey:getKey", {}),
      /no function gcp:kms\/getKey:getKey/,
    );
  });

  it("refuses to create what it only previews", async () => {
    await assert.rejects(
      provider().create("gcp:compute/network:Network", { name: "net", project: "demo" }),
      /only previews gcp:compute\/network:Network: to create, read, update or delete it, install the plugin itself/,
    );
  });

  it("speaks to a simulated Google on this machine, and to no other", async () => {
    const addresses = [
      undefined,
      "https://cloudkms.googleapis.com/v1/",
      "http://127.0.0.1.example.com/",
      "none",
    ];
    for (const kmsCustomEndpoint of addresses) {
      const args = kmsCustomEndpoint === undefined ? {} : { kmsCustomEndpoint };
      await assert.rejects(
        provider(args).create(KEY_RING, RING),
        /kmsCustomEndpoint is .*speaks to a simulated Google on this machine only/,
      );
    }
  });

  it("finds a missing and an unknown input, also within a block", () => {
    const news = { keyRing: "r", colour: "red", versionTemplate: { protectionLevel: "HSM" } };
    const { failures } = provider().check(CRYPTO_KEY, news, {}, NAMING);
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["colour", "versionTemplate.algorithm"],
    );
  });

  it("gives a name where the program gives none, keeps it, and gives the one that the engine proposes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (seed) => {
        const naming = { name: "ring", seed };
        const given = { location: "us-central1" };
        const first = provider().check(KEY_RING, given, {}, naming).inputs;
        assert.match(textAt(first, "name") ?? "", /^ring-[0-9a-f]{7}$/);
        assert.deepEqual(first.__defaults, ["name"]);
        assert.deepEqual(provider().check(KEY_RING, given, {}, naming).inputs, first);
        assert.deepEqual(provider().check(KEY_RING, given, first, NAMING).inputs, first);
        const { inputs } = provider().check(KEY_RING, given, {}, { ...naming, proposed: "proposed" });
        assert.equal(inputs.name, "proposed");
      }),
    );
  });

  it("replaces a resource for each field that cannot change, and first deletes one that keeps its name", () => {
    const found = provider().diff(KEY_RING, { ...RING, id: "id" }, { ...RING, location: "europe-west1" });
    assert.deepEqual(found.changes, [{ path: "location", kind: "update", replaces: true }]);
    assert.equal(found.deleteBeforeReplace, true);
    const renamed = provider().diff(KEY_RING, { ...RING, id: "id" }, { ...RING, name: "other" });
    assert.equal(renamed.deleteBeforeReplace, false);
  });

  it("finds no difference between a plan and itself, whatever the resource type", () => {
    for (const { calls } of recordedSessions(undefined)) {
      for (const { method, request, response } of calls) {
        if (method !== "Create" || request.preview === true) continue;
        const [inputs, { properties }] = [request.properties, response] as [object, { properties: object }];
        const type = textAt(request, "type") ?? "";
        const { changes } = provider().diff(type, { ...properties }, { ...inputs });
        assert.deepEqual(changes, [], type);
      }
    }
  });

  it("keeps a resource whose deletion policy is to abandon it, and refuses where it is to prevent that", async () => {
    await provider().delete(CRYPTO_KEY, "id", { deletionPolicy: "ABANDON" });
    await assert.rejects(
      provider().delete(CRYPTO_KEY, "id", { deletionPolicy: "PREVENT" }),
      /cannot destroy id: its deletionPolicy is PREVENT/,
    );
  });

  it("uses the provider's project where the program gives none", () => {
    const { name, location } = RING;
    const { project } = provider({ project: "theirs" }).previewCreate(KEY_RING, { name, location });
    assert.equal(project, "theirs");
  });
});

describe("the evidence of the stand-in for the gcp plugin", () => {
  const calls = recordedSessions(undefined).flatMap(({ calls: some }) => some);
  const isRecorded = (token: string, method: string) =>
    calls.some(({ method: called, request }) => called === method && request.type === token);

  for (const { token, evidence, lifecycle } of Object.values(RESOURCE_TYPES)) {
    it(`cites a recording or a page for ${token}`, () => {
      const behind = (behaviour: Evidence | undefined, method: string) => {
        if (behaviour === "recorded") assert.ok(isRecorded(token, method), method);
        else if (behaviour !== undefined) assert.match(behaviour.assumed, /^https:\/\//);
      };
      behind(evidence.plan, "Check");
      behind(evidence.replaces, "Diff");
      behind(evidence.lifecycle, "Create");
      assert.equal(evidence.lifecycle === undefined, lifecycle === undefined);
    });
  }
});
