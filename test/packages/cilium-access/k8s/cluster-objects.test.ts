import assert from "node:assert/strict";
import fc from "fast-check";
import {
  clusterInput,
  type KubernetesObject,
} from "../../../../packages/cilium-access/k8s/cluster-objects.ts";

const CONTAINERS = [
  {
    name: "main",
    ports: [
      { name: "http", containerPort: 8080 },
      { containerPort: 53, protocol: "UDP" },
    ],
  },
];
const TEMPLATE = {
  metadata: { labels: { app: "web" } },
  spec: { serviceAccountName: "web", containers: CONTAINERS },
};
const owned = [{ kind: "ReplicaSet", name: "web-1" }];

// Policies select the pods of a job by these, though its template does not have them.
const JOB_LABELS = { "job-name": "web", "batch.kubernetes.io/job-name": "web" };

function object(kind: string, spec: object, metadata: object = {}): KubernetesObject {
  return { kind, metadata: { name: "web", namespace: "shop", ...metadata }, spec };
}

describe("Objects of Kubernetes", () => {
  for (const kind of [
    "Deployment",
    "StatefulSet",
    "DaemonSet",
    "ReplicaSet",
    "ReplicationController",
    "Job",
  ]) {
    it(`are workloads by their template: ${kind}`, () => {
      const { workloads } = clusterInput([object(kind, { template: TEMPLATE })]);
      assert.deepEqual(workloads, [
        {
          name: "web",
          namespace: "shop",
          labels: { ...(kind === "Job" && JOB_LABELS), app: "web" },
          namespaceLabels: undefined,
          serviceAccount: "web",
          hostNetwork: false,
          ports: [
            { name: "http", port: 8080, protocol: "TCP" },
            { name: "", port: 53, protocol: "UDP" },
          ],
        },
      ]);
    });
  }

  it("are workloads as they are, or by the template of their jobs: Pod, CronJob", () => {
    const pod = {
      ...object("Pod", TEMPLATE.spec),
      metadata: { name: "web", namespace: "shop", labels: { app: "web" } },
    };
    const cron = object("CronJob", { jobTemplate: { spec: { template: TEMPLATE } } });
    assert.deepEqual(clusterInput([pod]).workloads, clusterInput([cron]).workloads);
  });

  it("may be lists, and lists of lists, whose items need not say their kind", () => {
    const pod = { metadata: { name: "a", namespace: "shop" }, spec: {} };
    const list = { kind: "List", items: [{ kind: "PodList", apiVersion: "v1", items: [pod] }] };
    assert.deepEqual(
      clusterInput([list]).workloads.map(({ name }) => name),
      ["a"],
    );
  });

  it("go to the namespace that is given where they name none", () => {
    const input = clusterInput(
      [
        { kind: "Pod", metadata: { name: "a" }, spec: {} },
        { kind: "CiliumNetworkPolicy", metadata: { name: "p" }, spec: {} },
        { kind: "CiliumClusterwideNetworkPolicy", metadata: { name: "c" }, spec: {} },
        { kind: "Service", metadata: { name: "s" }, spec: { ports: [{ port: 80 }] } },
      ],
      "here",
    );
    assert.deepEqual(
      input.workloads.map(({ namespace }) => namespace),
      ["here"],
    );
    assert.deepEqual(
      input.services.map(({ namespace }) => namespace),
      ["here"],
    );
    assert.deepEqual(
      input.policies.map(({ metadata }) => metadata?.namespace),
      ["here", undefined],
    );
  });

  it("give pods the labels of their namespace", () => {
    const namespace = { kind: "Namespace", metadata: { name: "shop", labels: { team: "care" } } };
    const [pod] = clusterInput([namespace, object("Pod", {})]).workloads;
    assert.deepEqual(pod?.namespaceLabels, { team: "care" });
  });

  it("of a running cluster are not counted twice: what controllers made is theirs", () => {
    const deployment = object("Deployment", { template: TEMPLATE });
    const copy = (kind: string, name: string) => {
      const labels = { ...TEMPLATE.metadata.labels, "pod-template-hash": "1" };
      const metadata = { name, labels, ownerReferences: owned };
      return object(
        kind,
        kind === "Pod" ? TEMPLATE.spec : { template: { ...TEMPLATE, metadata: { labels } } },
        metadata,
      );
    };
    const all = [deployment, copy("ReplicaSet", "web-1"), copy("Pod", "web-1-a"), copy("Pod", "web-1-b")];
    assert.deepEqual(
      clusterInput(all).workloads.map(({ name }) => name),
      ["web"],
    );
    assert.deepEqual(
      clusterInput(all.slice(2)).workloads.map(({ name }) => name),
      ["web-1-a"],
    );
  });

  it("that say nothing about requests are passed over", () => {
    const others = ["ConfigMap", "Secret", "CustomThing"].map((kind) => object(kind, {}));
    assert.deepEqual(clusterInput([...others, {}]), {
      workloads: [],
      services: [],
      policies: [],
      cidrGroups: new Map(),
    });
  });

  for (const [apiVersion, kind] of [
    ["projectcalico.org/v3", "NetworkPolicy"],
    ["serving.knative.dev/v1", "Service"],
    ["apps.kruise.io/v1alpha1", "StatefulSet"],
  ] as const) {
    it(`of others that have the same name are passed over: ${kind} of ${apiVersion}`, () => {
      const { workloads, services, policies } = clusterInput([
        { ...object(kind, { template: TEMPLATE }), apiVersion },
      ]);
      assert.deepEqual([workloads, services, policies], [[], [], []]);
    });
  }

  it("may have keys without values, which count as absent, and labels without, which are empty", () => {
    const nothing = [
      { kind: "Pod", metadata: null, spec: null },
      { kind: "Deployment", metadata: { name: "a" }, spec: { template: null } },
      { kind: "CronJob", metadata: { name: "b" }, spec: { jobTemplate: null } },
      object("Pod", { containers: null }, { name: "c", labels: { app: null } }),
      object("Pod", { containers: [null] }, { name: "d", labels: null }),
    ];
    assert.deepEqual(
      clusterInput(nothing).workloads.map(({ name, labels, ports }) => [name, labels, ports]),
      [
        ["", {}, []],
        ["c", { app: "" }, []],
        ["d", {}, []],
      ],
    );
    const service = object("Service", {
      selector: null,
      ports: [{ port: 80, targetPort: null, name: null }],
    });
    assert.deepEqual(clusterInput([service]).services[0], {
      namespace: "shop",
      name: "web",
      labels: {},
      selector: {},
      ports: [{ name: "", protocol: "TCP", port: 80, targetPort: 80 }],
    });
  });

  it("are no workloads where a Deployment left them behind: its former ReplicaSets", () => {
    const past = object("ReplicaSet", { replicas: 0, template: TEMPLATE }, { ownerReferences: owned });
    const idle = object("ReplicaSet", { replicas: 0, template: TEMPLATE });
    assert.deepEqual(
      [clusterInput([past]), clusterInput([idle])].map(({ workloads }) => workloads.length),
      [0, 1],
    );
  });

  it("name groups of addresses", () => {
    const group = {
      kind: "CiliumCIDRGroup",
      metadata: { name: "partners" },
      spec: { externalCIDRs: ["203.0.113.0/24", "nonsense"] },
    };
    const blocks = clusterInput([group]).cidrGroups.get("partners");
    assert.deepEqual(
      blocks?.map(({ text }) => text),
      ["203.0.113.0/24"],
    );
  });

  it("may be in any order", () => {
    const all = [
      object("Pod", {}, { name: "a" }),
      object("Pod", {}, { name: "b" }),
      { kind: "Namespace", metadata: { name: "shop", labels: { a: "b" } } },
    ];
    const sorted = (objects: KubernetesObject[]) =>
      clusterInput(objects).workloads.toSorted((one, other) => one.name.localeCompare(other.name));
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 3 }), (shuffled) => {
        assert.deepEqual(sorted(shuffled), sorted(all));
      }),
    );
  });
});
