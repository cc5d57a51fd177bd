import assert from "node:assert/strict";
import {
  type HttpRequest,
  type HttpRuleObject,
  parseHttpRules,
  matchingRule,
} from "../../../../packages/cilium-access/l7/http-rules.ts";

const GET: HttpRequest = { method: "GET", path: "/Patient/1", headers: {} };
/** Whether a rule lets a request pass; undefined when that is not known. */
function lets(rule: HttpRuleObject, request: Partial<HttpRequest> = {}): boolean | undefined {
  const found = matchingRule(parseHttpRules([rule], "http", { re2ProgramLimit: 100 }), {
    ...GET,
    ...request,
  });
  return found === undefined ? undefined : found !== null;
}

describe("An HTTP rule", () => {
  it("lets everything pass when it names nothing", () => {
    assert.equal(lets({}), true);
    assert.equal(lets({ path: "", method: "" }), true);
  });

  it("asks for all that it names", () => {
    const rule = { method: "GET", path: "/Patient/.*" };
    assert.equal(lets(rule), true);
    assert.equal(lets(rule, { method: "PUT" }), false);
    assert.equal(lets(rule, { path: "/Observation/1" }), false);
  });

  it("matches methods as a whole, and in their case: HEAD is another than GET", () => {
    for (const method of ["HEAD", "get", "GETX", "XGET", ""])
      assert.equal(lets({ method: "GET" }, { method }), false, method);
    assert.equal(lets({ method: "GET|HEAD" }, { method: "HEAD" }), true);
  });

  it("takes the query for part of the path", () => {
    assert.equal(lets({ path: "/Patient/1" }, { path: "/Patient/1?_format=json" }), false);
    assert.equal(lets({ path: "/Patient/1(\\?.*)?" }, { path: "/Patient/1?_format=json" }), true);
  });

  it("asks for headers by name, or by name and value", () => {
    assert.equal(lets({ headers: ["X-Purpose"] }, { headers: { "x-purpose": "any" } }), true);
    assert.equal(lets({ headers: ["X-Purpose: care"] }, { headers: { "x-purpose": "care" } }), true);
    assert.equal(lets({ headers: ["X-Purpose: care"] }, { headers: { "x-purpose": "cure" } }), false);
    assert.equal(lets({ headers: ["X-Purpose"] }), false);
  });

  it("asks for headers by headerMatches, but for those that only log or change them", () => {
    const match = (mismatch?: string) => ({
      headerMatches: [{ name: "X-Purpose", value: "care", ...(mismatch && { mismatch }) }],
    });
    assert.equal(lets(match()), false);
    assert.equal(lets(match(), { headers: { "x-purpose": "care" } }), true);
    for (const mismatch of ["LOG", "ADD", "DELETE", "REPLACE"])
      assert.equal(lets(match(mismatch)), true, mismatch);
  });

  it("cannot be held against a secret, nor against what is not known of a request", () => {
    const secret = { headerMatches: [{ name: "X-Key", secret: { name: "key" } }] };
    assert.equal(lets(secret, { headers: { "x-key": "1" } }), undefined);
    assert.equal(lets(secret), false);
    const rules = parseHttpRules([{ headers: ["X-Key"] }], "http", { re2ProgramLimit: 100 });
    assert.equal(matchingRule(rules, { method: "GET", path: "/" }), undefined);
  });

  it("asks for a host, which may not be known either", () => {
    assert.equal(lets({ host: "fhir.example.org" }), undefined);
    assert.equal(lets({ host: "fhir\\.example\\.org" }, { host: "fhir.example.org" }), true);
    assert.equal(lets({ host: "fhir\\.example\\.org" }, { host: "example.org" }), false);
  });
});

describe("HTTP rules", () => {
  it("are alternatives: the first that lets a request pass is named", () => {
    const rules = parseHttpRules([{ path: "/a" }, { path: "/[ab]" }, { path: "/b" }], "http", {
      re2ProgramLimit: 100,
    });
    const at = (path: string) => matchingRule(rules, { ...GET, path })?.at;
    assert.deepEqual([at("/a"), at("/b"), at("/c")], ["http[0]", "http[2]", undefined]);
  });

  it("let a request surely pass that one surely matches, whatever is not known of others", () => {
    const rules = parseHttpRules([{ host: "x" }, { path: "/Patient/1" }], "http", { re2ProgramLimit: 100 });
    assert.equal(matchingRule(rules, GET)?.at, "http[1]");
  });

  it("say what Envoy would refuse of them", () => {
    const { faults } = parseHttpRules([{ host: "(" }, { path: "/[a-z]{200}" }], "http", {
      re2ProgramLimit: 100,
    });
    assert.match(
      faults.join("\n"),
      /^http\[0\]: "\(" is not a regular expression\nhttp\[1\]: .* takes 20\d instructions, and Envoy allows 100$/,
    );
  });
});
