import assert from "node:assert/strict";
import type { KubernetesObject } from "../../../../packages/cilium-access/k8s/cluster-objects.ts";
import { VERSIONS } from "../../../../packages/cilium-access/options.ts";
import { answerTo, app, cnp, onPort, outcome, sketch } from "../support.ts";

const toPort = (port: number, rest: object) => [{ ...onPort(port)[0], ...rest }];
const HTTP = { rules: { http: [{ method: "GET" }] } };
const NAMES = { serverNames: ["fhir.example.org"] };
const rules = (...ingress: object[]) => cnp({ endpointSelector: app("server"), ingress });
const asked = (policy: KubernetesObject, version: "1.16" | "1.20") =>
  answerTo(sketch({ policies: [policy], options: { version } }), "client GET / on server");

describe("Rules for different parsers", () => {
  it("for the same peers cannot stand on one port: all of the pod's policy fails, other ports included", () => {
    const policy = rules(
      { toPorts: toPort(9090, HTTP) },
      { toPorts: toPort(9090, { rules: { l7proto: "r2d2", l7: [{ x: "y" }] } }) },
      { toPorts: onPort(8080) },
    );
    const { verdict, sentence } = asked(policy, "1.16");
    assert.equal(verdict.outcome, "undecided");
    assert.match(sentence, /rules for http of .* and rules for r2d2 of .* cannot stand on one port/);
  });

  it("for different peers cannot stand on one port in 1.16; in 1.20 they share a proxy", () => {
    const policy = rules(
      { fromEndpoints: [app("client")], toPorts: toPort(8080, HTTP) },
      { fromEndpoints: [app("other")], toPorts: toPort(8080, NAMES) },
    );
    for (const version of VERSIONS) assert.equal(asked(policy, version).verdict.outcome, "undecided");
  });

  it("may stand on different ports", () => {
    const policy = rules({ toPorts: toPort(8080, HTTP) }, { toPorts: toPort(9090, NAMES) });
    for (const version of VERSIONS) assert.equal(asked(policy, version).verdict.outcome, "allowed");
  });
});

describe("Rules that Cilium takes for one", () => {
  it("are left undecided: which of them counts is left to chance", () => {
    const ports = (port: string) => [{ ports: [{ port, protocol: "TCP" }] }];
    // 0120 is 80, but 1.16 files it with 120.
    const policy = rules({ toPorts: ports("0120") }, { toPorts: ports("120") });
    assert.equal(outcome({ policies: [policy], options: { version: "1.16" } }), "undecided");
    assert.equal(outcome({ policies: [policy], options: { version: "1.20" } }), "dropped");
  });

  it("are left undecided where one HTTP rule stands twice, and so swallows others in 1.20", () => {
    const twice = [{ path: "/a" }, { path: "/a" }];
    const policy = rules(
      { toPorts: onPort(8080, twice) },
      { toPorts: onPort(8080, [{ path: "/a" }, { path: "/" }]) },
    );
    assert.equal(outcome({ policies: [policy], options: { version: "1.20" } }), "undecided");
    assert.equal(outcome({ policies: [policy], options: { version: "1.16" } }), "allowed");
  });

  it("are left undecided where a selector names one label twice, with different values", () => {
    const peer = { matchLabels: { app: "client", "any:app": "other" } };
    const { verdict, sentence } = asked(rules({ fromEndpoints: [peer] }), "1.16");
    assert.equal(verdict.outcome, "undecided");
    assert.match(sentence, /names a label twice/);
  });
});

describe("Rules that ask for different authentication", () => {
  it("for the same peers and port leave the whole pod undecided", () => {
    const rule = (mode: string) => ({ fromEndpoints: [app("other")], authentication: { mode } });
    const policy = rules(rule("required"), rule("disabled"), { fromEndpoints: [app("client")] });
    for (const version of VERSIONS)
      assert.match(asked(policy, version).sentence, /other authentication than another rule/);
  });
});

describe("A denial", () => {
  it("is merged with nothing, and so conflicts with nothing", () => {
    const policy = cnp({
      endpointSelector: app("server"),
      ingress: [{ fromEndpoints: [app("client")], toPorts: toPort(8080, HTTP) }],
      ingressDeny: [{ fromEndpoints: [app("client")], toPorts: onPort(8080) }],
    });
    for (const version of VERSIONS) assert.equal(asked(policy, version).verdict.outcome, "dropped");
  });
});
