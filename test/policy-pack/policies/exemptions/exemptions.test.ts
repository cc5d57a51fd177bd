import assert from "node:assert/strict";
import { type Configuration, UNCONFIGURED } from "../../../../packages/policy-config/configuration.ts";
import { Exemptions } from "../../../../packages/policy-config/exemptions.ts";
import { STACK } from "../../../../packages/stack-model/type-tokens.ts";
import { guardrails } from "../../../../policy-pack/list.ts";
import { exemptions, exemptionsUsed } from "../../../../policy-pack/policies/exemptions/exemptions.ts";
import { configured } from "../../judge.ts";
import { cluster, resource } from "../../resources.ts";

const stack = resource(STACK, {}, { name: "stack" });
const open = cluster({}, "open");
const GIVEN = {
  policy: "cluster-nodes-private",
  urn: open.urn,
  owner: "platform team",
  reason: "moved later",
  expires: "2026-06-30",
};
const exempting = (given: Partial<typeof GIVEN>, time = "2026-06-15T00:00:00Z"): Configuration => ({
  ...UNCONFIGURED,
  exemptions: new Exemptions([{ ...GIVEN, ...given }], new Date(time)),
});

describe("the guardrail on exemptions", () => {
  it("passes without any, and with one in force that names a resource", () => {
    assert.deepEqual(configured(UNCONFIGURED, exemptions, stack), []);
    assert.deepEqual(configured(exempting({}), exemptions, stack), []);
  });

  it("fails on the day after the last one, and where an exemption names no resource", () => {
    const [expired = ""] = configured(exempting({}, "2026-07-01T00:00:00Z"), exemptions, stack);
    assert.match(
      expired,
      /^stack: the exemption exempt\[0\] from cluster-nodes-private .* expired on 2026-06-30: /,
    );
    const [broad = ""] = configured(exempting({ urn: "urn:pulumi:*::*::a:b:C::*" }), exemptions, stack);
    assert.match(broad, /is over-broad: its URN pattern names no resource$/);
  });
});

describe("the guardrail on the use of exemptions", () => {
  it("passes where each was used, and fails for an unused one", () => {
    const used = exempting({});
    used.exemptions.use(GIVEN.policy, open.urn);
    assert.deepEqual(configured(used, exemptionsUsed, stack, open), []);
    assert.match(configured(exempting({}), exemptionsUsed, stack, open)[0] ?? "", / is unused: /);
  });

  it("fails where a wildcard matches all clusters of the stack", () => {
    const urn = open.urn.replace(/open$/, "o*");
    const used = exempting({ urn });
    used.exemptions.use(GIVEN.policy, open.urn);
    const [fault = "", ...others] = configured(used, exemptionsUsed, open, cluster({}, "other"));
    assert.match(fault, /matches all 2 resources of the type gcp:container\/cluster:Cluster$/);
    assert.deepEqual(others, []);
    assert.deepEqual(configured(used, exemptionsUsed, open, cluster({}, "third")), []);
  });

  it("is the last of the pack, when all violations are known", () => {
    assert.equal(guardrails.at(-1), exemptionsUsed);
  });
});
