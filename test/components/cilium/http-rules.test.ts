import assert from "node:assert/strict";
import fc from "fast-check";
import { RE2JS } from "re2js";
import { type Grant, INTERACTIONS, type Interaction } from "../../../components/cilium/grant.ts";
import { type GrantHttpRule, grantHttpRules } from "../../../components/cilium/http-rules.ts";
import { anyBasePath, anyId, anyType, BASE, EMPIRE } from "./grants.ts";

/** Whether Envoy allows a request: RE2, matching the whole path, case-sensitive, query included. */
function admits(rules: readonly GrantHttpRule[], method: string, path: string): boolean {
  return rules.some((rule) => RE2JS.matches(rule.method, method) && RE2JS.matches(rule.path, path));
}

const rulesFor = (grant: Partial<Grant>, basePath = BASE) =>
  grantHttpRules([{ ...EMPIRE, ...grant }], basePath);

const METHODS = ["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS", "get", ""];

/** A text, and the same text with one character less, more or other. */
const nearMiss = (text: string) =>
  fc
    .tuple(
      fc.nat(text.length),
      fc.integer({ min: 0, max: 1 }),
      fc.oneof(fc.string({ maxLength: 1 }), fc.constantFrom("/", "?", "%", ".", "\n", "a", "A", "$")),
    )
    .map(([at, less, more]) => `${text.slice(0, at)}${more}${text.slice(at + less)}`)
    .filter((other) => other !== text);

/** The path of each interaction, stated independently of the code. */
const PATHS: Readonly<Record<Exclude<Interaction, "vread">, (type: string, id: string) => string>> = {
  read: (type, id) => `/${type}/${id}`,
  history: (type, id) => `/${type}/${id}/_history`,
  search: (type, id) => `/${type}?_id=${id}`,
  update: (type, id) => `/${type}/${id}`,
};

const anyGrant = fc.record({
  interaction: fc.constantFrom(...(Object.keys(PATHS) as (keyof typeof PATHS)[])),
  resourceType: anyType,
  id: anyId,
  basePath: anyBasePath,
});

describe("The HTTP rules of grants", () => {
  it("allow the story's request, by GET and by HEAD", () => {
    assert.deepEqual(rulesFor({}), [
      { method: "GET", path: "/intersystems/fhir/r5/Patient/DarthVader" },
      { method: "HEAD", path: "/intersystems/fhir/r5/Patient/DarthVader" },
    ]);
  });

  it("match exactly the path that is granted, and none that differs in a character", () => {
    fc.assert(
      fc.property(
        anyGrant.chain(({ interaction, resourceType, id, basePath }) => {
          const path = `${basePath}${PATHS[interaction](resourceType, id)}`;
          const rules = rulesFor({ resourceType, id, interactions: [interaction] }, basePath);
          return fc.record({ path: fc.constant(path), rules: fc.constant(rules), other: nearMiss(path) });
        }),
        ({ path, rules, other }) => {
          assert.ok(rules.every((rule) => admits([rule], rule.method, path)));
          assert.ok(!rules.some((rule) => admits([rule], rule.method, other)), other);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("match a dot in an id literally", () => {
    const rules = rulesFor({ id: "a.b" });
    assert.ok(admits(rules, "GET", `${BASE}/Patient/a.b`));
    assert.ok(!admits(rules, "GET", `${BASE}/Patient/aXb`));
  });

  it("match a version of the record by any id, and nothing below it", () => {
    const versionsOf = (id: string) => ({
      path: `${BASE}/Patient/${id}/_history/`,
      rules: rulesFor({ id, interactions: ["vread"] }),
    });
    fc.assert(
      fc.property(anyId, anyId, (id, version) => {
        const { path, rules } = versionsOf(id);
        assert.ok(admits(rules, "GET", `${path}${version}`));
        assert.ok(admits(rules, "HEAD", `${path}${version}`));
        for (const rest of ["/", "?", "?_format=json", "/_history", "%2e", " ", "\n", "$meta"]) {
          assert.ok(!admits(rules, "GET", `${path}${version}${rest}`), rest);
        }
      }),
    );
    const { path, rules } = versionsOf("DarthVader");
    for (const other of [
      path,
      path.slice(0, -1),
      `${BASE}/Patient/DarthVader`,
      `${BASE}/Patient/x/_history/1`,
    ])
      assert.ok(!admits(rules, "GET", other), other);
  });

  it("match only the methods of the interaction", () => {
    for (const interaction of INTERACTIONS) {
      const rules = rulesFor({ interactions: [interaction] });
      const path = `${BASE}${interaction === "vread" ? "/Patient/DarthVader/_history/1" : PATHS[interaction]("Patient", "DarthVader")}`;
      const allowed = METHODS.filter((method) => admits(rules, method, path));
      assert.deepEqual(allowed, interaction === "update" ? ["PUT"] : ["GET", "HEAD"], interaction);
    }
  });

  it("allow no other request for a record that may be read", () => {
    const refused = [
      "/Patient/DarthVader/",
      "/Patient/DarthVader?_format=json",
      "/Patient/DarthVader/_history",
      "/Patient/DarthVader/_history/1",
      "/Patient/DarthVader/$everything",
      "/Patient/DarthVader/%24everything",
      "/Patient/AnakinSkywalker",
      "/Patient/darthvader",
      "/Patient",
      "/Patient?_id=DarthVader",
      "/metadata",
      "",
    ];
    for (const path of refused) assert.ok(!admits(rulesFor({}), "GET", `${BASE}${path}`), path);
  });

  it("allow a search for the one record, without parameters that return others", () => {
    const rules = rulesFor({ interactions: ["search"] });
    assert.ok(admits(rules, "GET", `${BASE}/Patient?_id=DarthVader`));
    for (const other of [
      "/Patient",
      "/Patient?",
      "/PatientX_id=DarthVader",
      "/Patient?_id=DarthVader,AnakinSkywalker",
      "/Patient?_id=DarthVader&_revinclude=*",
      "/Patient?_id=DarthVader&_id=AnakinSkywalker",
      "/Patient/_search?_id=DarthVader",
    ]) {
      assert.ok(!admits(rules, "GET", `${BASE}${other}`), other);
    }
  });

  it("are unique, in an order that does not depend on the grants' order", () => {
    const grants: Grant[] = [
      { ...EMPIRE, interactions: ["update", "read"] },
      { ...EMPIRE, interactions: ["read", "history"] },
      { ...EMPIRE, id: "Luke", interactions: ["read"] },
    ];
    const rules = grantHttpRules(grants, BASE);
    assert.deepEqual(grantHttpRules(grants.toReversed(), BASE), rules);
    assert.deepEqual(
      rules.map(({ method, path }) => `${method} ${path.slice(BASE.length)}`),
      [
        "GET /Patient/DarthVader",
        "HEAD /Patient/DarthVader",
        "PUT /Patient/DarthVader",
        "GET /Patient/DarthVader/_history",
        "HEAD /Patient/DarthVader/_history",
        "GET /Patient/Luke",
        "HEAD /Patient/Luke",
      ],
    );
  });
});
