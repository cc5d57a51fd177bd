import assert from "node:assert/strict";
import { answer, answerData, answerText, readQuestion } from "../../access/ask.ts";
import { answerTo, app, cnp, CLIENT, onPort, pod, SERVER, sketch } from "./support.ts";

const LET_IN = cnp({
  endpointSelector: app("server"),
  ingress: [
    { fromEndpoints: [app("client")], toPorts: onPort(8080, [{ method: "GET", path: "/Patient/1" }]) },
  ],
});

describe("A question", () => {
  it("is a client, a method, a path, and a server, perhaps with its port", () => {
    assert.deepEqual(readQuestion("droid  GET /fhir/Patient/1 on server"), {
      client: "droid",
      method: "GET",
      path: "/fhir/Patient/1",
      server: "server",
      port: undefined,
    });
    assert.equal(readQuestion("droid GET / on server:8080").port, 8080);
  });

  it("is nothing else, and then an example says what it would be", () => {
    for (const text of [
      "",
      "droid GET /",
      "droid GET / server",
      "GET / on server",
      "droid GET / on server:http",
    ]) {
      assert.throws(() => readQuestion(text), /is no question: ask "CLIENT METHOD PATH on SERVER"/, text);
    }
  });

  it("may name namespaces, and must where there are two", () => {
    const pods = [CLIENT, pod("client", { namespace: "elsewhere" }), SERVER];
    const model = sketch({ pods, policies: [LET_IN] });
    assert.throws(
      () => answerTo(model, "client GET /Patient/1 on server"),
      /may be each of default\/client, elsewhere\/client: name its namespace/,
    );
    assert.equal(answerTo(model, "default/client GET /Patient/1 on server").verdict.outcome, "allowed");
    assert.equal(
      answerTo(model, "elsewhere/client GET /Patient/1 on default/server").verdict.outcome,
      "dropped",
    );
  });

  it("about nobody says who there is", () => {
    const model = sketch({});
    assert.throws(
      () => answerTo(model, "nobody GET / on server"),
      /no workload "nobody"; there are default\/client, default\/server, besides world, host, remote-node and addresses/,
    );
    assert.throws(
      () => answerTo(model, "client GET / on nobody"),
      /no server "nobody"; there are default\/client, default\/server/,
    );
  });

  it("needs a port where the server has none or several", () => {
    const pods = [
      CLIENT,
      pod("many", {
        ports: [
          { name: "a", port: 1, protocol: "TCP" },
          { name: "b", port: 2, protocol: "TCP" },
        ],
      }),
    ];
    assert.throws(
      () => answerTo(sketch({ pods }), "client GET / on many"),
      /which port of "many"\? it has 1, 2/,
    );
    assert.throws(
      () => answerTo(sketch({ pods }), "many GET / on client"),
      /which port of "client"\? it names none/,
    );
  });

  it("about a service has an answer for each workload behind it", () => {
    const pods = [CLIENT, SERVER, pod("second", { labels: { app: "server" }, ports: SERVER.ports })];
    const services = [
      {
        namespace: "default",
        name: "api",
        labels: {},
        selector: { app: "server" },
        ports: [{ name: "", protocol: "TCP", port: 80, targetPort: "http" }],
      },
    ];
    const answers = answer(sketch({ pods, services }), readQuestion("client GET / on api"));
    assert.deepEqual(
      answers.map(({ server, port }) => [server, port]),
      [
        ["server", 8080],
        ["second", 8080],
      ],
    );
  });
});

describe("An answer", () => {
  const model = sketch({ policies: [LET_IN] });

  for (const [text, sentence] of [
    [
      "client GET /Patient/1 on server",
      /^client's GET \/Patient\/1 to server:8080 passes: on its way out no policy says anything about the client's egress; on its way in CiliumNetworkPolicy default\/policy allows it by spec\.ingress\[0\]\.toPorts\[0\]\.rules\.http\[0\]\.$/,
    ],
    [
      "client PUT /Patient/1 on server",
      /^client's PUT .* does not pass on its way in: the proxy answers 403, for none of the HTTP rules of CiliumNetworkPolicy default\/policy \(spec\.ingress\[0\]\) matches\.$/,
    ],
    ["client GET /Patient%2F1 on server", /the proxy answers 307 and redirects to \/Patient\/1\.$/],
    ["client GET /Patient/%00 on server", /the proxy answers 400, for the path is not well formed\.$/],
    [
      "server GET /Patient/1 on server",
      /is dropped on its way in: CiliumNetworkPolicy default\/policy denies everything by default, and no rule allows it\.$/,
    ],
    [
      "host GET /Patient/1 on server",
      /passes: on its way out nothing is enforced, for it comes from no pod; on its way in a node always reaches its own pods\.$/,
    ],
  ] as const) {
    it(`is one sentence: ${text}`, () => {
      assert.match(answerTo(model, text).sentence, sentence);
    });
  }

  it("says what each side says, and names policies and rules as data", () => {
    const found = answerTo(model, "client PUT /Patient/1 on server");
    assert.match(
      answerText(found),
      /\n\n {2}denied\n {2}egress of client: unpoliced, .*\n {2}ingress of server: denied, /,
    );
    const { outcome, ingress } = answerData(found);
    assert.equal(outcome, "denied");
    assert.deepEqual(ingress.evidence, [
      { policy: "CiliumNetworkPolicy default/policy", at: "spec.ingress[0]" },
    ]);
  });
});
