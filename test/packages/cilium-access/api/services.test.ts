import assert from "node:assert/strict";
import type { Service } from "../../../../packages/cilium-access/api/services.ts";
import { answerTo, app, cnp, onPort, outcome, refusal, sketch } from "../support.ts";

const service = (rest: Partial<Service> = {}): Service => ({
  namespace: "default",
  name: "api",
  labels: { tier: "backend" },
  selector: { app: "server" },
  ports: [{ name: "http", protocol: "TCP", port: 80, targetPort: "http" }],
  ...rest,
});
const to = (toServices: readonly object[], rest: object = {}) =>
  cnp({ endpointSelector: app("client"), egress: [{ toServices, ...rest }] });
const BY_NAME = [{ k8sService: { serviceName: "api", namespace: "default" } }];
const BY_LABEL = [
  { k8sServiceSelector: { selector: { matchLabels: { tier: "backend" } }, namespace: "default" } },
];

describe("A rule about a service", () => {
  for (const [what, named] of [
    ["by its name", BY_NAME],
    ["by its labels", BY_LABEL],
  ] as const) {
    it(`lets out to the pods behind it in 1.20, when named ${what}`, () => {
      const cluster = { policies: [to(named)], services: [service()] };
      assert.equal(outcome({ ...cluster, options: { version: "1.20" } }), "allowed");
      assert.equal(outcome({ ...cluster, options: { version: "1.16" } }), "dropped");
    });
  }

  it("matches no peer where the service does not exist", () => {
    const options = { version: "1.20" } as const;
    assert.equal(outcome({ policies: [to(BY_NAME)], options }), "dropped");
  });

  it("depends on addresses that are not known here, where the service has no selector", () => {
    const policies = [to(BY_NAME)];
    const services = [service({ selector: {} })];
    assert.equal(outcome({ policies, services }), "dropped");
  });

  it("cannot name ports in 1.16", () => {
    const policy = to(BY_NAME, { toPorts: onPort(80) });
    assert.match(refusal(policy, { version: "1.16" }) ?? "", /toServices cannot be combined with toPorts/);
    assert.equal(refusal(policy, { version: "1.20" }), undefined);
  });

  it("may open its ports to all peers in 1.20, where it is unknown whether the service has addresses", () => {
    const cluster = { options: { version: "1.20" } as const, services: [service({ selector: {} })] };
    assert.equal(outcome({ ...cluster, policies: [to(BY_NAME, { toPorts: onPort(8080) })] }), "undecided");
    assert.equal(outcome({ ...cluster, policies: [to(BY_NAME)] }), "dropped");
    const both = { ...cluster, services: [...cluster.services, service({ name: "other" })] };
    const policy = to([...BY_NAME, { k8sService: { serviceName: "other" } }], { toPorts: onPort(8080) });
    assert.equal(outcome({ ...both, policies: [policy] }, "client GET / on client:8080"), "dropped");
  });

  it("opens its ports to all peers in 1.20, where the service does not exist", () => {
    const policies = [to(BY_NAME, { toPorts: onPort(8080) })];
    assert.equal(outcome({ policies, options: { version: "1.20" } }), "allowed");
  });
});

describe("A question about a service", () => {
  it("is one about the pods behind it, on the port that it leads to", () => {
    const { server, port } = answerTo(sketch({ services: [service()] }), "client GET / on api");
    assert.deepEqual([server, port], ["server", 8080]);
  });

  it("may name one of the service's ports, or one of the pods'", () => {
    const model = sketch({ services: [service()] });
    assert.equal(answerTo(model, "client GET / on api:80").port, 8080);
    assert.equal(answerTo(model, "client GET / on api:8080").port, 8080);
  });
});
