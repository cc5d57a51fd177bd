import assert from "node:assert/strict";
import fc from "fast-check";
import { parseHttpRules } from "../../../../packages/cilium-access/l7/http-rules.ts";
import { compilePattern } from "../../../../packages/cilium-access/re2/regex-pattern.ts";
import {
  type GrantedRecord,
  grantedRequests,
  INTERACTIONS,
  nearMisses,
  uniqueProbes,
  recordProbes,
  suggestedProbes,
} from "../../../../packages/cilium-access/query/probes.ts";
import { shortestMatch } from "../../../../packages/cilium-access/re2/shortest-match.ts";
import { app, cnp, onPort, outcome } from "../support.ts";

const VADER: GrantedRecord = {
  basePath: "/fhir/r5",
  resourceType: "Patient",
  id: "DarthVader",
  interactions: ["read"],
};
const record = fc.record({
  basePath: fc.constantFrom("/fhir/r5", "/intersystems/fhir/r5", ""),
  resourceType: fc.constantFrom("Patient", "Observation"),
  id: fc.stringMatching(/^[A-Za-z0-9.-]{2,20}$/).filter((id) => !/^\.{1,2}$/.test(id)),
  interactions: fc.uniqueArray(fc.constantFrom(...INTERACTIONS), { minLength: 1 }),
});
const key = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

describe("The requests of a grant", () => {
  it("are those of its interactions, by GET and HEAD or by PUT", () => {
    const all = grantedRequests({ ...VADER, interactions: [...INTERACTIONS] }).map(key);
    assert.deepEqual(all, [
      "GET /fhir/r5/Patient/DarthVader",
      "HEAD /fhir/r5/Patient/DarthVader",
      "GET /fhir/r5/Patient/DarthVader/_history/1",
      "HEAD /fhir/r5/Patient/DarthVader/_history/1",
      "GET /fhir/r5/Patient/DarthVader/_history",
      "HEAD /fhir/r5/Patient/DarthVader/_history",
      "GET /fhir/r5/Patient?_id=DarthVader",
      "HEAD /fhir/r5/Patient?_id=DarthVader",
      "PUT /fhir/r5/Patient/DarthVader",
    ]);
  });

  it("pass by rules written for them, and no request around them does that is not one of them in another form", () => {
    fc.assert(
      fc.property(record, (granted) => {
        const own = new Set(grantedRequests(granted).map(key));
        const http = grantedRequests(granted).map(({ method, path }) => ({
          method,
          path: path.replaceAll(/[.?]/g, "\\$&"),
        }));
        const policies = [
          cnp({ endpointSelector: app("server"), ingress: [{ toPorts: onPort(8080, http) }] }),
        ];
        for (const probe of recordProbes(granted)) {
          const passes =
            outcome({ policies, options: { re2ProgramLimit: 1000 } }, `client ${key(probe)} on server`) ===
            "allowed";
          const sameInOtherForm = /percent-encoded|dot|slash/.test(probe.probes);
          if (own.has(key(probe))) assert.ok(passes, key(probe));
          else if (!sameInOtherForm) assert.ok(!passes, `${key(probe)}, ${probe.probes}`);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("The requests around a grant", () => {
  it("probe what matters in FHIR", () => {
    const about = nearMisses(VADER).map(({ probes }) => probes);
    for (const probe of [
      "another id, with more before it",
      "a prefix of the id",
      "a suffix of the id",
      "history",
      "$everything",
      "query string",
      "trailing slash",
      "slash percent-encoded",
      "another method",
      "the method in lower case",
      "all of the type",
      "transaction",
    ]) {
      assert.ok(about.includes(probe), probe);
    }
  });

  it("are each asked once", () => {
    fc.assert(
      fc.property(record, (granted) => {
        const keys = recordProbes(granted).map(key);
        assert.equal(new Set(keys).size, keys.length);
      }),
    );
    assert.deepEqual(
      uniqueProbes([
        { method: "GET", path: "/", probes: "one" },
        { method: "GET", path: "/", probes: "other" },
      ]).map(({ probes }) => probes),
      ["one"],
    );
  });
});

describe("The requests that rules suggest", () => {
  const suggested = (path: string, method?: string) =>
    suggestedProbes(parseHttpRules([{ path, ...(method && { method }) }], "http", { re2ProgramLimit: 1000 }));

  it("are one that each lets pass, by every method that it allows, and those around it", () => {
    const probes = suggested("/Patient/[a-z]+", "GET|HEAD");
    const allowed = probes.filter(({ probes: about }) => about === "what a rule allows").map(key);
    assert.deepEqual(allowed, ["GET /Patient/a", "HEAD /Patient/a"]);
    assert.ok(probes.some(({ method, probes: about }) => method === "POST" && about === "another method"));
    assert.ok(probes.some(({ path }) => path === "/Patient/a/"));
    assert.ok(probes.some(({ path }) => path === "/Patient/a?x=1"));
  });

  it("are none where no text can be found", () => {
    assert.deepEqual(suggested("[^\\x00-\\x{10FFFF}]"), []);
    assert.deepEqual(suggested("Patient"), []);
  });
});

describe("A sample of an expression", () => {
  const part = fc.constantFrom(
    "/Patient",
    "[a-z]+",
    "(a|b)",
    "\\d{1,4}",
    ".*",
    "x?",
    "[^/]",
    "(?i)k",
    "\\.",
    "_history",
  );

  it("is a text that it matches", () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const pattern = compilePattern(`/${parts.join("")}`);
        const sample = shortestMatch(pattern);
        assert.ok(sample !== undefined && pattern.matches(sample));
      }),
    );
  });

  it("is typical where it can be", () => {
    assert.equal(shortestMatch(compilePattern("/[A-Za-z0-9.-]{1,64}")), "/a");
    assert.equal(shortestMatch(compilePattern("/Patient/DarthVader")), "/Patient/DarthVader");
  });
});
