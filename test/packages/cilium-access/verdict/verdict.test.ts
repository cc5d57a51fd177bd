import assert from "node:assert/strict";
import { answerTo, app, ccnp, cnp, CLIENT, onPort, outcome, pod, SERVER, sketch } from "../support.ts";

const SUBJECT = { endpointSelector: app("server") };
const READ = { method: "GET", path: "/Patient/1" };
const ONE_RECORD = cnp({
  ...SUBJECT,
  ingress: [{ fromEndpoints: [app("client")], toPorts: onPort(8080, [READ]) }],
});

describe("A direction of a pod", () => {
  it("is open where no policy selects it", () => {
    assert.equal(outcome({}), "notEnforced");
    assert.equal(outcome({ policies: [cnp({ ...SUBJECT, egress: [{}] })] }), "notEnforced");
  });

  it("is closed by a rule that allows no peer, and not by an empty list", () => {
    assert.equal(outcome({ policies: [cnp({ ...SUBJECT, ingress: [{}] })] }), "dropped");
    assert.equal(
      outcome({ policies: [cnp({ ...SUBJECT, ingress: [] })], options: { version: "1.16" } }),
      "notEnforced",
    );
  });

  it("is closed for one direction only: the client's egress, or the server's ingress", () => {
    const closed = cnp({ endpointSelector: app("client"), ingress: [{}] });
    assert.equal(outcome({ policies: [closed] }), "notEnforced");
    assert.equal(outcome({ policies: [cnp({ endpointSelector: app("client"), egress: [{}] })] }), "dropped");
  });

  it("stays open where the rule says that it denies nothing by default", () => {
    const spec = {
      ...SUBJECT,
      ingress: [{ fromEndpoints: [app("other")] }],
      enableDefaultDeny: { ingress: false },
    };
    assert.equal(outcome({ policies: [cnp(spec)] }), "allowed");
    const closing = cnp({ ...SUBJECT, ingress: [{}] }, { name: "closing" });
    assert.equal(outcome({ policies: [cnp(spec), closing] }), "dropped");
  });

  it("is closed by a rule that only denies, and open again where that denies nothing by default", () => {
    const deny = { ...SUBJECT, ingressDeny: [{ fromEndpoints: [app("other")] }] };
    assert.equal(outcome({ policies: [cnp(deny)] }), "dropped");
    assert.equal(outcome({ policies: [cnp({ ...deny, enableDefaultDeny: { ingress: false } })] }), "allowed");
  });

  it("lets HTTP rules restrict nothing where nothing is denied by default", () => {
    const open = { ...(ONE_RECORD.spec as object), enableDefaultDeny: { ingress: false } };
    assert.equal(outcome({ policies: [cnp(open)] }, "client DELETE /Patient/2 on server"), "allowed");
  });
});

describe("Rules", () => {
  const from = (name: string, rest: object = {}) => ({ fromEndpoints: [app(name)], ...rest });
  const ingress = (...rules: object[]) => cnp({ ...SUBJECT, ingress: rules });

  it("allow what any of them allows, of whichever policy", () => {
    const policies = [
      ingress(from("other")),
      cnp({ ...SUBJECT, ingress: [from("client")] }, { name: "second" }),
    ];
    assert.equal(outcome({ policies }), "allowed");
  });

  it("that deny win over all that allow, however narrow those are and however wide the denial is", () => {
    const deny = cnp({ ...SUBJECT, ingressDeny: [{ fromEntities: ["all"] }] }, { name: "deny" });
    assert.equal(
      outcome({ policies: [ingress(from("client", { toPorts: onPort(8080) })), deny] }),
      "dropped",
    );
  });

  it("hold for the ports that they name", () => {
    const policies = [ingress(from("client", { toPorts: onPort(8080) }))];
    assert.equal(outcome({ policies }), "allowed");
    assert.equal(outcome({ policies }, "client GET / on server:8081"), "dropped");
  });

  it("apply to all peers, the world included, where they name ports and no peers", () => {
    const policies = [ingress({ toPorts: onPort(8080) })];
    for (const client of ["client", "world", "remote-node", "203.0.113.7"]) {
      assert.equal(outcome({ policies }, `${client} GET / on server`), "allowed", client);
    }
  });

  it("apply to no peer where the list of peers is empty", () => {
    const policies = [ingress({ fromEndpoints: [], toPorts: onPort(8080) })];
    assert.equal(outcome({ policies }), "dropped");
  });

  it("of both sides must let a request through", () => {
    const out = cnp(
      { endpointSelector: app("client"), egress: [{ toEndpoints: [app("server")] }] },
      { name: "out" },
    );
    assert.equal(outcome({ policies: [out, ingress(from("client"))] }), "allowed");
    assert.equal(outcome({ policies: [out, ingress(from("other"))] }), "dropped");
    assert.equal(
      outcome({
        policies: [
          ingress(from("client")),
          cnp({ endpointSelector: app("client"), egress: [{}] }, { name: "out" }),
        ],
      }),
      "dropped",
    );
  });

  it("stand in `specs` as they do in `spec`", () => {
    const policy = {
      ...cnp({}),
      spec: undefined,
      specs: [
        { ...SUBJECT, ingress: [from("client")] },
        { ...SUBJECT, ingress: [{}] },
      ],
    };
    assert.equal(outcome({ policies: [policy] }), "allowed");
    assert.equal(
      outcome({ policies: [policy], pods: [CLIENT, SERVER, pod("other")] }, "other GET / on server"),
      "dropped",
    );
  });

  it("for nodes say nothing about pods", () => {
    const nodes = ccnp({ nodeSelector: {}, ingress: [{}] });
    assert.equal(outcome({ policies: [nodes] }), "notEnforced");
  });
});

describe("HTTP rules", () => {
  it("answer 403 to what they do not allow, and do not drop it", () => {
    assert.equal(outcome({ policies: [ONE_RECORD] }, "client GET /Patient/1 on server"), "allowed");
    assert.equal(outcome({ policies: [ONE_RECORD] }, "client GET /Patient/2 on server"), "denied");
    assert.equal(outcome({ policies: [ONE_RECORD] }, "world GET /Patient/1 on server"), "dropped");
  });

  it("are a union over all rules for a peer and a port", () => {
    const other = cnp(
      { ...SUBJECT, ingress: [{ toPorts: onPort(8080, [{ path: "/metadata" }]) }] },
      { name: "other" },
    );
    const policies = [ONE_RECORD, other];
    assert.equal(outcome({ policies }, "client GET /Patient/1 on server"), "allowed");
    assert.equal(outcome({ policies }, "client GET /metadata on server"), "allowed");
    assert.equal(outcome({ policies }, "client GET /Patient/2 on server"), "denied");
    assert.equal(outcome({ policies }, "world GET /Patient/1 on server"), "denied");
  });

  for (const [what, rule] of [
    ["the same port without HTTP", { fromEndpoints: [app("client")], toPorts: onPort(8080) }],
    ["no ports at all", { fromEndpoints: [app("client")] }],
    ["all peers on the same port", { toPorts: onPort(8080) }],
    [
      "a range that the port lies in",
      { toPorts: [{ ports: [{ port: "8000", endPort: 9000, protocol: "TCP" }] }] },
    ],
  ] as const) {
    it(`have no effect in addition to a rule that allows ${what}`, () => {
      const wider = cnp({ ...SUBJECT, ingress: [rule] }, { name: "wider" });
      assert.equal(
        outcome({ policies: [ONE_RECORD, wider] }, "client DELETE /Patient/2 on server"),
        "allowed",
      );
    });
  }

  it("do not answer where another rule drops the connection", () => {
    const deny = cnp({ ...SUBJECT, ingressDeny: [{ fromEndpoints: [app("client")] }] }, { name: "deny" });
    assert.equal(outcome({ policies: [ONE_RECORD, deny] }, "client GET /Patient/1 on server"), "dropped");
  });

  it("of the client's side answer before the server's side sees anything", () => {
    const egress = [{ toEndpoints: [app("server")], toPorts: onPort(8080, [{ method: "GET" }]) }];
    const out = cnp({ endpointSelector: app("client"), egress }, { name: "out" });
    const closed = cnp({ ...SUBJECT, ingress: [{}] }, { name: "closed" });
    assert.equal(outcome({ policies: [out, ONE_RECORD] }, "client GET /Patient/1 on server"), "allowed");
    assert.equal(outcome({ policies: [out, closed] }, "client PUT /Patient/1 on server"), "denied");
    assert.equal(outcome({ policies: [out, closed] }, "client GET /Patient/1 on server"), "dropped");
  });

  it("see a path in its normal form", () => {
    const ask = (path: string) => outcome({ policies: [ONE_RECORD] }, `client GET ${path} on server`);
    assert.equal(ask("/Observation/../Patient/./1"), "allowed");
    assert.equal(ask("//Patient//1"), "allowed");
    assert.equal(ask("/%50atient/1"), "allowed");
    assert.equal(ask("/Patient%2F1"), "denied");
    assert.equal(ask("/Patient/1/"), "denied");
    assert.equal(ask("/Patient/1?x=1"), "denied");
  });

  it("see a path as it is sent, where Envoy leaves it alone", () => {
    const options = { normalizePath: false };
    const ask = (path: string) =>
      outcome({ policies: [ONE_RECORD], options }, `client GET ${path} on server`);
    assert.equal(ask("/Patient/1"), "allowed");
    assert.equal(ask("//Patient//1"), "denied");
  });

  it("that ask for headers leave requests undecided of which none are known", () => {
    const http = [{ ...READ, headers: ["X-Purpose: treatment"] }];
    const policies = [cnp({ ...SUBJECT, ingress: [{ toPorts: onPort(8080, http) }] })];
    assert.equal(outcome({ policies }, "client GET /Patient/1 on server"), "undecided");
    assert.equal(outcome({ policies }, "client GET /Patient/2 on server"), "denied");
  });

  it("that Envoy would refuse leave the whole pod undecided", () => {
    const http = [{ path: "/Patient/[A-Za-z0-9.-]{1,64}" }];
    const policies = [cnp({ ...SUBJECT, ingress: [{ toPorts: onPort(8080, http) }] })];
    const { verdict, sentence } = answerTo(sketch({ policies }), "client GET /Patient/1 on server");
    assert.equal(verdict.outcome, "undecided");
    assert.match(sentence, /takes \d+ instructions, and Envoy allows 100/);
    const options = { re2ProgramLimit: 1000 };
    assert.equal(outcome({ policies, options }, "client GET /Patient/1 on server"), "allowed");
  });
});
