import assert from "node:assert/strict";
import fc from "fast-check";
import { type DeclaredAccess, validateGrants } from "../../../components/cilium/validate-grants.ts";
import type { FhirEndpoint } from "../../../components/cilium/fhir-endpoint.ts";
import { type Grant, INTERACTIONS } from "../../../components/cilium/grant.ts";
import { grantHttpRules } from "../../../components/cilium/http-rules.ts";
import { anyBasePath, anyId, anyType, EMPIRE, PAYER, REGISTRATION, SERVER } from "./grants.ts";

/** The issues, one on a line: the keys that lead there, and the message. */
function faults(access: Partial<DeclaredAccess>): string[] {
  const whole = { servers: [SERVER], grants: [], re2ProgramLimit: 100, ...access };
  return validateGrants(whole).map(({ path, message }) => `${path.join(".")} ${message}`);
}

const ofGrant = (grant: Partial<Grant>) => faults({ grants: [{ ...EMPIRE, ...grant }] });
const ofServer = (server: Partial<FhirEndpoint>) => faults({ servers: [{ ...SERVER, ...server }] });

describe("validateGrants for grants", () => {
  it("finds no issue in the story's grants", () => {
    assert.deepEqual(faults({ grants: [EMPIRE, PAYER, REGISTRATION] }), []);
  });

  it("rejects an id that FHIR does not allow, and a relative path segment", () => {
    const fault = 'grants.0.id is not a FHIR id: 1 to 64 letters, digits, "-" and "."';
    for (const id of ["", "Darth Vader", "a/b", "a_b", "é", "a\n", "$everything", "x".repeat(65)]) {
      assert.ok(ofGrant({ id }).includes(fault), id);
    }
    for (const id of [".", ".."]) {
      assert.deepEqual(ofGrant({ id }), ["grants.0.id is a relative path segment in a URL, not a record"]);
    }
    assert.deepEqual(ofGrant({ id: "..." }), []);
  });

  it("rejects every id that FHIR does not allow, and no other", () => {
    fc.assert(
      fc.property(anyId, (id) => {
        assert.deepEqual(ofGrant({ id }), []);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (id) => {
        fc.pre(!/^[A-Za-z0-9.-]{1,64}$/.test(id));
        assert.notDeepEqual(ofGrant({ id }), []);
      }),
    );
  });

  it("rejects an invalid resource type, interaction, organisation, policy name or server", () => {
    assert.deepEqual(ofGrant({ resourceType: "patient" }), [
      "grants.0.resourceType is not a FHIR resource type: an upper-case letter, then letters",
    ]);
    assert.deepEqual(ofGrant({ interactions: [] }), [
      "grants.0.interactions is empty: name at least one of read, vread, history, search, update",
    ]);
    assert.deepEqual(ofGrant({ interactions: ["read", "delete" as "read"] }), [
      'grants.0.interactions contains "delete", which is not one of read, vread, history, search, update',
    ]);
    assert.deepEqual(ofGrant({ org: "an org" }), ["grants.0.org is not the value of a Kubernetes label"]);
    assert.deepEqual(ofGrant({ policy: "L7" }), [
      'grants.0.policy is not a valid policy name: lower-case letters, digits, "-" and "."',
    ]);
    assert.deepEqual(ofGrant({ org: "Empire", policy: undefined }), [
      'grants.0.policy is missing, and "fhir-Empire" is not a valid policy name: lower-case letters, digits, "-" and "."',
    ]);
    assert.deepEqual(ofGrant({ server: "kamino" }), [
      "grants.0.server is not one of the servers: coruscanthealth",
    ]);
    assert.deepEqual(faults({ servers: [], grants: [EMPIRE] }), [
      "grants.0.server is not one of the servers: there is none",
    ]);
  });

  it("rejects the policy name of another organisation or of the server", () => {
    assert.deepEqual(faults({ grants: [EMPIRE, { ...PAYER, policy: EMPIRE.policy }] }), [
      "grants.1.policy is already the policy of empire",
    ]);
    assert.deepEqual(ofGrant({ policy: "coruscanthealth-ingress" }), [
      "grants.0.policy is the name of the ingress policy of coruscanthealth",
    ]);
  });

  it("rejects a path whose RE2 program Envoy would reject", () => {
    const uuid = "01234567-89ab-cdef-0123-456789abcdef";
    assert.deepEqual(ofGrant({ id: uuid, interactions: INTERACTIONS }), []);
    assert.deepEqual(ofGrant({ id: "x".repeat(64), interactions: INTERACTIONS }), [
      "grants.0.id is too long for vread after /intersystems/fhir/r5: its RE2 program would have 112 instructions, and Envoy rejects a policy with more than 100",
      "grants.0.id is too long for history after /intersystems/fhir/r5: its RE2 program would have 107 instructions, and Envoy rejects a policy with more than 100",
      "grants.0.id is too long for search after /intersystems/fhir/r5: its RE2 program would have 102 instructions, and Envoy rejects a policy with more than 100",
    ]);
    const grants = [{ ...EMPIRE, id: "x".repeat(64), interactions: INTERACTIONS }];
    assert.deepEqual(faults({ grants, re2ProgramLimit: 112 }), []);
    assert.equal(faults({ grants: [EMPIRE], re2ProgramLimit: 43 }).length, 1);
    assert.equal(faults({ grants: [EMPIRE], re2ProgramLimit: 44 }).length, 0);
  });

  it("leaves no rule over the limit, whatever is granted", () => {
    const grant = fc
      .record({
        id: anyId,
        resourceType: anyType,
        interactions: fc.subarray([...INTERACTIONS], { minLength: 1 }),
      })
      .map((granted): Grant => ({ ...EMPIRE, ...granted }));
    fc.assert(
      fc.property(grant, anyBasePath, (one, basePath) => {
        fc.pre(faults({ grants: [one], servers: [{ ...SERVER, basePath }] }).length === 0);
        for (const { path } of grantHttpRules([one], basePath)) {
          // Every instruction but the frame and the class's four stands for a character or an escaped one.
          const characters = path.replace("[A-Za-z0-9.-]+", "1234").replaceAll(/\\(.)/g, "$1").length;
          assert.ok(characters + 4 <= 100, path);
        }
      }),
    );
  });
});

describe("validateGrants for servers", () => {
  it("rejects an invalid name, port, base path or label", () => {
    assert.deepEqual(ofServer({ name: "Coruscant" }), [
      'servers.0.name is not a Kubernetes name: at most 54 lower-case letters, digits and "-"',
    ]);
    for (const port of [0, -1, 1.5, 65_536, Number.NaN])
      assert.deepEqual(ofServer({ port }), ["servers.0.port is not a port: 1 to 65535"]);
    const fault =
      "servers.0.basePath is not a path of letters, digits, _ and -, such as /intersystems/fhir/r5";
    for (const basePath of [
      "",
      "/",
      "fhir",
      "/fhir/",
      "//fhir",
      "/a/../b",
      "/.",
      "/a.b",
      "/~a",
      "/a b",
      "/a?b",
      "/a%20b",
      "/*",
    ])
      assert.deepEqual(ofServer({ basePath }), [fault], basePath);
    assert.deepEqual(ofServer({ labels: { class: "a b" } }), [
      'servers.0.labels set class to "a b", which is not a valid Kubernetes label value',
    ]);
  });

  it("rejects two servers with the same name or labels", () => {
    const kamino = { ...SERVER, name: "kamino", labels: { class: "kamino" } };
    assert.deepEqual(faults({ servers: [SERVER, kamino] }), []);
    assert.deepEqual(faults({ servers: [SERVER, { ...kamino, name: SERVER.name }] }), [
      "servers.0.name is the name of more than one server",
      "servers.1.name is the name of more than one server",
    ]);
    assert.deepEqual(faults({ servers: [SERVER, { ...kamino, labels: { class: "coruscanthealth" } }] }), [
      "servers.1.labels are labels of coruscanthealth too: a policy for one would also select the other",
    ]);
  });
});
