import assert from "node:assert/strict";
import { ATTESTOR, CLUSTER, ROOT, STACK } from "../../../packages/stack-model/type-tokens.ts";
import { PolicyHost, type Setting, type Shown, UNKNOWN_LIST, urnOf } from "../host.ts";
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

  const EXEMPT = {
    policy: "cluster-nodes-private",
    urn: urnOf(OPEN),
    owner: "platform team",
    reason: "moved later",
    expires: "2999-12-31",
  };
  const exempting = (given: Partial<typeof EXEMPT>) => ({
    exemptions: { exempt: [{ ...EXEMPT, ...given }] },
  });

  it("reports an exempted violation as an advisory one, with owner, reason and last day, and no other", async () => {
    const own = await found({}, OPEN);
    assert.deepEqual(
      await found(exempting({}), OPEN),
      own.map((one) => one.replace(/^(cluster-nodes-private) mandatory$/, "$1 advisory")),
    );
    const exempted = (await host.analyze(OPEN)).find(({ enforcement }) => enforcement === "advisory");
    assert.match(
      exempted?.message ?? "",
      /^Exempted until 2999-12-31 \(owner: platform team; reason: moved later\): privateClusterConfig/,
    );
    assert.deepEqual(await host.analyze(SHOWN_STACK), []);
  });

  it("exempts violations that a stack policy reports, of a resource and of the whole stack", async () => {
    const [resource, whole] = [urnOf(OPEN), urnOf(SHOWN_STACK)];
    const policy = "admission-policy-present";
    await host.configure(exempting({ policy, urn: resource }));
    const reported = (await host.analyzeStack(SHOWN_STACK, OPEN)).filter((one) => one.policy === policy);
    assert.deepEqual(
      reported.map(({ enforcement, urn }) => [enforcement, urn]),
      [["advisory", resource]],
    );
    await host.configure(exempting({ policy, urn: whole }));
    const unused = await host.analyzeStack(SHOWN_STACK, OPEN);
    assert.ok(unused.some((one) => one.policy === policy && one.enforcement === "mandatory"));
    assert.ok(unused.some((one) => one.policy === "exemptions-used" && one.message.includes(" is unused: ")));
  });

  it("reports expired, over-broad and unused exemptions as mandatory violations, at whatever level", async () => {
    const bad = exempting({ expires: "2000-01-01", urn: "urn:pulumi:*::*::*::*" });
    for (const given of [bad, { ...bad, all: { enforcementLevel: "disabled" } as const }]) {
      assert.deepEqual(await found(given, SHOWN_STACK), ["exemptions mandatory", "exemptions mandatory"]);
    }
    await host.configure({ ...exempting({}), all: { enforcementLevel: "disabled" } });
    assert.deepEqual(
      (await host.analyzeStack(SHOWN_STACK, OPEN)).map(
        ({ policy, enforcement }) => `${policy} ${enforcement}`,
      ),
      ["exemptions-used mandatory"],
    );
  });

  it("exempts nothing by an expired exemption, and forgets with each configuration what was exempted", async () => {
    const own = await found({}, OPEN);
    assert.deepEqual(await found(exempting({ expires: "2000-01-01" }), OPEN), own);
    await found(exempting({}), OPEN);
    await host.configure(exempting({}));
    assert.ok((await host.analyzeStack(SHOWN_STACK)).some((one) => one.policy === "exemptions-used"));
  });

  it("reports a stack that declares nothing, where it pins what a root component declares", async () => {
    const root: Shown = { type: ROOT, name: "root", props: { grants: [], fhirServers: [] } };
    const policies = async (...shown: readonly Shown[]) => {
      await host.configure({ trust: { grants: [] } });
      const reported = await host.analyzeStack(SHOWN_STACK, ...shown);
      return reported.map(({ policy, enforcement }) => `${policy} ${enforcement}`);
    };
    assert.ok((await policies()).includes("declaration-present mandatory"));
    assert.ok(!(await policies(root)).includes("declaration-present mandatory"));
  });

  it("evaluates only what it selects, and lists what it does not in one advisory line", async () => {
    const own = await found({}, OPEN);
    const selection = { minimumSeverity: "critical" };
    const selected = await found({ selection }, OPEN);
    assert.ok(selected.length > 0 && selected.length < own.length);
    assert.ok(selected.every((one) => own.includes(one)));
    const [listing, ...others] = await host.analyze(SHOWN_STACK);
    assert.deepEqual(others, []);
    assert.deepEqual([listing?.policy, listing?.enforcement], ["selection", "advisory"]);
    assert.match(listing?.message ?? "", /selects by minimumSeverity critical: .*workload-identity-on/);
    assert.deepEqual(await found({ selection, all: { enforcementLevel: "disabled" } }, SHOWN_STACK), [
      "selection advisory",
    ]);
    const fixed = { selection, trust: { enforcementLevels: "fixed" } };
    assert.deepEqual(await found(fixed, OPEN), own);
    assert.deepEqual(await found(fixed, SHOWN_STACK), ["trust mandatory"]);
    assert.match((await host.analyze(SHOWN_STACK))[0]?.message ?? "", /^guardrails are deselected, /);
  });

  it("fails where it names an unknown policy, parameter or field, and suggests the nearest name", async () => {
    const faults: readonly (readonly [Readonly<Record<string, Setting>>, RegExp])[] = [
      [{ trus: { enforcementLevel: "advisory" } }, /trus: there is no such policy\. Did you mean trust\?/],
      [
        { "no-basic-roles": { roles: [] } },
        /no-basic-roles: it has no parameter roles, only enforcementLevel/,
      ],
      [
        { exemptions: { exempt: [{ ...EXEMPT, policy: "trust" }] } },
        /exemptions: exempt\[0\]\.policy: trust allows no exemptions/,
      ],
      [
        { selection: { frameworks: ["CIS"] } },
        /selection: frameworks\[0\]: there is no framework CIS, only /,
      ],
      [
        { exemptions: { exempt: [{ ...EXEMPT, reason: "__proto__" }] } },
        /__proto__: there is no such policy or field/,
      ],
      [{ trust: { attestor: [] } }, /trust: attestor: there is no such field\. Did you mean attestors\?/],
    ];
    for (const [given, wanted] of faults) await assert.rejects(host.configure(given), wanted);
  });
});
