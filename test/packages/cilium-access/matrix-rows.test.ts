import assert from "node:assert/strict";
import fc from "fast-check";
import { answerJson } from "../../../packages/cilium-access/query/query.ts";
import { buildMatrix } from "../../../packages/cilium-access/query/access-matrix.ts";
import { matrixJson, formatMatrix } from "../../../packages/cilium-access/query/format-matrix.ts";
import { answerTo, app, cnp, CLIENT, pod, SERVER, sketch } from "./support.ts";

const SUBJECT = { endpointSelector: app("server") };

/** A policy of the server with these ingress rules. */
const ingress = (...rules: readonly object[]) => cnp({ ...SUBJECT, ingress: rules });
const tcp = (port: string, more: object = {}) => [{ ports: [{ port, protocol: "TCP", ...more }] }];

/** The outcome of each client's requests to a port of the server, by the client's name. */
function rowsAt(port: number, ...policies: ReturnType<typeof cnp>[]): Record<string, string | undefined> {
  const { servers } = buildMatrix(sketch({ policies }));
  const found = servers.find((one) => one.server.name === "server" && one.port === port);
  assert.ok(found, `no row for port ${port}`);
  return Object.fromEntries(found.clients.map(({ client, always }) => [client.name, always?.outcome]));
}

const portsOf = (...policies: ReturnType<typeof cnp>[]) =>
  buildMatrix(sketch({ policies }))
    .servers.filter(({ server }) => server.name === "server")
    .map(({ port }) => port);

describe("The rows of the matrix for entities", () => {
  // Cilium enforces egress policy on endpoints that are being created, so that what they send is dropped all the same.
  it("list init where a policy allows it by name, dropped by its own egress", () => {
    assert.equal(rowsAt(8080, ingress({ fromEntities: ["init"] })).init, "dropped");
  });

  for (const entity of ["ingress", "health", "kube-apiserver", "unmanaged"]) {
    it(`list ${entity} where a policy allows it by name`, () => {
      assert.equal(rowsAt(8080, ingress({ fromEntities: [entity] }))[entity], "allowed");
    });

    it(`list ${entity} where a policy denies it`, () => {
      const denying = cnp({ ...SUBJECT, ingress: [{}], ingressDeny: [{ fromEntities: [entity] }] });
      assert.equal(rowsAt(8080, denying)[entity], "dropped");
    });
  }

  it("list every entity of the cluster where a policy allows the entity cluster", () => {
    const rows = rowsAt(8080, ingress({ fromEntities: ["cluster"] }));
    for (const entity of ["ingress", "health", "kube-apiserver", "unmanaged", "remote-node"]) {
      assert.equal(rows[entity], "allowed", entity);
    }
    assert.equal(rows.world, "dropped");
  });

  it("list no further entity where a policy allows the entity all: what it allows, the world is allowed", () => {
    const rows = rowsAt(8080, ingress({ fromEntities: ["all"] }));
    assert.deepEqual(Object.keys(rows).slice(4), ["world", "host", "remote-node"]);
    assert.deepEqual(Object.values(rows), Array(7).fill("allowed"));
  });

  for (const [entity, others] of [
    ["world", ["remote-node", "client"]],
    ["remote-node", ["world", "client"]],
  ] as const) {
    it(`state that ${entity} alone is allowed where a policy allows the entity ${entity}`, () => {
      const rows = rowsAt(8080, ingress({ fromEntities: [entity] }));
      assert.equal(rows[entity], "allowed");
      for (const other of others) assert.equal(rows[other], "dropped", other);
    });

    it(`state that ${entity} is dropped where a policy denies the entity ${entity}`, () => {
      const denying = cnp({ ...SUBJECT, ingress: [{}], ingressDeny: [{ fromEntities: [entity] }] });
      assert.equal(rowsAt(8080, denying)[entity], "dropped");
    });
  }

  it("state that host is dropped only where a policy denies it: otherwise a node reaches its own pods", () => {
    const denying = cnp({ ...SUBJECT, ingress: [{}], ingressDeny: [{ fromEntities: ["host"] }] });
    assert.equal(rowsAt(8080, denying).host, "dropped");
    assert.equal(rowsAt(8080, ingress({ fromEntities: ["world"] })).host, "allowed");
  });

  it("omit entities that no policy selects", () => {
    assert.deepEqual(Object.keys(rowsAt(8080, ingress({ fromEndpoints: [app("client")] }))), [
      "client",
      "server",
      "a pod without labels",
      "a pod of another namespace",
      "world",
      "host",
      "remote-node",
    ]);
  });
});

describe("The rows of the matrix for ports", () => {
  it("include a port that a policy names and no container declares", () => {
    const open = ingress({ fromEntities: ["world"], toPorts: tcp("9000") });
    assert.deepEqual(portsOf(open), [8080, 9000]);
    assert.equal(rowsAt(9000, open).world, "allowed");
    assert.equal(rowsAt(8080, open).world, "dropped");
  });

  it("include a port that a policy names for any protocol, and one that a policy denies", () => {
    const any = cnp({
      ...SUBJECT,
      ingress: [{ toPorts: [{ ports: [{ port: "7000", protocol: "ANY" }] }] }],
      ingressDeny: [{ toPorts: tcp("7001") }],
    });
    assert.deepEqual(portsOf(any), [7000, 7001, 8080]);
  });

  it("include the first port of a range without a declared port, and none for a range with one", () => {
    const ranges = ingress(
      { toPorts: tcp("9000", { endPort: 9999 }) },
      { toPorts: tcp("8000", { endPort: 8999 }) },
    );
    assert.deepEqual(portsOf(ranges), [8080, 9000]);
  });

  it("omit ports of UDP and names that no container has", () => {
    const others = ingress(
      { toPorts: [{ ports: [{ port: "53", protocol: "UDP" }] }] },
      { toPorts: tcp("web") },
    );
    assert.deepEqual(portsOf(others), [8080]);
  });
});

describe("The rows of the matrix for ports that egress rules of clients name", () => {
  const toServer = (...toPorts: readonly object[]) =>
    cnp(
      { endpointSelector: app("client"), egress: [{ toEndpoints: [app("server")], toPorts }] },
      { name: "client-egress" },
    );

  it("include a port that no container declares, on which the client is allowed", () => {
    const policy = toServer(...tcp("9000"));
    assert.deepEqual(portsOf(policy), [8080, 9000]);
    assert.equal(rowsAt(9000, policy).client, "allowed");
    assert.equal(rowsAt(8080, policy).client, "dropped");
  });

  it("include the first port of a range without a declared port, and a port of a rule without peers", () => {
    assert.deepEqual(portsOf(toServer(...tcp("9000", { endPort: 9999 }))), [8080, 9000]);
    assert.deepEqual(
      portsOf(cnp({ endpointSelector: app("client"), egress: [{ toPorts: tcp("7000") }] })),
      [7000, 8080],
    );
  });

  it("omit workloads without a port where a rule without peers names one", () => {
    const open = cnp({ endpointSelector: app("client"), egress: [{ toPorts: tcp("7000") }] });
    const { servers } = buildMatrix(sketch({ policies: [open] }));
    assert.deepEqual([...new Set(servers.map(({ server }) => server.name))], ["server"]);
  });

  it("include in 1.16 the port for which another pod declares the name: a name is one number for all pods", () => {
    const metrics = pod("other", { ports: [{ name: "metrics", port: 9090, protocol: "TCP" }] });
    const policies = [toServer(...tcp("metrics"))];
    const of = (version: "1.16" | "1.20") =>
      buildMatrix(sketch({ pods: [CLIENT, SERVER, metrics], policies, options: { version } }))
        .servers.filter(({ server }) => server.name === "server")
        .map(({ port, clients }) => [
          port,
          clients.find(({ client }) => client.name === "client")?.always?.outcome,
        ]);
    assert.deepEqual(of("1.16"), [
      [8080, "dropped"],
      [9090, "allowed"],
    ]);
    assert.deepEqual(of("1.20"), [[8080, "dropped"]]);
  });

  it("omit ports of rules that select other servers, blocks of addresses, or UDP", () => {
    const others = cnp({
      endpointSelector: app("client"),
      egress: [
        { toEndpoints: [app("client")], toPorts: tcp("9000") },
        { toCIDR: ["10.0.0.0/8"], toPorts: tcp("9001") },
        { toEndpoints: [app("server")], toPorts: [{ ports: [{ port: "53", protocol: "UDP" }] }] },
      ],
    });
    assert.deepEqual(portsOf(others), [8080]);
  });
});

describe("The rows of the matrix behind the proxy", () => {
  const http = [
    { ports: [{ port: "8080", protocol: "TCP" }], rules: { http: [{ method: "GET", path: "/a" }] } },
  ];

  it("state that requests pass where a rule without HTTP rules allows all peers what HTTP rules restrict", () => {
    const { servers } = buildMatrix(
      sketch({ policies: [ingress({ toPorts: http }, { toPorts: tcp("8080") })] }),
    );
    const server = servers.find((one) => one.server.name === "server");
    const world = server?.clients.find(({ client }) => client.name === "world");
    const outcomes = server?.probes.map(({ method, path }, index) => [
      `${method} ${path}`,
      world?.always?.outcome ?? world?.outcomes[index],
    ]);
    assert.ok(outcomes?.some(([request]) => request === "DELETE /any"));
    for (const [request, outcome] of outcomes ?? []) {
      assert.equal(outcome, request === "GET /any%2Fpath" ? "denied" : "allowed", request);
    }
  });

  it("state that requests are denied where a rule's path begins with no slash and suggests no request", () => {
    const rules = { http: [{ path: "a" }] };
    const policies = [ingress({ toPorts: [{ ...tcp("8080")[0], rules }] })];
    const server = buildMatrix(sketch({ policies })).servers.find((one) => one.server.name === "server");
    const world = server?.clients.find(({ client }) => client.name === "world");
    assert.ok((world?.outcomes.length ?? 0) > 0);
    assert.deepEqual([...new Set(world?.outcomes)], ["denied"]);
  });
});

describe("The JSON of npm run access", () => {
  const agent = pod("agent", { hostNetwork: true });
  const rule = fc.record({
    fromEntities: fc.subarray(["world", "host", "remote-node", "ingress", "cluster"], { minLength: 1 }),
    toPorts: fc.constantFrom(undefined, tcp("8080"), tcp("9000")),
  });
  const policies = fc.array(
    fc.record({ ingress: fc.array(rule, { maxLength: 2 }), ingressDeny: fc.array(rule, { maxLength: 1 }) }),
    { maxLength: 2 },
  );

  it("states for each client what the table states, also where that depends on the node", () => {
    fc.assert(
      fc.property(policies, (specs) => {
        const all = specs.map((spec, index) => cnp({ ...SUBJECT, ...spec }, { name: `policy-${index}` }));
        const model = sketch({ pods: [CLIENT, agent, SERVER], policies: all });
        const matrix = buildMatrix(model);
        for (const [index, { clients, server, port }] of matrix.servers.entries()) {
          const data = matrixJson(matrix, model).servers[index];
          assert.deepEqual(
            data?.clients.map((client) => ("always" in client ? client.always.outcome : undefined)),
            clients.map(({ always }) => always?.outcome),
          );
          const asked = answerJson(answerTo(model, `agent GET / on ${server.name}:${port}`));
          const row = clients.find(({ client }) => client.name === "agent");
          assert.equal(asked.outcome, row?.always?.outcome);
        }
        assert.ok(formatMatrix(matrix, model).includes("agent"));
      }),
    );
  });

  it("is undecided for a client on the network of its node where the node decides", () => {
    const model = sketch({
      pods: [agent, SERVER],
      policies: [ingress({ fromEndpoints: [app("agent")] })],
    });
    const data = answerJson(answerTo(model, "agent GET / on server"));
    assert.deepEqual([data.outcome, data.egress.outcome, data.ingress.outcome], Array(3).fill("undecided"));
  });
});
