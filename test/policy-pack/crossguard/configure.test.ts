import assert from "node:assert/strict";
import { ATTESTOR, CLUSTER, ROOT, STACK } from "../../../packages/stack-model/type-tokens.ts";
import { PolicyHost, type Setting, type Shown, UNKNOWN_LIST } from "../host.ts";
import { ATTESTOR_NAME } from "../resources.ts";
import { signer } from "../signing-keys.ts";

const key = signer("//kms/key/1");
const PINS = { attestors: [{ name: ATTESTOR_NAME, publicKeys: [{ id: key.id, pem: key.pem }] }] };
const SHOWN_STACK: Shown = { type: STACK, name: "policy-test", props: {} };
const OWN: Shown = {
  type: ATTESTOR,
  name: "own",
  props: {
    project: "evil-project",
    name: "own",
    attestationAuthorityNote: {
      noteReference: "n",
      publicKeys: [
        { id: "own", pkixPublicKey: { publicKeyPem: key.pem, signatureAlgorithm: "ECDSA_P256_SHA256" } },
      ],
    },
  },
};
const OPEN: Shown = { type: CLUSTER, name: "open", props: { workloadIdentityConfig: { workloadPool: "p" } } };

describe("the pack's configuration in Pulumi's policy host", function () {
  this.timeout(30_000);
  let host: PolicyHost;
  before(async () => (host = await PolicyHost.start()));
  after(() => host.stop());

  const found = async (given: Readonly<Record<string, Setting>>, shown: Shown) => {
    await host.configure(given);
    return (await host.analyze(shown)).map(({ policy, enforcement }) => `${policy} ${enforcement}`);
  };

  it("applies to every policy, although it is set under trust", async () => {
    assert.deepEqual(await found({}, OWN), []);
    assert.deepEqual(await found({ trust: PINS }, OWN), ["attestors-pinned mandatory"]);
  });

  it("applies until the next configuration", async () => {
    await host.configure({ trust: PINS });
    assert.deepEqual(await found({}, OWN), []);
  });

  it("keeps the policies that check pins mandatory where values of the program are not known yet", async () => {
    const root: Shown = { type: ROOT, name: "root", props: { attestors: UNKNOWN_LIST } };
    assert.ok((await found({ trust: PINS }, root)).includes("trust mandatory"));
  });

  it("lowers a policy's enforcement level, as Pulumi documents it", async () => {
    const own = await found({}, OPEN);
    assert.ok(own.length > 2 && own.every((one) => one.endsWith(" mandatory")));
    assert.ok(
      (await found({ "cluster-nodes-private": { enforcementLevel: "advisory" } }, OPEN)).includes(
        "cluster-nodes-private advisory",
      ),
    );
    assert.deepEqual(await found({ all: { enforcementLevel: "disabled" } }, OPEN), []);
  });

  it("lowers no enforcement level where it fixes the levels, and names the policies it would have lowered", async () => {
    const own = await found({}, OPEN);
    const trust = { enforcementLevels: "fixed" };
    const attempts: readonly Readonly<Record<string, Setting>>[] = [
      { trust, "cluster-nodes-private": { enforcementLevel: "advisory" } },
      { trust, all: { enforcementLevel: "disabled" } },
      {
        trust: { ...trust, enforcementLevel: "disabled" },
        "cluster-nodes-private": { enforcementLevel: "disabled" },
      },
    ];
    for (const attempt of attempts) {
      assert.deepEqual(await found(attempt, OPEN), own);
      assert.deepEqual(await found(attempt, SHOWN_STACK), ["trust mandatory"]);
    }
    assert.match(
      (await host.analyze(SHOWN_STACK))[0]?.message ?? "",
      /: trust, cluster-nodes-private from mandatory to disabled$/,
    );
  });

  it("passes where it fixes the levels and lowers none", async () => {
    assert.deepEqual(await found({ trust: { enforcementLevels: "fixed" } }, SHOWN_STACK), []);
    const raised = {
      trust: { enforcementLevels: "fixed" },
      "no-basic-roles": { enforcementLevel: "remediate" },
    } as const;
    assert.deepEqual(await found(raised, SHOWN_STACK), []);
  });

  it("fails where it names an unknown policy, parameter or field, and suggests the nearest name", async () => {
    const faults: readonly (readonly [Readonly<Record<string, Setting>>, RegExp])[] = [
      [{ trus: { enforcementLevel: "advisory" } }, /trus: there is no such policy\. Did you mean trust\?/],
      [
        { "no-basic-roles": { roles: [] } },
        /no-basic-roles: it has no parameter roles, only enforcementLevel/,
      ],
      [{ trust: { attestor: [] } }, /trust: attestor: there is no such field\. Did you mean attestors\?/],
    ];
    for (const [given, wanted] of faults) await assert.rejects(host.configure(given), wanted);
  });
});
