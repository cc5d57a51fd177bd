import assert from "node:assert/strict";
import fc from "fast-check";
import {
  isLaunchScope,
  parseScope,
  SCOPE_LEVELS,
  SCOPE_PERMISSIONS,
  scopeAllows,
  scopeIssue,
} from "../../../components/smart/smart-scope.ts";

describe("A SMART scope", () => {
  it("of version 1 stands for the permissions of version 2", () => {
    assert.deepEqual(parseScope("user/*.*"), {
      level: "user",
      resourceType: "*",
      permissions: ["c", "r", "u", "d", "s"],
      restrictions: [],
    });
    assert.deepEqual(parseScope("patient/Observation.read")?.permissions, ["r", "s"]);
    assert.deepEqual(parseScope("system/Patient.write")?.permissions, ["c", "u", "d"]);
  });

  it("of version 2 has its letters in order, and search parameters that restrict it", () => {
    assert.deepEqual(parseScope("patient/Observation.rs?category=laboratory&status=final"), {
      level: "patient",
      resourceType: "Observation",
      permissions: ["r", "s"],
      restrictions: [
        ["category", "laboratory"],
        ["status", "final"],
      ],
    });
    for (const scope of [
      "user/Patient.sr",
      "user/Patient.rr",
      "user/Patient.",
      "user/Patient.x",
      "user/Patient",
    ]) {
      assert.equal(parseScope(scope), undefined, scope);
    }
  });

  it("is refused where its level, form or restriction is not SMART's", () => {
    for (const scope of [
      "admin/*.*",
      "user/*.*?",
      "user/*.rs?a",
      "user/*.rs?a=b&",
      "USER/*.rs",
      " user/*.rs",
      "",
    ]) {
      assert.match(scopeIssue(scope, "R5") ?? "", /is not a SMART scope/, scope);
    }
  });

  it("is refused where the version of FHIR does not define its resource type", () => {
    assert.match(
      scopeIssue("user/Patent.rs", "R5") ?? "",
      /not a resource type of FHIR R5: did you mean Patient/,
    );
    assert.equal(scopeIssue("user/Patient.rs", "R5"), undefined);
  });

  it("about sign-in and launch names no data", () => {
    for (const scope of ["openid", "fhirUser", "launch/patient", "offline_access"]) {
      assert.ok(isLaunchScope(scope));
      assert.equal(parseScope(scope), undefined);
      assert.equal(scopeIssue(scope, "R5"), undefined);
    }
  });

  it("allows its own permissions on its own type, and a wildcard those on every type", () => {
    const level = fc.constantFrom(...SCOPE_LEVELS);
    const permissions = fc.subarray([...SCOPE_PERMISSIONS], { minLength: 1 });
    const type = fc.constantFrom("Patient", "Observation", "*");
    fc.assert(
      fc.property(level, type, permissions, (ofLevel, ofType, letters) => {
        const scope = parseScope(`${ofLevel}/${ofType}.${letters.join("")}`);
        assert.ok(scope);
        for (const permission of SCOPE_PERMISSIONS) {
          const expected = letters.includes(permission);
          assert.equal(scopeAllows(scope, permission, "Patient"), expected && ofType !== "Observation");
        }
      }),
    );
  });
});
