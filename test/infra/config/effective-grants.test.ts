import assert from "node:assert/strict";
import fc from "fast-check";
import { grantsApply, effectiveGrants, registrationGrant } from "../../../infra/config/effective-grants.ts";
import { changed, parsed, stack } from "../stacks.ts";

const kind = stack("kind");

const REGISTRATION = {
  org: "registration",
  resourceType: "Patient",
  id: "DarthVader",
  interactions: ["update"],
  server: "coruscanthealth",
};

describe("the grants in force", () => {
  it("are the stack's, and one for each record to the job that registers it", () => {
    const config = parsed(kind);
    assert.equal(config.grants.length, 2);
    assert.deepEqual(effectiveGrants(config), [...config.grants, REGISTRATION]);
  });

  it("are the jobs' alone where everything is denied and nothing granted", () => {
    assert.deepEqual(effectiveGrants(parsed(changed(kind, { grants: [] }))), [REGISTRATION]);
    const always = { grants: [], denyAll: false, "cilium.policyEnforcementMode": "always" };
    assert.deepEqual(effectiveGrants(parsed(changed(kind, always))), [REGISTRATION]);
  });

  it("are the jobs' as well where a grant alone closes the server to all others", () => {
    const config = parsed(changed(kind, { denyAll: false }));
    assert.deepEqual(effectiveGrants(config), [...config.grants, REGISTRATION]);
  });

  it("are none where nothing is denied, since a policy would be the first to deny", () => {
    assert.deepEqual(effectiveGrants(parsed(changed(kind, { grants: [], denyAll: false }))), []);
    const visible = { grants: [], denyAll: false, flowVisibility: true };
    assert.deepEqual(effectiveGrants(parsed(changed(kind, visible))), []);
  });

  it("are none in a stack without a FHIR server", () => {
    assert.deepEqual(effectiveGrants(parsed(stack("tutorial"))), []);
  });

  it("let a job change its own record and nothing else", () => {
    assert.deepEqual(
      registrationGrant({ resourceType: "Patient", id: "DarthVader" }, "coruscanthealth"),
      REGISTRATION,
    );
  });

  it("are none exactly where no grant is needed, whatever the stack says", () => {
    const anyGrants = fc.subarray(kind.grants as unknown[]);
    const modes = fc.constantFrom("default", "always");
    fc.assert(
      fc.property(anyGrants, fc.boolean(), modes, (grants, denyAll, policyEnforcementMode) => {
        const config = parsed(
          changed(kind, { grants, denyAll, "cilium.policyEnforcementMode": policyEnforcementMode }),
        );
        const denied = denyAll || policyEnforcementMode === "always" || grants.length > 0;
        assert.equal(grantsApply(config), denied);
        assert.equal(effectiveGrants(config).length, denied ? grants.length + 1 : 0);
      }),
    );
  });
});
