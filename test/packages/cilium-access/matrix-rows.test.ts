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
