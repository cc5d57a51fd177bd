import assert from "node:assert/strict";
import fc from "fast-check";
import { mllpInternalOnly } from "../../../../policy-pack/policies/exposure/mllp-internal.ts";
import {
  type Properties,
  UNKNOWN,
  type PropertyValue,
} from "../../../../packages/stack-model/property-value.ts";
import { judge } from "../../judge.ts";
import { deployment, resource, root } from "../../resources.ts";

const INTERNAL = "networking.gke.io/load-balancer-type";
const senders = root({ senders: ["10.1.0.0/16"] });

function service(spec: Properties, annotations: PropertyValue = { [INTERNAL]: "Internal" }) {
  const sound = { type: "LoadBalancer", ports: [{ port: 2575 }], loadBalancerSourceRanges: ["10.1.2.0/24"] };
  return resource(
    "kubernetes:core/v1:Service",
    { metadata: { annotations }, spec: { ...sound, ...spec } },
    { name: "mllp" },
  );
}

describe("a service for MLLP", () => {
  it("passes on an internal load balancer for declared senders, and inside the cluster", () => {
    assert.deepEqual(judge(mllpInternalOnly, senders, service({})), []);
    assert.deepEqual(judge(mllpInternalOnly, service({ type: "ClusterIP" })), []);
    assert.deepEqual(judge(mllpInternalOnly, service({ type: undefined })), []);
  });

  for (const [annotations, said] of [
    [{}, "not set"],
    [{ [INTERNAL]: "External" }, '"External"'],
    [{ [INTERNAL]: UNKNOWN }, "not known before the update"],
    [UNKNOWN, "not known before the update"],
  ] as const) {
    it(`fails where the load balancer's type is ${said}`, () => {
      assert.deepEqual(judge(mllpInternalOnly, senders, service({}, annotations)), [
        `mllp: the annotation ${INTERNAL} is ${said}, not Internal`,
      ]);
    });
  }

  it("fails on a node port, with an external name, or with an unknown type", () => {
    for (const [type, said] of [
      ["NodePort", '"NodePort"'],
      ["ExternalName", '"ExternalName"'],
      [UNKNOWN, "not known before the update"],
    ] as const) {
      assert.deepEqual(judge(mllpInternalOnly, senders, service({ type })), [
        `mllp: type is ${said}, not ClusterIP or LoadBalancer`,
      ]);
    }
  });

  it("fails with external IPs", () => {
    for (const externalIPs of [["192.0.2.1"], UNKNOWN] as const) {
      assert.deepEqual(judge(mllpInternalOnly, senders, service({ type: "ClusterIP", externalIPs })), [
        "mllp: externalIPs exposes the Service on these addresses to any client: remove it",
      ]);
    }
  });

  it("fails where no sender is named", () => {
    const refusal = ["mllp: loadBalancerSourceRanges is empty, so any address in the network may send"];
    assert.deepEqual(judge(mllpInternalOnly, senders, service({ loadBalancerSourceRanges: [] })), refusal);
    assert.deepEqual(
      judge(mllpInternalOnly, senders, service({ loadBalancerSourceRanges: undefined })),
      refusal,
    );
  });

  it("fails with senders that are not declared, not known, or any address", () => {
    const ranges: PropertyValue = ["10.2.0.0/24", "0.0.0.0/0", "::/0", "somewhere", UNKNOWN];
    assert.deepEqual(judge(mllpInternalOnly, senders, service({ loadBalancerSourceRanges: ranges })), [
      "mllp: loadBalancerSourceRanges: 10.2.0.0/24 is within none of the declared senders (10.1.0.0/16)",
      "mllp: loadBalancerSourceRanges: 0.0.0.0/0 is wider than any private network (/8)",
      "mllp: loadBalancerSourceRanges: ::/0 is wider than any private network (/7)",
      "mllp: loadBalancerSourceRanges: somewhere is not a range in CIDR notation",
      "mllp: loadBalancerSourceRanges: a range is not known before the update: name it",
    ]);
    assert.deepEqual(
      judge(
        mllpInternalOnly,
        root({ senders: ["0.0.0.0/0"] }),
        service({ loadBalancerSourceRanges: ["0.0.0.0/0"] }),
      ),
      ["mllp: loadBalancerSourceRanges: 0.0.0.0/0 is wider than any private network (/8)"],
    );
  });

  it("passes on any Service with its port where neither a declaration nor a pod says that the stack serves it", () => {
    assert.deepEqual(judge(mllpInternalOnly, service({ type: "NodePort" })), []);
    assert.deepEqual(judge(mllpInternalOnly, service({ type: "NodePort", ports: UNKNOWN })), []);
  });

  it("fails where a patch opens the Service, by its name or one that Pulumi makes up", () => {
    const own = service({ type: "ClusterIP" });
    const named = { ...own, props: { ...own.props, metadata: { name: "mllp", namespace: "hl7" } } };
    const patch = (name: PropertyValue, dependencies: readonly string[] = []) =>
      resource(
        "kubernetes:core/v1:ServicePatch",
        { metadata: { name, namespace: "hl7" }, spec: { type: "NodePort" } },
        { name: "patch", dependencies },
      );
    const refusal = ['patch: type is "NodePort", not ClusterIP or LoadBalancer'];
    assert.deepEqual(judge(mllpInternalOnly, senders, named, patch("mllp")), refusal);
    assert.deepEqual(judge(mllpInternalOnly, senders, named, patch(UNKNOWN, [named.urn])), refusal);
    assert.deepEqual(judge(mllpInternalOnly, senders, named, patch("other")), []);
  });

  it("is recognized by its port, or by the number or name of its target port", () => {
    const pod = deployment({ container: { ports: [{ name: "hl7", containerPort: 2575 }] } });
    for (const port of [
      { port: 2575 },
      { port: 80, targetPort: 2575 },
      { port: 80, targetPort: "hl7" },
      { port: UNKNOWN },
    ]) {
      assert.equal(
        judge(mllpInternalOnly, pod, service({ type: "NodePort", ports: [port as Properties] })).length,
        1,
      );
    }
    assert.equal(judge(mllpInternalOnly, pod, service({ type: "NodePort", ports: UNKNOWN })).length, 1);
    assert.deepEqual(
      judge(mllpInternalOnly, pod, service({ type: "NodePort", ports: [{ port: 80, targetPort: "web" }] })),
      [],
    );
  });

  it("passes if and only if each range is within a declared sender", () => {
    const block = fc
      .tuple(fc.nat(3), fc.integer({ min: 14, max: 26 }))
      .map(([net, prefix]) => `10.${net}.0.0/${prefix}`);
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 4 }), (ranges) => {
        const inside = (range: string) => range.startsWith("10.1.") && Number(range.split("/")[1]) >= 16;
        const violations = judge(mllpInternalOnly, senders, service({ loadBalancerSourceRanges: ranges }));
        assert.equal(violations.length, ranges.filter((range) => !inside(range)).length);
      }),
    );
  });
});
