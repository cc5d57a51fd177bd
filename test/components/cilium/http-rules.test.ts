import assert from "node:assert/strict";
import fc from "fast-check";
import { INTERACTIONS } from "../../../components/cilium/grant.ts";
import { httpRules, pathOf } from "../../../components/cilium/http-rules.ts";
import { re2ProgramSize } from "../../../components/cilium/re2-size.ts";

const BASE = "/intersystems/fhir/r5";
const id = fc.stringMatching(/^[A-Za-z0-9.-]{1,64}$/);

/** JavaScript reads what these rules use of RE2's syntax the same way; Envoy matches the whole path. */
function admits(path: string, rules: readonly { path: string }[]): boolean {
  return rules.some((rule) => new RegExp(`^(?:${rule.path})$`).test(path));
}

function rulesFor(record: string) {
  const grant = {
    org: "o",
    resourceType: "Patient",
    id: record,
    interactions: ["read"] as const,
    server: "s",
  };
  return httpRules([grant], BASE);
}

describe("the HTTP rules of a grant", () => {
  it("admit the record that is granted", () => {
    fc.assert(
      fc.property(id, (record) => {
        assert.ok(admits(`${BASE}/Patient/${record}`, rulesFor(record)));
      }),
    );
  });

  it("admit no other record, a dot standing for itself alone", () => {
    fc.assert(
      fc.property(id, id, (record, other) => {
        fc.pre(record !== other);
        assert.ok(!admits(`${BASE}/Patient/${other}`, rulesFor(record)));
      }),
    );
    assert.ok(!admits(`${BASE}/Patient/aXb`, rulesFor("a.b")));
  });

  it("admit nothing beyond the record", () => {
    fc.assert(
      fc.property(id, (record) => {
        for (const rest of ["/", "?_format=json", "/_history", "/$everything", "/_history/1", "%20", "\n"]) {
          assert.ok(!admits(`${BASE}/Patient/${record}${rest}`, rulesFor(record)), rest);
        }
      }),
    );
  });
});

describe("the RE2 program of a path", () => {
  /** Measured with google-re2: an exact path of the story, and one whose id has 64 characters. */
  it("has the size that google-re2 computes", () => {
    const size = (record: string) =>
      re2ProgramSize(
        pathOf(
          { org: "o", resourceType: "Patient", id: record, interactions: ["read"], server: "s" },
          "read",
          BASE,
        ),
      );
    assert.equal(size("DarthVader"), 44);
    assert.equal(size("x".repeat(64)), 98);
  });

  it("grows with the id for every interaction", () => {
    for (const interaction of INTERACTIONS) {
      const size = (record: string) =>
        re2ProgramSize(
          pathOf(
            { org: "o", resourceType: "Patient", id: record, interactions: [interaction], server: "s" },
            interaction,
            BASE,
          ),
        );
      assert.equal(size("ab") - size("a"), 1, interaction);
    }
  });
});
