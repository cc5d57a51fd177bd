import assert from "node:assert/strict";
import fc from "fast-check";
import {
  clusterInput,
  type KubernetesObject,
} from "../../../../packages/cilium-access/k8s/cluster-objects.ts";
import { buildClusterModel } from "../../../../packages/cilium-access/k8s/cluster-model.ts";
import { manifestError } from "../../../../packages/cilium-access/k8s/manifest-schema.ts";

function object(kind: string, spec: unknown, metadata: unknown = { name: "web" }): KubernetesObject {
  return { kind, metadata, spec } as KubernetesObject;
}

const containers = (...ports: unknown[]) => ({ containers: [{ ports }] });

describe("The form of an object", () => {
  for (const [fault, wrong] of [
    [/^metadata: .*expected object/, object("Pod", {}, "web")],
    [/^metadata\.name: .*expected string/, object("Pod", {}, { name: 5 })],
    [/^metadata\.labels\.v: .*expected string/, object("Pod", {}, { labels: { v: 1 } })],
    [/^metadata\.labels: /, object("Namespace", {}, { labels: ["a"] })],
    [/^spec\.hostNetwork: .*expected boolean/, object("Pod", { hostNetwork: "true" })],
    [/^spec\.containers: .*expected array/, object("Pod", { containers: {} })],
    [/^spec\.containers\[0\]: /, object("Pod", { containers: [null] })],
    [
      /^spec\.containers\[0\]\.ports\[0\]\.containerPort: .*number/,
      object("Pod", containers({ containerPort: "80" })),
    ],
    [
      /^spec\.containers\[0\]\.ports\[0\]\.containerPort: .*65535/,
      object("Pod", containers({ containerPort: 70_000 })),
    ],
    [
      /^spec\.template\.spec\.containers\[0\]\.ports: /,
      object("Deployment", { template: { spec: { containers: [{ ports: {} }] } } }),
    ],
    [/^spec\.template: /, object("StatefulSet", { template: "x" })],
    [
      /^spec\.jobTemplate\.spec\.template\.metadata\.labels\.a: /,
      object("CronJob", { jobTemplate: { spec: { template: { metadata: { labels: { a: true } } } } } }),
    ],
    [/^spec\.ports: /, object("Service", { ports: "80" })],
    [/^spec\.ports\[0\]\.port: .*number/, object("Service", { ports: [{ port: "80" }] })],
    [/^spec\.ingress: /, object("NetworkPolicy", { podSelector: {}, ingress: {} })],
    [/^spec\.ingress\[0\]\.from\[0\]: /, object("NetworkPolicy", { ingress: [{ from: ["unknown"] }] })],
    [
      /^spec\.egress\[0\]\.ports\[0\]\.port: .*port/,
      object("NetworkPolicy", { egress: [{ ports: [{ port: true }] }] }),
    ],
    [/^spec\.externalCIDRs\[0\]: .*block/, object("CiliumCIDRGroup", { externalCIDRs: ["nonsense"] })],
  ] as const) {
    it(`is wrong, and its place is named: ${fault.source}`, () => {
      assert.match(manifestError(wrong) ?? "", fault);
    });
  }

  it("may have keys without values, and others that say nothing about requests", () => {
    for (const right of [
      object("Pod", null, null),
      object("Pod", { containers: [{ image: 5, ports: [{ containerPort: 80, name: null }] }], other: [] }),
      object("Deployment", { replicas: null, template: null }),
      object("Service", { selector: { a: null }, ports: [{ port: 80, targetPort: "http" }] }),
      object("NetworkPolicy", { podSelector: {}, ingress: [{ from: null, ports: [{ port: "http" }] }] }),
      object("ConfigMap", "anything"),
    ]) {
      assert.equal(manifestError(right), undefined, JSON.stringify(right));
    }
  });

  it("is all that reading an object needs", () => {
    const anything = fc.anything({
      maxDepth: 5,
      key: fc.constantFrom(
        ..."metadata name namespace labels spec template containers ports containerPort selector".split(" "),
        ..."ingress from podSelector matchExpressions jobTemplate externalCIDRs ipBlock".split(" "),
      ),
    });
    const kinds = fc.constantFrom(
      ..."Pod Deployment Job CronJob Service NetworkPolicy CiliumCIDRGroup Namespace".split(" "),
    );
    fc.assert(
      fc.property(kinds, anything, anything, (kind, spec, metadata) => {
        const one = object(kind, spec, metadata);
        if (manifestError(one) === undefined) buildClusterModel(clusterInput([one]));
      }),
      { numRuns: 2000 },
    );
  });
});
