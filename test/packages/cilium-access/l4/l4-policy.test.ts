import assert from "node:assert/strict";
import { isRefused } from "../../../../packages/cilium-access/verdict/verdict.ts";
import { answerTo, app, cnp, onPort, outcome, pod, SERVER, sketch } from "../support.ts";

const SUBJECT = { endpointSelector: app("server") };
const READ = { method: "GET", path: "/Patient/1" };
const ONE_RECORD = cnp({
  ...SUBJECT,
  ingress: [{ fromEndpoints: [app("client")], toPorts: onPort(8080, [READ]) }],
});

describe("The node of a pod", () => {
  it("reaches it whatever rules do not allow, and not what they deny", () => {
    const closed = cnp({ ...SUBJECT, ingress: [{}] });
    assert.equal(outcome({ policies: [closed] }, "host GET / on server"), "allowed");
    assert.equal(outcome({ policies: [closed] }, "remote-node GET / on server"), "dropped");
    const deny = cnp({ ...SUBJECT, ingressDeny: [{ fromEntities: ["host"] }] });
    assert.equal(outcome({ policies: [deny] }, "host GET / on server"), "dropped");
  });

  it("is not restricted by HTTP rules, but in 1.16 by those that name it", () => {
    const named = cnp({ ...SUBJECT, ingress: [{ fromEntities: ["host"], toPorts: onPort(8080, [READ]) }] });
    const other = "host GET /Patient/2 on server";
    assert.equal(outcome({ policies: [ONE_RECORD] }, other), "allowed");
    assert.equal(outcome({ policies: [named], options: { version: "1.16" } }, other), "denied");
    assert.equal(outcome({ policies: [named], options: { version: "1.20" } }, other), "allowed");
  });

  it("is what pods on its network are, or another node is: undecided where the two differ", () => {
    const pods = [pod("agent", { hostNetwork: true }), SERVER];
    const closed = cnp({ ...SUBJECT, ingress: [{ fromEndpoints: [app("agent")] }] });
    const { verdict, sentence } = answerTo(sketch({ pods, policies: [closed] }), "agent GET / on server");
    assert.equal(verdict.outcome, "undecided");
    assert.match(sentence, /From another node: .* is dropped/);
  });

  it("is left undecided where Cilium polices nodes, too", () => {
    assert.equal(outcome({ options: { hostFirewall: true } }, "host GET / on server"), "undecided");
  });
});

describe("The enforcement mode", () => {
  it("always closes what no policy speaks of; never opens everything", () => {
    assert.equal(outcome({ options: { enforcement: "always" } }), "dropped");
    const closed = [cnp({ ...SUBJECT, ingress: [{}] })];
    assert.equal(outcome({ policies: closed, options: { enforcement: "never" } }), "notEnforced");
  });

  it("of audits lets pass what would be dropped, and denies at layer 7 as ever", () => {
    const options = { auditMode: true };
    assert.equal(outcome({ policies: [cnp({ ...SUBJECT, ingress: [{}] })], options }), "allowed");
    assert.equal(outcome({ policies: [ONE_RECORD], options }, "client GET /Patient/2 on server"), "denied");
  });
});

describe("What is not modelled", () => {
  const undecided = (policy: ReturnType<typeof cnp>, text?: string) => {
    const { verdict, sentence } = answerTo(
      sketch({ policies: [policy], options: { version: "1.16" } }),
      text ?? "client GET / on server",
    );
    assert.equal(verdict.outcome, "undecided", sentence);
    return sentence;
  };
  const ingress = (rule: object) => cnp({ ...SUBJECT, ingress: [rule] });

  it("is said where a rule depends on names outside the cluster, and only for addresses outside", () => {
    const policy = cnp({
      endpointSelector: app("client"),
      egress: [{ toFQDNs: [{ matchName: "fhir.example.org" }] }],
    });
    assert.equal(outcome({ policies: [policy] }), "dropped");
  });

  it("is said of other protocols than HTTP", () => {
    const toPorts = [{ ports: [{ port: "8080", protocol: "TCP" }], rules: { kafka: [{ topic: "x" }] } }];
    assert.match(undecided(ingress({ toPorts })), /rules for kafka .* are not modelled/);
  });

  it("is said of mutual authentication", () => {
    const rule = { fromEndpoints: [app("client")], authentication: { mode: "required" } };
    assert.match(undecided(ingress(rule)), /asks for mutual authentication/);
  });

  it("is said of keys for TLS, which make all of a pod's policy depend on them", () => {
    const tls = { terminatingTLS: { secret: { name: "tls" } } };
    const toPorts = [{ ...onPort(8080, [READ])[0], ...tls }];
    assert.match(undecided(ingress({ toPorts })), /needs keys for TLS/);
  });

  it("does not make a certain drop undecided", () => {
    const out = cnp({ endpointSelector: app("client"), egress: [{}] }, { name: "out" });
    const rule = { fromEndpoints: [app("client")], authentication: { mode: "required" } };
    const { verdict } = answerTo(sketch({ policies: [out, ingress(rule)] }), "client GET / on server");
    assert.equal(verdict.outcome, "dropped");
    assert.ok(isRefused(verdict));
  });
});
