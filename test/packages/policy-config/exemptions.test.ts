import assert from "node:assert/strict";
import fc from "fast-check";
import { Exemptions, exemptionsFaults } from "../../../packages/policy-config/exemptions.ts";
import { guardrails } from "../../../policy-pack/list.ts";

const URN = "urn:pulumi:prod::fhir::gcp:container/cluster:Cluster::cluster";
const GIVEN = {
  policy: "cluster-nodes-private",
  urn: URN,
  owner: "platform team",
  reason: "moved in the third quarter",
  expires: "2026-06-30",
};
const faults = (...exempt: readonly object[]) => exemptionsFaults({ exempt }, guardrails);
const at = (time: string, ...given: readonly Partial<typeof GIVEN>[]) =>
  new Exemptions(
    given.map((one) => ({ ...GIVEN, ...one })),
    new Date(time),
  );
const JUNE = "2026-06-15T00:00:00Z";
const CALLED = `the exemption exempt[0] from cluster-nodes-private for ${URN} (owner: platform team)`;

describe("the parameters of the policy exemptions", () => {
  it("are taken with policy, URN pattern, owner, reason and day", () => {
    assert.deepEqual(faults(GIVEN), []);
    assert.deepEqual(exemptionsFaults({}, guardrails), []);
  });

  it("are refused with the field that is missing, unknown or malformed, and what would be right", () => {
    const ownerless = { ...GIVEN, owner: undefined };
    const cases: readonly (readonly [object, RegExp])[] = [
      [ownerless, /^exempt\[0\]\.owner: /],
      [
        { ...GIVEN, until: "2026-06-30" },
        /^exempt\[0\]\.until: there is no such field\. Did you mean urn\?$/,
      ],
      [{ ...GIVEN, expires: "30.6.2026" }, /^exempt\[0\]\.expires: has to be a day, YYYY-MM-DD$/],
      [{ ...GIVEN, expires: "2026-02-30" }, /^exempt\[0\]\.expires: has to be a day/],
      [{ ...GIVEN, owner: " " }, /^exempt\[0\]\.owner: has to be one line of text$/],
      [{ ...GIVEN, reason: "a\nb" }, /^exempt\[0\]\.reason: has to be one line of text$/],
      [{ ...GIVEN, urn: "*" }, /^exempt\[0\]\.urn: has to be urn:pulumi:STACK::PROJECT::TYPE::NAME/],
      [
        { ...GIVEN, policy: "cluster-node-private" },
        /^exempt\[0\]\.policy: there is no policy cluster-node-private\. Did you mean cluster-nodes-private\?$/,
      ],
    ];
    for (const [given, wanted] of cases) {
      const [fault = "", ...others] = faults(given);
      assert.match(fault, wanted);
      assert.deepEqual(others, []);
    }
    assert.deepEqual(exemptionsFaults({ exemptions: [] }, guardrails), [
      "exemptions: there is no such field. Did you mean exempt?",
    ]);
  });

  it("are refused for policies that allow no exemptions: the pins, and those on exemptions themselves", () => {
    for (const policy of [
      "trust",
      "attestors-pinned",
      "declaration-present",
      "exemptions",
      "exemptions-used",
      "declarations-trusted",
    ])
      assert.deepEqual(faults({ ...GIVEN, policy }), [`exempt[0].policy: ${policy} allows no exemptions`]);
  });

  it("are refused under any name that objects inherit", () => {
    const hostile = fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty", "valueOf");
    fc.assert(
      fc.property(hostile, (name) => {
        const extra = JSON.parse(`{ ${JSON.stringify(name)}: [] }`) as object;
        assert.equal(exemptionsFaults(extra, guardrails).length, 1);
        assert.equal(
          faults(Object.assign(JSON.parse(JSON.stringify(GIVEN)) as object, { policy: name })).length,
          1,
        );
      }),
    );
  });
});

describe("an exemption", () => {
  it("is in force until the end of its last day in UTC, for its policy and the URNs that its pattern matches", () => {
    const found = (time: string, policy = GIVEN.policy, urn = URN) => at(time, {}).use(policy, urn)?.owner;
    assert.equal(found(JUNE), "platform team");
    assert.equal(found("2026-06-30T23:59:59.999Z"), "platform team");
    assert.equal(found("2026-07-01T00:00:00Z"), undefined);
    assert.equal(found(JUNE, "control-plane-not-public"), undefined);
    assert.equal(found(JUNE, GIVEN.policy, `${URN}-2`), undefined);
  });

  it("is a violation once it has expired, whatever it matches", () => {
    assert.deepEqual(at(JUNE, {}).faults(), []);
    const expired = at("2026-07-01T00:00:00Z", {});
    assert.deepEqual(expired.faults(), [
      `${CALLED} expired on 2026-06-30: take it out, or have its owner renew it`,
    ]);
    assert.deepEqual(expired.faultsAtEnd(new Map()), []);
  });

  it("is a violation where it is over-broad by its pattern", () => {
    const urn = "urn:pulumi:*::*::*::*";
    assert.deepEqual(at(JUNE, { urn }).faults(), [
      `${CALLED.replace(URN, urn)} is over-broad: its URN pattern names no type`,
    ]);
  });

  it("is a violation where it was used for nothing, and none where it was used", () => {
    const used = at(JUNE, {});
    assert.deepEqual(used.faultsAtEnd(new Map()), [
      `${CALLED} is unused: take it out, no violation matches it`,
    ]);
    used.use(GIVEN.policy, URN);
    assert.deepEqual(used.faultsAtEnd(new Map([["gcp:container/cluster:Cluster", [URN]]])), []);
  });

  it("is a violation where its wildcard matches all resources of a type, and none where one is left", () => {
    const urn = "urn:pulumi:prod::fhir::gcp:container/cluster:Cluster::cluster*";
    const matching = (urns: readonly string[]) => {
      const exemptions = at(JUNE, { urn });
      exemptions.use(GIVEN.policy, URN);
      return exemptions.faultsAtEnd(new Map([["gcp:container/cluster:Cluster", urns]]));
    };
    assert.deepEqual(matching([URN, `${URN}-2`]), [
      `${CALLED.replace(URN, urn)} is over-broad: its URN pattern matches all 2 resources of the type gcp:container/cluster:Cluster`,
    ]);
    assert.deepEqual(matching([URN]), []);
    assert.deepEqual(matching([URN, URN.replace(/cluster$/, "other")]), []);
  });
});
