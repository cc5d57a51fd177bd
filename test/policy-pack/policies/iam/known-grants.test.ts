import assert from "node:assert/strict";
import type { Properties } from "../../../../packages/stack-model/property-value.ts";
import { UNKNOWN } from "../../../../packages/stack-model/property-value.ts";
import { grantsKnown } from "../../../../policy-pack/policies/iam/known-grants.ts";
import { judge } from "../../judge.ts";
import { resource } from "../../resources.ts";

const account = resource("gcp:serviceaccount/account:Account", {}, { name: "account" });
const custom = resource("gcp:projects/iAMCustomRole:IAMCustomRole", {}, { name: "custom" });
const keyRing = resource("gcp:kms/keyRing:KeyRing", {}, { name: "ring" });

function faults(props: Properties, ...dependencies: readonly { readonly urn: string }[]) {
  const sound = { project: "p", role: "roles/run.invoker", member: "user:ada@example.com" };
  const type = "gcp:projects/iAMMember:IAMMember";
  const urns = dependencies.map(({ urn }) => urn);
  const grant = resource(type, { ...sound, ...props }, { name: "grant", dependencies: urns });
  return judge(grantsKnown, account, custom, keyRing, grant);
}

describe("A role or member that is not known before the update", () => {
  it("passes where it is a custom role or a service account of the stack", () => {
    assert.deepEqual(faults({}), []);
    assert.deepEqual(faults({ role: UNKNOWN }, custom), []);
    assert.deepEqual(faults({ member: UNKNOWN }, account), []);
    assert.deepEqual(faults({ member: undefined, members: [UNKNOWN, "user:ada@example.com"] }, account), []);
  });

  it("fails where it is taken from anything else, with the reason", () => {
    for (const dependencies of [[], [keyRing]]) {
      assert.deepEqual(faults({ role: UNKNOWN }, ...dependencies), [
        "grant: role is not known before the update, and no custom role of the stack is among its dependencies",
      ]);
      assert.deepEqual(faults({ member: UNKNOWN }, ...dependencies), [
        'grant: a member of "roles/run.invoker" is not known before the update, and no service account of the stack is among its dependencies',
      ]);
    }
  });

  it("fails where more members are not known than the grant has service accounts", () => {
    assert.equal(faults({ member: undefined, members: [UNKNOWN, UNKNOWN] }, account).length, 1);
    assert.equal(faults({ member: UNKNOWN, members: UNKNOWN }, account).length, 1);
  });

  it("fails where the whole policy is not known", () => {
    assert.deepEqual(faults({ policyData: UNKNOWN }, account), [
      "grant: policyData is not known before the update, not a policy whose bindings can be evaluated",
    ]);
  });
});
