import assert from "node:assert/strict";
import {
  httpPathEscaped,
  httpRegexSize,
  httpRuleNamesMethodAndPath,
  policyHasNamespace,
} from "../../../../policy-pack/policies/cilium/http-rule-form.ts";
import type { Guardrail } from "../../../../policy-pack/guardrail.ts";
import type { Resource } from "../../../../packages/stack-model/resource.ts";
import {
  type Properties,
  UNKNOWN,
  type PropertyValue,
} from "../../../../packages/stack-model/property-value.ts";
import { fhirStack, networkPolicy } from "../../fhir-stack.ts";
import { judge } from "../../judge.ts";
import { resource, root } from "../../resources.ts";

const PATH = "/fhir/Patient/example";
const AT = "other: spec.ingress[0].toPorts[0].rules.http[0]";

function withRule(rule: Properties | typeof UNKNOWN): Resource {
  return networkPolicy({ endpointSelector: {}, ingress: [{ toPorts: [{ rules: { http: [rule] } }] }] });
}

/** The violations of a guardrail by a rule, without the rule's path. */
function said(guardrail: Guardrail, rule: Properties | typeof UNKNOWN, ...others: readonly Resource[]) {
  return judge(guardrail, withRule(rule), ...others).map((message) => message.replace(`${AT}: `, ""));
}

describe("Policies that grants compile to", () => {
  it("pass every guardrail on the form of HTTP rules", async () => {
    const interactions = ["read", "vread", "history", "search", "update"];
    const grants = [{ org: "payer", id: "a.b-c", interactions, server: "coruscanthealth" }];
    const stack = await fhirStack({ grants });
    for (const guardrail of [httpRuleNamesMethodAndPath, httpPathEscaped, httpRegexSize, policyHasNamespace])
      assert.deepEqual(judge(guardrail, ...stack), []);
  });
});

describe("A rule's method and path", () => {
  const names = (rule: Properties | typeof UNKNOWN) => said(httpRuleNamesMethodAndPath, rule, root());

  it("pass where both are set, also with several HTTP methods", () => {
    for (const method of ["GET", "HEAD|GET", "P(?:UT|ATCH)"])
      assert.deepEqual(names({ method, path: PATH }), []);
  });

  it("fail where one is missing, empty or not known", () => {
    assert.deepEqual(names({ path: PATH }), ["method is not set: name it"]);
    assert.deepEqual(names({ method: "GET", path: "" }), ['path is "": name it']);
    assert.deepEqual(names({ method: "GET", path: UNKNOWN }), [
      "path is not known before the update: name it",
    ]);
    assert.deepEqual(names(UNKNOWN), [
      "method is not known before the update: name it",
      "path is not known before the update: name it",
    ]);
  });

  it("fail where the method is a pattern that matches other strings than HTTP methods", () => {
    assert.deepEqual(names({ method: ".*", path: PATH }), [
      'method ".*" also matches "", which is no method of HTTP: name the methods one by one',
    ]);
    assert.deepEqual(names({ method: "GET.?", path: PATH }), [
      'method "GET.?" also matches "GETa", which is no method of HTTP: name the methods one by one',
    ]);
  });

  it("pass where no root component declares a FHIR server", () => {
    for (const guardrail of [httpRuleNamesMethodAndPath, httpPathEscaped])
      assert.deepEqual(judge(guardrail, withRule({ path: "/public/.*" })), []);
  });

  it("are checked in specs, in both directions and in lists", () => {
    const rules = { toPorts: [{}, { rules: { http: [{ path: PATH }] } }] };
    const policy = { metadata: { namespace: "fhir" }, specs: [{}, { egress: [rules] }] };
    const list = resource("kubernetes:cilium.io/v2:CiliumNetworkPolicyList", { items: [policy] });
    assert.deepEqual(judge(httpRuleNamesMethodAndPath, root(), list), [
      "it: specs[1].egress[0].toPorts[1].rules.http[0]: method is not set: name it",
    ]);
  });
});

describe("A rule's path", () => {
  const path = (value: PropertyValue) => said(httpPathEscaped, { method: "GET", path: value }, root());

  it("passes where it matches exactly one path, however it is escaped", () => {
    for (const one of [PATH, "/a\\.b", "/a[.]b", "\\Q/a.b\\E", "^/a$", "/(?:a)", "/a\\?_id=b"])
      assert.deepEqual(path(one), [], one);
  });

  it("passes where it matches any version of a record", () => {
    assert.deepEqual(path(`${PATH}/_history/[A-Za-z0-9.-]+`), []);
    assert.deepEqual(path(`${PATH}/_history/[0-9]+`), []);
  });

  it("fails where a part of it matches more than its literal text, and names the part", () => {
    for (const [one, sample, other] of [
      ["/Patient/a.b", "/Patient/aab", "/Patient/abb"],
      ["/Patient/a.*", "/Patient/a", "/Patient/aa"],
      ["/Patient?_id=a", "/Patien_id=a", "/Patient_id=a"],
      ["/Patient/(a|b)", "/Patient/a", "/Patient/b"],
      ["/a/_history/.*", "/a/_history/", "/a/_history/a"],
      ["/Patient/[A-Za-z0-9.-]+", "/Patient/a", "/Patient/b"],
    ] as const)
      assert.deepEqual(path(one), [`path "${one}" matches "${sample}" and also "${other}"`]);
  });

  it("fails where it matches nothing, is not a valid expression, or is not known", () => {
    assert.deepEqual(path(`${PATH}/$everything`), [
      `path "${PATH}/$everything" matches nothing: escape what it says literally`,
    ]);
    assert.match(path("/a(").join(), /^path "\/a\(" is no regular expression: /);
    assert.deepEqual(path(UNKNOWN), ["path is not known before the update: name it"]);
  });
});

describe("The size of a rule's expressions", () => {
  const limit = (re2ProgramLimit: PropertyValue) => root({ re2ProgramLimit });
  const size = (rule: Properties, ...others: readonly Resource[]) => said(httpRegexSize, rule, ...others);
  const of = (length: number) => `/${"a".repeat(length - 5)}`;

  it("passes up to the limit, which is Envoy's default unless the stack sets one", () => {
    assert.deepEqual(size({ path: of(100), method: "GET|HEAD" }), []);
    assert.deepEqual(size({ path: of(120) }, limit(120)), []);
  });

  it("fails above the limit", () => {
    assert.deepEqual(size({ path: of(101) }), [
      `path "${of(101)}" needs up to 101 instructions of RE2, and Envoy takes no policy with more than 100`,
    ]);
    assert.match(
      size({ path: "/Patient/[A-Za-z0-9.-]{1,64}" }).join(),
      /^path \S+ needs up to \d+ instructions of RE2, and Envoy takes no policy with more than 100$/,
    );
    assert.equal(size({ host: of(121) }, limit(120)).length, 1);
  });

  it("cannot be evaluated where the rule is not known", () => {
    assert.deepEqual(size({ path: PATH, host: UNKNOWN }), ["host is not known before the update: name it"]);
  });
});

describe("A policy's namespace", () => {
  it("passes where it is set, or the policy is clusterwide", () => {
    assert.deepEqual(judge(policyHasNamespace, withRule({})), []);
    assert.deepEqual(
      judge(policyHasNamespace, resource("kubernetes:cilium.io/v2:CiliumClusterwideNetworkPolicy", {})),
      [],
    );
  });

  it("fails where it is missing or not known", () => {
    assert.deepEqual(judge(policyHasNamespace, networkPolicy({}, { namespace: undefined })), [
      "other: metadata.namespace is not set: name it",
    ]);
    assert.deepEqual(judge(policyHasNamespace, networkPolicy({}, { namespace: UNKNOWN })), [
      "other: metadata.namespace is not known before the update: name it",
    ]);
  });
});
