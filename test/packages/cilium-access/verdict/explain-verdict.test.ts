import assert from "node:assert/strict";
import { evidence } from "../../../../packages/cilium-access/verdict/explain-verdict.ts";
import { answerTo, app, cnp, onPort, sketch } from "../support.ts";

const of = (rest: object, name = "policy") => cnp({ endpointSelector: app("server"), ...rest }, { name });
const sentence = (policies: ReturnType<typeof cnp>[], options = {}, text = "client GET / on server") =>
  answerTo(sketch({ policies, options }), text).sentence;

describe("A verdict in one sentence", () => {
  it("names the rules that deny", () => {
    const deny = [
      of({ ingressDeny: [{ fromEndpoints: [app("client")] }] }),
      of({ ingressDeny: [{ fromEntities: ["cluster"] }] }, "second"),
    ];
    assert.match(
      sentence(deny.slice(0, 1)),
      /is dropped on its way in: CiliumNetworkPolicy default\/policy \(spec\.ingressDeny\[0\]\) denies it\.$/,
    );
    assert.match(
      sentence(deny),
      /default\/policy \(.*\) and CiliumNetworkPolicy default\/second \(.*\) deny it\.$/,
    );
  });

  it("names the policies that deny by default, where no rule allows", () => {
    const closed = [of({ ingress: [{}] }), of({ ingress: [{}] }, "second"), of({ ingress: [{}] }, "third")];
    assert.match(
      sentence(closed),
      /CiliumNetworkPolicy default\/policy, CiliumNetworkPolicy default\/second and CiliumNetworkPolicy default\/third deny everything by default, and no rule allows it\.$/,
    );
    assert.match(sentence([], { enforcement: "always" }), /Cilium denies everything by default/);
  });

  it("names the rules that let everything through", () => {
    assert.match(
      sentence([of({ ingress: [{ toPorts: onPort(8080) }] })]),
      /default\/policy \(spec\.ingress\[0\]\) allows all requests on this port\.$/,
    );
  });

  it("says that policies deny nothing by default", () => {
    const open = { ingress: [{ fromEndpoints: [app("other")] }], enableDefaultDeny: { ingress: false } };
    assert.match(sentence([of(open)]), /default\/policy denies nothing by default\.$/);
  });

  it("says what audit mode lets pass", () => {
    assert.match(
      sentence([of({ ingress: [{}] })], { auditMode: true }),
      /no rule allows it, but audit mode allows it\.$/,
    );
    const deny = of({ ingressDeny: [{ fromEndpoints: [app("client")] }] });
    assert.match(sentence([deny], { auditMode: true }), /would deny it, but audit mode allows it\.$/);
  });

  it("says on what it depends, where it is undecided", () => {
    const rule = { fromEndpoints: [app("client")], authentication: { mode: "required" } };
    assert.match(
      sentence([of({ ingress: [rule] })]),
      /is undecided on its way in: CiliumNetworkPolicy default\/policy at spec\.ingress\[0\] asks for mutual authentication\.$/,
    );
  });
});

describe("The evidence for a verdict", () => {
  it("is each policy that had a say, and where in it", () => {
    const { verdict } = answerTo(
      sketch({ policies: [of({ ingressDeny: [{ fromEntities: ["all"] }] })] }),
      "client GET / on server",
    );
    assert.deepEqual(evidence(verdict.ingress), [
      { policy: "CiliumNetworkPolicy default/policy", at: "spec.ingressDeny[0]" },
    ]);
    assert.deepEqual(evidence(verdict.egress), []);
  });
});
