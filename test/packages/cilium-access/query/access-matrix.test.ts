import assert from "node:assert/strict";
import fc from "fast-check";
import { buildMatrix } from "../../../../packages/cilium-access/query/access-matrix.ts";
import { prepareRequest } from "../../../../packages/cilium-access/l7/http-request.ts";
import type { GrantedRecord } from "../../../../packages/cilium-access/query/probes.ts";
import { evaluateAccess } from "../../../../packages/cilium-access/verdict/verdict.ts";
import { app, ccnp, cnp, CLIENT, onPort, pod, SERVER, sketch } from "../support.ts";

const GRANT: GrantedRecord = {
  basePath: "/fhir",
  resourceType: "Patient",
  id: "luke",
  interactions: ["read"],
};
const RULES = [{ method: "GET", path: "/fhir/Patient/luke" }];
const LET_IN = cnp({
  endpointSelector: app("server"),
  ingress: [{ fromEndpoints: [app("client")], toPorts: onPort(8080, RULES) }],
});

describe("The matrix", () => {
  const only = (matrix: ReturnType<typeof buildMatrix>) => {
    const [server, ...others] = matrix.servers;
    assert.ok(server && others.length === 0);
    return server;
  };

  it("has every port of every server, and every client, those that should have nothing included", () => {
    const { server, port, clients } = only(buildMatrix(sketch({ policies: [LET_IN] })));
    assert.deepEqual([server.name, port], ["server", 8080]);
    assert.deepEqual(
      clients.map(({ client }) => client.name),
      [
        "client",
        "server",
        "a pod without labels",
        "a pod of another namespace",
        "world",
        "host",
        "remote-node",
      ],
    );
  });

  it("asks for what was granted, and what comes close", () => {
    const { probes, clients } = only(
      buildMatrix(sketch({ policies: [LET_IN] }), { grants: new Map([["server", [GRANT]]]) }),
    );
    const passing = probes
      .filter((_, index) => clients[0]?.outcomes[index] === "allowed")
      .map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual(passing, [
      "GET /fhir/Patient/luke",
      "GET /fhir/Patient/%6cuke",
      "GET /fhir/Patient/./luke",
      "GET /fhir/Patient/x/../luke",
      "GET /fhir/Patient//luke",
    ]);
    assert.ok(probes.length > 30);
  });

  it("probes what rules suggest, where no grants are known", () => {
    const { probes } = only(buildMatrix(sketch({ policies: [LET_IN] })));
    assert.ok(probes.some(({ method, path }) => method === "GET" && path === "/fhir/Patient/luke"));
  });

  it("tells blocks of the world apart that policies name", () => {
    const policy = cnp({
      endpointSelector: app("server"),
      ingress: [{ fromCIDRSet: [{ cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] }] }],
    });
    const { clients } = only(buildMatrix(sketch({ policies: [policy] })));
    const outside = clients.filter(({ client }) => client.name === "world" || client.name.includes("/"));
    assert.deepEqual(
      outside.map(({ client, always }) => [client.name, always?.outcome]),
      [
        ["world", "dropped"],
        ["10.0.0.0/8", "allowed"],
        ["10.1.0.0/16", "dropped"],
      ],
    );
  });

  it("finds ports of services where containers name none, and else those of rules", () => {
    const pods = [CLIENT, pod("server")];
    const services = [
      {
        namespace: "default",
        name: "api",
        labels: {},
        selector: { app: "server" },
        ports: [{ name: "", protocol: "TCP", port: 80, targetPort: 9000 }],
      },
    ];
    assert.equal(only(buildMatrix(sketch({ pods, services }))).port, 9000);
    assert.equal(only(buildMatrix(sketch({ pods, policies: [LET_IN] }))).port, 8080);
  });

  it("says the same of every request as a question about it alone", () => {
    const path = fc.constantFrom(
      "/fhir/Patient/luke",
      "/fhir/Patient/.*",
      "/fhir/metadata",
      "/fhir/Patient/[a-z]+",
      "/fhir/Patient\\?_id=luke",
    );
    const rules = fc.array(fc.record({ method: fc.constantFrom("GET", "PUT", "GET|HEAD"), path }), {
      minLength: 1,
      maxLength: 3,
    });
    const side = fc.option(rules, { nil: undefined });
    fc.assert(
      fc.property(
        side,
        side,
        fc.boolean(),
        fc.constantFrom("1.16" as const, "1.20" as const),
        (inward, outward, extra, version) => {
          const policies = [
            cnp(
              { endpointSelector: app("server"), ingress: [{ toPorts: onPort(8080, inward) }] },
              { name: "in" },
            ),
            cnp(
              { endpointSelector: app("client"), egress: [{ toPorts: onPort(8080, outward) }] },
              { name: "out" },
            ),
            ...(extra ? [ccnp({ endpointSelector: {}, egress: [{ toEntities: ["cluster"] }] })] : []),
          ];
          const model = sketch({ policies, options: { version } });
          const { probes, clients } = only(buildMatrix(model, { grants: new Map([["server", [GRANT]]]) }));
          for (const { client, always, outcomes } of clients) {
            const [from] = client.parties;
            const [to] = model.workloads[1]?.parties ?? [];
            assert.ok(from && to);
            const access = evaluateAccess(model.cluster, from, to, 8080);
            for (const [index, probe] of probes.entries()) {
              assert.equal(
                always?.outcome ?? outcomes[index],
                access.verdictOn(prepareRequest(probe)).outcome,
              );
            }
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it("has no server where no workload has a port", () => {
    assert.deepEqual(buildMatrix(sketch({ pods: [CLIENT] })).servers, []);
    assert.equal(buildMatrix(sketch({ pods: [SERVER] })).servers.length, 1);
  });
});
