import assert from "node:assert/strict";
import { buildClusterModel } from "../../../../packages/cilium-access/k8s/cluster-model.ts";
import { VERSIONS } from "../../../../packages/cilium-access/options.ts";
import { app, ccnp, cnp, onPort, outcome, refusal, sketch } from "../support.ts";

const INGRESS = { endpointSelector: app("server"), ingress: [{}] };

describe("A policy that Cilium refuses", () => {
  it("is ignored, and the others apply", () => {
    const broken = cnp(
      { endpointSelector: {}, ingress: [{ fromEntities: ["unknown"] }] },
      { name: "broken" },
    );
    assert.equal(outcome({ policies: [broken] }), "notEnforced");
    assert.equal(outcome({ policies: [broken, cnp(INGRESS)] }), "dropped");
  });

  it("is ignored as a whole, though only one of its rules is invalid", () => {
    const policy = {
      ...cnp({}),
      spec: INGRESS,
      specs: [{ endpointSelector: {}, ingress: [{ fromEntities: ["unknown"] }] }],
    };
    assert.equal(outcome({ policies: [policy] }), "notEnforced");
  });

  for (const [what, policy, message] of [
    ["has no rules", { ...cnp({}), spec: undefined }, /neither spec nor specs/],
    ["has no name", { ...cnp(INGRESS), metadata: { namespace: "default" } }, /metadata\.name: is missing/],
    ["has no subject", cnp({ ingress: [{}] }), /neither endpointSelector nor nodeSelector/],
    [
      "selects pods and nodes",
      ccnp({ ...INGRESS, nodeSelector: {} }),
      /both endpointSelector and nodeSelector/,
    ],
    [
      "is of a namespace and selects nodes",
      cnp({ nodeSelector: {}, ingress: [{}] }),
      /policies of the whole cluster/,
    ],
    [
      "has an operator that is none",
      cnp({ ...INGRESS, endpointSelector: { matchExpressions: [{ key: "a", operator: "Is" }] } }),
      /none of In, NotIn, Exists, DoesNotExist/,
    ],
    [
      "asks for one of no values",
      cnp({ ...INGRESS, endpointSelector: { matchExpressions: [{ key: "a", operator: "In" }] } }),
      /at least one value/,
    ],
    [
      "has a key that no label has",
      cnp({ ...INGRESS, endpointSelector: { matchLabels: { "a b": "c" } } }),
      /not the key of a label/,
    ],
    [
      "has a value that no label has",
      cnp({ ...INGRESS, endpointSelector: { matchLabels: { a: "b c" } } }),
      /not the value of a label/,
    ],
    [
      "has a path that is not a regular expression",
      cnp({ ...INGRESS, ingress: [{ toPorts: onPort(80, [{ path: "(" }]) }] }),
      /not a regular expression/,
    ],
    [
      "combines ports with ICMP types",
      cnp({ ...INGRESS, ingress: [{ toPorts: onPort(80), icmps: [{ fields: [{ type: 8 }] }] }] }),
      /icmps cannot be combined with toPorts/,
    ],
    ["has a text where a list belongs", cnp({ ...INGRESS, ingress: "all" }), /spec\.ingress/],
    [
      "asks for nodes, which is not switched on",
      cnp({ ...INGRESS, ingress: [{ fromNodes: [{}] }] }),
      /nodeSelectorLabels/,
    ],
  ] as const) {
    it(`${what}: it says so, and where`, () => {
      for (const version of VERSIONS) assert.match(refusal(policy, { version }) ?? "", message, version);
    });
  }

  it("says nothing about any direction, in 1.20; 1.16 takes it", () => {
    const empty = cnp({ endpointSelector: {} });
    assert.equal(refusal(empty, { version: "1.16" }), undefined);
    assert.match(
      refusal(empty, { version: "1.20" }) ?? "",
      /at least one of ingress, ingressDeny, egress, egressDeny/,
    );
  });

  it("names an address with a zone, at which 1.20 crashes", () => {
    const policy = cnp({ endpointSelector: {}, ingress: [{ fromCIDR: ["fe80::1%eth0"] }] });
    assert.equal(refusal(policy, { version: "1.16" }), undefined);
    assert.match(refusal(policy, { version: "1.20" }) ?? "", /crashes/);
  });
});

describe("Keys that Cilium does not know", () => {
  it("have no effect, and are reported", () => {
    const policy = cnp({ ...INGRESS, ingres: [{ fromEndpoints: [{}] }] });
    const parsed = sketch({ policies: [policy] }).policies;
    assert.deepEqual(
      parsed.map(({ unknownKeys, refused }) => ({ unknownKeys, refused })),
      [{ unknownKeys: ["spec.ingres"], refused: undefined }],
    );
  });

  it("of 1.16 are unknown to 1.20", () => {
    const toPorts = [{ ports: [{ port: "80", protocol: "TCP" }], rules: { kafka: [{ topic: "x" }] } }];
    const policy = cnp({ ...INGRESS, ingress: [{ toPorts }] });
    const keys = (version: "1.16" | "1.20") =>
      sketch({ policies: [policy], options: { version } }).policies[0]?.unknownKeys;
    assert.deepEqual(keys("1.16"), []);
    assert.deepEqual(keys("1.20"), ["spec.ingress[0].toPorts[0].rules.kafka"]);
  });
});

describe("A policy without a namespace", () => {
  it("is one of the whole cluster, whatever its kind says", () => {
    const policy = { ...cnp(INGRESS), metadata: { name: "policy" } };
    const { policies } = buildClusterModel({
      workloads: [],
      services: [],
      policies: [policy],
      cidrGroups: new Map(),
    });
    assert.deepEqual(policies[0]?.policy, {
      kind: "CiliumClusterwideNetworkPolicy",
      namespace: "",
      name: "policy",
    });
  });
});

describe("null", () => {
  it("stands for a key that is not there", () => {
    const policy = cnp({ ...INGRESS, egress: null, ingressDeny: null });
    assert.equal(refusal(policy), undefined);
  });
});
