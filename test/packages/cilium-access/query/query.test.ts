import assert from "node:assert/strict";
import {
  answerQuery,
  answerJson,
  formatAnswer,
  parseQuery,
} from "../../../../packages/cilium-access/query/query.ts";
import { answerTo, app, cnp, CLIENT, onPort, pod, SERVER, sketch } from "../support.ts";

const LET_IN = cnp({
  endpointSelector: app("server"),
  ingress: [
    { fromEndpoints: [app("client")], toPorts: onPort(8080, [{ method: "GET", path: "/Patient/1" }]) },
  ],
});

const PORTS = [{ name: "", protocol: "TCP", port: 80, targetPort: 8080 }];

describe("A question", () => {
  it("is a client, a method, a path, and a server, perhaps with its port", () => {
    assert.deepEqual(parseQuery("droid  GET /fhir/Patient/1 on server"), {
      client: "droid",
      method: "GET",
      path: "/fhir/Patient/1",
      server: "server",
      port: undefined,
    });
    assert.equal(parseQuery("droid GET / on server:8080").port, 8080);
  });

  it("is nothing else, and then an example says what it would be", () => {
    for (const text of [
      "",
      "droid GET /",
      "droid GET / server",
      "GET / on server",
      "droid GET / on server:http",
    ]) {
      assert.throws(() => parseQuery(text), /is not a query: write "CLIENT METHOD PATH on SERVER"/, text);
    }
  });

  it("may name namespaces, and must where there are two", () => {
    const pods = [CLIENT, pod("client", { namespace: "elsewhere" }), SERVER];
    const model = sketch({ pods, policies: [LET_IN] });
    assert.throws(
      () => answerTo(model, "client GET /Patient/1 on server"),
      /is ambiguous between default\/client, elsewhere\/client: specify the namespace/,
    );
    assert.equal(answerTo(model, "default/client GET /Patient/1 on server").verdict.outcome, "allowed");
    assert.equal(
      answerTo(model, "elsewhere/client GET /Patient/1 on default/server").verdict.outcome,
      "dropped",
    );
  });

  it("about an unknown workload lists the known ones", () => {
    const model = sketch({});
    assert.throws(
      () => answerTo(model, "unknown GET / on server"),
      /workload not found: "unknown"; there are default\/client, default\/server, in addition to world, host, remote-node and addresses/,
    );
    assert.throws(
      () => answerTo(model, "client GET / on unknown"),
      /server not found: "unknown"; the workloads are default\/client, default\/server and the services none/,
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
    const model = sketch({ pods, services });
    const answers = answerQuery(model, parseQuery("client GET / on api"));
    assert.deepEqual(
      answers.map(({ server, port }) => [server, port]),
      [
        ["server", 8080],
        ["second", 8080],
      ],
    );
    assert.throws(
      () => answerTo(model, "client GET / on api:9090"),
      /the service "api" has no port 9090, nor have the pods behind it: it has 80/,
    );
  });

  for (const [what, rest, message] of [
    ["without pods", { selector: { app: "unknown" } }, /no workload is behind the service "api"/],
    ["without a selector", { selector: {} }, /no workload is behind the service "api"/],
    [
      "that leads nowhere",
      { ports: [{ name: "", protocol: "TCP", port: 80, targetPort: "grpc" }] },
      /the service "api" leads to the port "grpc", and no container has a port of that name/,
    ],
    [
      "for UDP",
      { ports: [{ name: "", protocol: "UDP", port: 80, targetPort: 80 }] },
      /which port of "api"\? it names none/,
    ],
  ] as const) {
    it(`about a service ${what} says so`, () => {
      const api = { namespace: "default", name: "api", labels: {}, selector: { app: "server" }, ports: [] };
      assert.throws(
        () => answerTo(sketch({ services: [{ ...api, ports: PORTS, ...rest }] }), "client GET / on api"),
        message,
      );
    });
  }

  it("about a service has an answer for pods on their node's network, and by labels that Cilium leaves out", () => {
    const labels = { app: "server", "statefulset.kubernetes.io/pod-name": "server-0" };
    const services = [{ namespace: "default", name: "api", labels: {}, selector: labels, ports: PORTS }];
    for (const hostNetwork of [false, true]) {
      const pods = [CLIENT, pod("server", { labels, hostNetwork })];
      const { server, port } = answerTo(sketch({ pods, services }), "client GET / on api");
      assert.deepEqual([server, port], ["server", 8080]);
    }
  });

  it("about a workload and a service of one name is about the service's ports first", () => {
    const services = [
      { namespace: "default", name: "server", labels: {}, selector: { app: "server" }, ports: PORTS },
    ];
    const model = sketch({ services });
    for (const port of [80, 8080, 9000]) {
      assert.equal(
        answerTo(model, `client GET / on server:${port}`).port,
        port === 80 ? 8080 : port,
        `${port}`,
      );
    }
  });

  it("names a port that there can be", () => {
    for (const port of [0, 65_536]) {
      assert.throws(
        () => parseQuery(`droid GET / on server:${port}`),
        /is not a port number: .* from 1 to 65535/,
      );
    }
  });

  it("about addresses is about IPv4, and about a block only where policies do not divide it", () => {
    const policy = cnp({
      endpointSelector: app("server"),
      ingress: [{ fromCIDR: ["0.0.0.0/0"] }, { fromCIDR: ["10.1.0.0/16"] }],
    });
    const model = sketch({ policies: [policy] });
    assert.throws(
      () => answerTo(model, "2001:db8::1 GET / on server"),
      /is an IPv6 address, and only IPv4 clusters/,
    );
    assert.throws(
      () => answerTo(model, "10.0.0.0/8 GET / on server"),
      /policies tell parts of 10\.0\.0\.0\/8 from the rest: query one address, or 10\.1\.0\.0\/16/,
    );
    for (const client of ["10.1.0.0/16", "10.1.2.0/24", "10.2.0.0/16", "203.0.113.7"]) {
      assert.equal(answerTo(model, `${client} GET / on server`).verdict.outcome, "allowed", client);
    }
  });
});

describe("An answer", () => {
  const model = sketch({ policies: [LET_IN] });

  for (const [text, sentence] of [
    [
      "client GET /Patient/1 on server",
      /^client's GET \/Patient\/1 to server:8080 is allowed: on its way out no policy selects the client for egress; on its way in CiliumNetworkPolicy default\/policy allows it by spec\.ingress\[0\]\.toPorts\[0\]\.rules\.http\[0\]\.$/,
    ],
    [
      "client PUT /Patient/1 on server",
      /^client's PUT .* is denied on its way in: the proxy responds with 403: none of the HTTP rules of CiliumNetworkPolicy default\/policy \(spec\.ingress\[0\]\) matches\.$/,
    ],
    ["client GET /Patient%2F1 on server", /the proxy responds with 307 and redirects to \/Patient\/1\.$/],
    ["client GET /Patient/%00 on server", /the proxy responds with 400: the path is malformed\.$/],
    [
      "server GET /Patient/1 on server",
      /is dropped on its way in: CiliumNetworkPolicy default\/policy denies everything by default, and no rule allows it\.$/,
    ],
    [
      "host GET /Patient/1 on server",
      /is allowed: on its way out no egress policy applies: the source is not a pod; on its way in a node always reaches its own pods\.$/,
    ],
  ] as const) {
    it(`is one sentence: ${text}`, () => {
      assert.match(answerTo(model, text).sentence, sentence);
    });
  }

  it("says what each side says, and names policies and rules as data", () => {
    const found = answerTo(model, "client PUT /Patient/1 on server");
    assert.match(
      formatAnswer(found),
      /\n\n {2}denied\n {2}egress of client: notEnforced, .*\n {2}ingress of server: denied, /,
    );
    const { outcome, ingress } = answerJson(found);
    assert.equal(outcome, "denied");
    assert.deepEqual(ingress.evidence, [
      { policy: "CiliumNetworkPolicy default/policy", at: "spec.ingress[0]" },
    ]);
  });
});
