import assert from "node:assert/strict";
import {
  GRANTING,
  noBasicRoles,
  noProjectWideImpersonation,
  noPublicMembers,
} from "../../../../policy-pack/policies/iam/iam-grants.ts";
import { type Properties, UNKNOWN } from "../../../../packages/stack-model/property-value.ts";
import { judge } from "../../judge.ts";
import { resource } from "../../resources.ts";

const MEMBER = "gcp:projects/iAMMember:IAMMember";
const BINDING = "gcp:healthcare/datasetIamBinding:DatasetIamBinding";
const POLICY = "gcp:kms/keyRingIAMPolicy:KeyRingIAMPolicy";
const policyData = (...bindings: readonly object[]) => ({ policyData: JSON.stringify({ bindings }) });

describe("the members of a grant", () => {
  const granted = (type: string, props: Properties) => judge(noPublicMembers, resource(type, props));

  it("pass where they are named", () => {
    assert.deepEqual(granted(MEMBER, { role: "roles/a.b", member: "group:ops@example.com" }), []);
    assert.deepEqual(granted(BINDING, { role: "roles/a.b", members: ["user:one@example.com"] }), []);
  });

  for (const principal of ["allUsers", "allAuthenticatedUsers"]) {
    it(`fail where they are ${principal}`, () => {
      const refusal = [`it: roles/a.b is granted to ${principal}, not to named principals`];
      const role = "roles/a.b";
      assert.deepEqual(granted(MEMBER, { role, member: principal }), refusal);
      assert.deepEqual(granted(BINDING, { role, members: ["user:one@example.com", principal] }), refusal);
      assert.deepEqual(granted(POLICY, policyData({ role, members: [principal] })), refusal);
      assert.deepEqual(
        granted("gcp:storage/bucketIAMMember:BucketIAMMember", { role, member: principal }),
        refusal,
      );
    });
  }

  it("are evaluated by the update where they are not created yet", () => {
    assert.deepEqual(granted(MEMBER, { role: "roles/a.b", member: UNKNOWN }), []);
    assert.deepEqual(granted(BINDING, { role: "roles/a.b", members: UNKNOWN }), []);
    assert.deepEqual(granted(POLICY, { policyData: UNKNOWN }), []);
  });

  it("are not read from a value that is not a policy", () => {
    assert.deepEqual(granted(POLICY, { policyData: "not JSON" }), []);
    assert.deepEqual(granted(POLICY, { policyData: "null" }), []);
  });
});

describe("the role of a grant", () => {
  const granted = (type: string, props: Properties) => judge(noBasicRoles, resource(type, props));

  it("passes where it is predefined or custom", () => {
    assert.deepEqual(
      granted(MEMBER, { role: "roles/healthcare.hl7V2Ingest", member: "user:one@example.com" }),
      [],
    );
    assert.deepEqual(
      granted(MEMBER, { role: "projects/p/roles/custom", member: "user:one@example.com" }),
      [],
    );
  });

  for (const role of ["roles/owner", "roles/editor", "roles/viewer"]) {
    it(`fails where it is ${role}`, () => {
      const refusal = [`it: role is "${role}", a basic role, not a predefined or custom one`];
      assert.deepEqual(granted(MEMBER, { role, member: UNKNOWN }), refusal);
      assert.deepEqual(granted(POLICY, policyData({ role, members: ["user:one@example.com"] })), refusal);
    });
  }

  it("passes where it is a custom role that the update makes, and is not known before", () => {
    assert.deepEqual(granted(MEMBER, { role: UNKNOWN }), []);
  });
});

describe("the right to act as service accounts", () => {
  const role = "roles/iam.serviceAccountTokenCreator";

  it("passes on one account, and other roles pass on a project", () => {
    const one = resource("gcp:serviceaccount/iAMMember:IAMMember", { role, member: "user:one@example.com" });
    const other = resource(MEMBER, { role: "roles/logging.logWriter", member: "user:one@example.com" });
    assert.deepEqual(judge(noProjectWideImpersonation, one, other), []);
  });

  for (const type of [
    MEMBER,
    "gcp:projects/iAMBinding:IAMBinding",
    "gcp:folder/iAMMember:IAMMember",
    "gcp:organizations/iAMBinding:IAMBinding",
  ]) {
    it(`fails in a ${type}`, () => {
      assert.deepEqual(judge(noProjectWideImpersonation, resource(type, { role, member: UNKNOWN })), [
        `it: ${role} is granted on all service accounts at once: grant it on one`,
      ]);
    });
  }
});

describe("the types that grant roles", () => {
  it("do not include those that audit grants, remove grants or define roles", () => {
    for (const type of [
      "gcp:projects/iAMAuditConfig:IAMAuditConfig",
      "gcp:projects/iamMemberRemove:IamMemberRemove",
      "gcp:projects/iAMCustomRole:IAMCustomRole",
      "gcp:iam/denyPolicy:DenyPolicy",
    ]) {
      assert.ok(!GRANTING.test(type), type);
    }
  });
});
