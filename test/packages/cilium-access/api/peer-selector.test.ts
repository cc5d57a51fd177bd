import assert from "node:assert/strict";
import { type Version, VERSIONS } from "../../../../packages/cilium-access/options.ts";
import { app, ccnp, cnp, outcome, pod, refusal, SERVER } from "../support.ts";

const CLIENTS = [
  "client",
  "foreign",
  "world",
  "host",
  "remote-node",
  "kube-apiserver",
  "health",
  "unmanaged",
  "ingress",
  "203.0.113.7",
];
const PODS = [pod("client"), pod("foreign", { namespace: "elsewhere", labels: { app: "client" } }), SERVER];

/** Who gets in by a rule of the server, of all of the above. */
function letIn(
  rule: object,
  { clusterwide = false, version = "1.16" }: { clusterwide?: boolean; version?: Version } = {},
): string[] {
  const spec = { endpointSelector: app("server"), ingress: [rule] };
  const policies = [clusterwide ? ccnp(spec) : cnp(spec)];
  // A node always gets to its own pods.
  return CLIENTS.filter((client) => client !== "host").filter((client) => {
    const text = `${client} GET / on server:8080`;
    return outcome({ pods: PODS, policies, options: { version } }, text) === "allowed";
  });
}

const inEither = (rule: object, expected: readonly string[], clusterwide = false) => {
  for (const version of VERSIONS) assert.deepEqual(letIn(rule, { clusterwide, version }), expected, version);
};

describe("Peers by their labels", () => {
  const from = (...fromEndpoints: object[]) => ({ fromEndpoints });

  it("are those of the policy's own namespace, unless it names another", () => {
    inEither(from(app("client")), ["client"]);
    inEither(from({ matchLabels: { "io.kubernetes.pod.namespace": "elsewhere" } }), ["foreign"]);
    inEither(from({ matchLabels: { app: "client", "k8s:io.kubernetes.pod.namespace": "elsewhere" } }), [
      "foreign",
    ]);
  });

  it("are those of any namespace in a policy of the cluster, and nothing but pods", () => {
    inEither(from(app("client")), ["client", "foreign"], true);
    inEither(from({}), ["client", "foreign"], true);
  });

  it("are all pods of the namespace when none are named, and not the world", () => {
    inEither(from({}), ["client"]);
  });

  it("are also the world and nodes in 1.16 when the namespace is only said not to be one; in 1.20 pods alone", () => {
    const elsewhere = {
      matchExpressions: [{ key: "io.kubernetes.pod.namespace", operator: "NotIn", values: ["default"] }],
    };
    const all = CLIENTS.filter((client) => client !== "client" && client !== "host");
    assert.deepEqual(letIn(from(elsewhere), { clusterwide: true, version: "1.16" }), all);
    assert.deepEqual(letIn(from(elsewhere), { clusterwide: true, version: "1.20" }), ["foreign"]);
  });

  it("are of all namespaces with a label, when a label of theirs is named", () => {
    const trusted = { team: "care" };
    const pods = [
      pod("client"),
      pod("foreign", { namespace: "elsewhere", namespaceLabels: trusted }),
      SERVER,
    ];
    const peer = { matchLabels: { "io.cilium.k8s.namespace.labels.team": "care" } };
    const policies = [cnp({ endpointSelector: app("server"), ingress: [from(peer)] })];
    assert.equal(outcome({ pods, policies }, "foreign GET / on server"), "allowed");
    assert.equal(outcome({ pods, policies }, "client GET / on server"), "dropped");
  });

  it("are those of a service account, when it is named", () => {
    const peer = { matchLabels: { "io.cilium.k8s.policy.serviceaccount": "reader" } };
    const policies = [cnp({ endpointSelector: app("server"), ingress: [from(peer)] })];
    const pods = [pod("client", { serviceAccount: "reader" }), pod("other"), SERVER];
    assert.equal(outcome({ pods, policies }, "client GET / on server"), "allowed");
    assert.equal(outcome({ pods, policies }, "other GET / on server"), "dropped");
  });

  it("must also be what the rule requires, in 1.16", () => {
    const spec = { endpointSelector: app("server"), ingress: [from({}), { fromRequires: [app("client")] }] };
    const pods = [pod("client"), pod("other"), SERVER];
    const ask = (name: string) =>
      outcome({ pods, policies: [cnp(spec)], options: { version: "1.16" } }, `${name} GET / on server`);
    assert.deepEqual([ask("client"), ask("other")], ["allowed", "dropped"]);
  });
});

describe("A policy of a namespace", () => {
  it("applies to pods of its own, whatever its selector says", () => {
    const spec = {
      endpointSelector: { matchLabels: { "io.kubernetes.pod.namespace": "elsewhere" } },
      ingress: [{}],
    };
    const foreign = pod("server", { namespace: "elsewhere" });
    assert.equal(
      outcome({ pods: [pod("client"), foreign], policies: [cnp(spec)] }, "client GET / on server:80"),
      "notEnforced",
    );
    assert.equal(
      outcome({ pods: [pod("client"), foreign], policies: [ccnp(spec)] }, "client GET / on server:80"),
      "dropped",
    );
  });
});

describe("An entity", () => {
  const from = (...fromEntities: string[]) => ({ fromEntities });
  for (const [entity, expected] of [
    ["all", CLIENTS.filter((client) => client !== "host")],
    ["world", ["world", "203.0.113.7"]],
    ["cluster", CLIENTS.filter((client) => !["host", "world", "203.0.113.7"].includes(client))],
    ["remote-node", ["remote-node", "kube-apiserver"]],
    ["kube-apiserver", ["kube-apiserver"]],
    ["health", ["health"]],
    ["init", []],
    ["ingress", ["ingress"]],
    ["unmanaged", ["unmanaged"]],
    ["host", []],
    ["none", []],
  ] as const) {
    it(`${entity} is ${expected.length === 0 ? "no other peer" : expected.join(", ")}`, () => {
      inEither(from(entity), expected);
    });
  }

  it("init is a pod without labels yet, which needs to be let out, too", () => {
    const policies = [cnp({ endpointSelector: app("server"), ingress: [from("init")] })];
    assert.equal(outcome({ policies }, "init GET / on server"), "dropped");
    const out = ccnp({
      endpointSelector: { matchLabels: { "reserved:init": "" } },
      egress: [{ toEntities: ["all"] }],
    });
    assert.equal(outcome({ policies: [...policies, out] }, "init GET / on server"), "allowed");
  });

  it("is refused when it does not exist", () => {
    const policy = (entity: string) => cnp({ endpointSelector: {}, ingress: [from(entity)] });
    assert.match(refusal(policy("everyone")) ?? "", /unknown entity "everyone"/);
    assert.match(refusal(policy("cluster-mesh"), { version: "1.16" }) ?? "", /unknown entity/);
    assert.equal(refusal(policy("cluster-mesh"), { version: "1.20" }), undefined);
  });
});

describe("Blocks of addresses", () => {
  const world =
    (rule: object, version: "1.16" | "1.20" = "1.16") =>
    (address: string) => {
      const policies = [cnp({ endpointSelector: app("server"), ingress: [rule] })];
      return outcome({ policies, options: { version } }, `${address} GET / on server`);
    };

  it("let in addresses of the world, but for those that they leave out", () => {
    const ask = world({ fromCIDRSet: [{ cidr: "203.0.113.0/24", except: ["203.0.113.128/25"] }] });
    assert.deepEqual(
      [ask("203.0.113.7"), ask("203.0.113.200"), ask("198.51.100.1"), ask("world")],
      ["allowed", "dropped", "dropped", "dropped"],
    );
  });

  it("never let in pods or nodes, whatever their addresses are", () => {
    for (const version of VERSIONS) {
      assert.deepEqual(letIn({ fromCIDR: ["0.0.0.0/0"] }, { version }), ["world", "203.0.113.7"]);
    }
  });

  it("are the world when they are all addresses; in 1.16 not once they leave some out", () => {
    const rule = { fromCIDRSet: [{ cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] }] };
    assert.equal(world(rule, "1.16")("198.51.100.1"), "allowed");
    assert.equal(world(rule, "1.16")("10.1.1.1"), "dropped");
    assert.equal(world(rule, "1.20")("10.1.1.1"), "dropped");
  });

  it("are refused when they are none, or leave out what is not in them", () => {
    const policy = (rule: object) => cnp({ endpointSelector: {}, ingress: [rule] });
    assert.match(refusal(policy({ fromCIDR: ["10.0.0/8"] })) ?? "", /neither a block nor an address/);
    assert.match(
      refusal(policy({ fromCIDRSet: [{ cidr: "10.0.0.0/8", except: ["11.0.0.0/16"] }] })) ?? "",
      /./,
    );
  });
});

describe("Several kinds of peers in one rule", () => {
  it("are refused: each needs a rule of its own", () => {
    const rule = { fromEndpoints: [app("client")], fromEntities: ["world"] };
    assert.match(
      refusal(cnp({ endpointSelector: {}, ingress: [rule] })) ?? "",
      /fromEndpoints and fromEntities: use one of them/,
    );
  });
});
