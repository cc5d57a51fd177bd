import assert from "node:assert/strict";
import fc from "fast-check";
import { imagePinnedByDigest } from "../../../../policy-pack/policies/images/image-digest.ts";
import type { Resource } from "../../../../packages/stack-model/resource.ts";
import { WORKLOAD_TYPES } from "../../../../packages/stack-model/pod-specs.ts";
import {
  type Properties,
  UNKNOWN,
  type PropertyValue,
} from "../../../../packages/stack-model/property-value.ts";
import { judge } from "../../judge.ts";
import { cluster, deployment, IMAGE, policy, release, resource, root } from "../../resources.ts";

const WANTED = "write HOST/NAME@sha256: and 64 hexadecimal digits";
const running = (image: PropertyValue) => judge(imagePinnedByDigest, deployment({ container: { image } }));

describe("the image of a container", () => {
  it("passes where it is pinned by its digest", () => {
    assert.deepEqual(running(IMAGE), []);
  });

  for (const [image, why] of [
    ["gcr.io/vendor/adapter:v1", `has the tag "v1", and a tag can be moved to another image: ${WANTED}`],
    [
      `gcr.io/vendor/adapter:v1@sha256:${"1".repeat(64)}`,
      `has the tag "v1", and a tag can be moved to another image: ${WANTED}`,
    ],
    ["gcr.io/vendor/adapter", `has no digest: ${WANTED}`],
    [
      `adapter@sha256:${"1".repeat(64)}`,
      `names no registry, so its meaning depends on the node's default: ${WANTED}`,
    ],
    ["gcr.io/Vendor!", `is not an image reference: ${WANTED}`],
  ] as const) {
    it(`fails where it is ${image.slice(0, 30)}`, () => {
      assert.deepEqual(running(image), [`deployment: container "adapter": the image "${image}" ${why}`]);
    });
  }

  it("fails where it is unknown or missing", () => {
    assert.deepEqual(running(UNKNOWN), [
      'deployment: container "adapter": the image is not known before the update: name it in the stack, by digest',
    ]);
    assert.deepEqual(running(undefined), [
      'deployment: container "adapter": the image is not set: name it in the stack, by digest',
    ]);
  });

  it("is checked in init containers and ephemeral containers too", () => {
    const pod = {
      initContainers: [{ name: "first", image: "gcr.io/vendor/init" }],
      ephemeralContainers: [{ name: "debug", image: "gcr.io/vendor/debug" }],
    };
    assert.deepEqual(judge(imagePinnedByDigest, deployment({ pod })), [
      `deployment: init container "first": the image "gcr.io/vendor/init" has no digest: ${WANTED}`,
      `deployment: ephemeral container "debug": the image "gcr.io/vendor/debug" has no digest: ${WANTED}`,
    ]);
  });

  it("is checked in volumes that mount an image, and in custom resources whose controller runs pods", () => {
    const volumes = [
      { name: "tools", image: { reference: "gcr.io/vendor/tools" } },
      { name: "empty", emptyDir: {} },
    ];
    assert.deepEqual(judge(imagePinnedByDigest, deployment({ pod: { volumes } })), [
      `deployment: volume "tools": the image "gcr.io/vendor/tools" has no digest: ${WANTED}`,
    ]);
    const containers = [{ name: "c", image: "gcr.io/vendor/adapter" }];
    const rollout = { spec: { template: { spec: { containers } } } };
    assert.deepEqual(
      judge(imagePinnedByDigest, resource("kubernetes:argoproj.io/v1alpha1:Rollout", rollout)),
      [
        `it: spec.template.spec.containers[0].image: the image "gcr.io/vendor/adapter" has no digest: ${WANTED}`,
      ],
    );
    assert.deepEqual(
      judge(imagePinnedByDigest, resource("kubernetes:cilium.io/v2:CiliumNetworkPolicy", rollout)),
      [],
    );
  });

  const spec = { containers: [{ name: "c", image: "gcr.io/vendor/adapter" }] };
  const template = { spec };
  for (const [type, props] of Object.entries({
    "core/v1:Pod": { spec },
    "core/v1:PodPatch": { spec },
    "core/v1:PodList": { items: [{ spec }] },
    "core/v1:PodTemplate": { template },
    "core/v1:ReplicationController": { spec: { template } },
    "apps/v1:Deployment": { spec: { template } },
    "apps/v1beta1:Deployment": { spec: { template } },
    "extensions/v1beta1:Deployment": { spec: { template } },
    "apps/v1:DeploymentList": { items: [{ spec: { template } }] },
    "apps/v1:StatefulSet": { spec: { template } },
    "apps/v1:DaemonSet": { spec: { template } },
    "apps/v1:ReplicaSet": { spec: { template } },
    "batch/v1:Job": { spec: { template } },
    "batch/v1:CronJob": { spec: { jobTemplate: { spec: { template } } } },
  })) {
    it(`is checked in a ${type}`, () => {
      assert.deepEqual(judge(imagePinnedByDigest, resource(`kubernetes:${type}`, props)), [
        `it: container "c": the image "gcr.io/vendor/adapter" has no digest: ${WANTED}`,
      ]);
    });
  }

  it("is required in every pod, but not in a patch that does not change it", () => {
    const [pod, patch] = ["Pod", "PodPatch"].map((kind) => resource(`kubernetes:core/v1:${kind}`));
    assert.ok(pod && patch);
    assert.deepEqual(judge(imagePinnedByDigest, pod), ["it: the pod's containers are not set: name them"]);
    assert.deepEqual(judge(imagePinnedByDigest, patch), []);
    const relabelled = resource("kubernetes:core/v1:PodPatch", { spec: { containers: [{ name: "c" }] } });
    assert.deepEqual(judge(imagePinnedByDigest, relabelled), []);
  });

  it("fails where any part of the pod is unknown", () => {
    const message =
      "it: container of an unknown name: the image is not known before the update: name it in the stack, by digest";
    const parts: readonly PropertyValue[] = [UNKNOWN, { containers: UNKNOWN }, { containers: [UNKNOWN] }];
    for (const spec of parts) {
      assert.equal(judge(imagePinnedByDigest, resource("kubernetes:core/v1:Pod", { spec }))[0], message);
    }
  });

  it("passes if and only if it has a registry, a name and a digest", () => {
    const parts = fc.record({
      host: fc.constantFrom("", "gcr.io/", "localhost:5000/"),
      name: fc.stringMatching(/^[a-z]{1,5}\/[a-z]{1,5}$/),
      tag: fc.constantFrom("", ":v1"),
      digest: fc.constantFrom("", `@sha256:${"0".repeat(64)}`, "@sha256:0"),
    });
    fc.assert(
      fc.property(parts, ({ host, name, tag, digest }) => {
        const pinned = host !== "" && tag === "" && digest.length > 70;
        assert.equal(running(host + name + tag + digest).length, pinned ? 0 : 1);
      }),
    );
  });
});

describe("the images of a Helm release", () => {
  const holding = (values: PropertyValue, more: Properties = {}) =>
    judge(imagePinnedByDigest, release(values, more));

  it("pass where the values name them by digest", () => {
    assert.deepEqual(holding({ image: { override: IMAGE }, relay: { image: IMAGE } }), []);
  });

  it("fail where they are not pinned, each with its path", () => {
    assert.deepEqual(
      holding({ image: { override: IMAGE }, relay: { image: { repository: "quay.io/a/b", tag: "v1" } } }),
      [
        `release: values.relay.image: the image "quay.io/a/b:v1" has the tag "v1", and a tag can be moved to another image: ${WANTED}`,
      ],
    );
  });

  it("fail where they are unknown", () => {
    const unknown: readonly (readonly [PropertyValue, string])[] = [
      [UNKNOWN, "values"],
      [{ image: { override: UNKNOWN } }, "values.image.override"],
    ];
    for (const [values, called] of unknown) {
      assert.deepEqual(holding(values), [
        `release: ${called}: the image is not known before the update: name it in the stack, by digest`,
      ]);
    }
  });

  it("fail where the values name none", () => {
    const none =
      "release: the values name no image, so the chart's images cannot be checked: name every image of the chart, by digest";
    for (const values of [undefined, {}, { image: { pullPolicy: "Always" } }])
      assert.deepEqual(holding(values), [none]);
  });

  it("fail where value files or a post-renderer may name others", () => {
    const files: readonly PropertyValue[] = [UNKNOWN, [{ path: "values.yaml" }]];
    for (const valueYamlFiles of files) {
      assert.deepEqual(holding({ image: IMAGE }, { valueYamlFiles }), [
        "release: valueYamlFiles may name images that cannot be checked: pass their content as values",
      ]);
    }
    assert.deepEqual(holding({ image: IMAGE }, { postrender: "./change" }), [
      "release: postrender may name other images than the values do: leave it out",
    ]);
    // As the provider fills in unset properties.
    assert.deepEqual(holding({ image: IMAGE }, { postrender: "", valueYamlFiles: [] }), []);
  });
});

describe("an image with a tag", () => {
  const TAGGED = "docker.io/sween/ciliumfhir:2024.2";
  const refusal = `deployment: container "adapter": the image "${TAGGED}" has the tag "2024.2", and a tag can be moved to another image: ${WANTED}`;
  const named = (...images: readonly string[]) => ({
    layers: ["fhir"],
    unattestedImages: images.map((image) => ({ image, reason: "A story on a laptop" })),
  });
  const tagged = (...others: readonly Resource[]) =>
    judge(imagePinnedByDigest, deployment({ container: { image: TAGGED } }), ...others);

  it("passes outside Google Cloud where the stack exempts it with its tag", () => {
    assert.deepEqual(tagged(root(named(TAGGED))), []);
    const values = { image: { repository: "docker.io/sween/ciliumfhir", tag: "2024.2" } };
    assert.deepEqual(judge(imagePinnedByDigest, release(values), root(named(TAGGED))), []);
  });

  it("fails where the stack exempts another tag, or only a pattern", () => {
    for (const other of [
      "docker.io/sween/ciliumfhir:2024.1",
      "docker.io/sween/ciliumfhir:*",
      "docker.io/sween/*",
    ])
      assert.deepEqual(tagged(root(named(other))), [refusal]);
  });

  it("fails where it has no tag, or is not an image reference, although the stack exempts it", () => {
    for (const [image, why] of [
      ["docker.io/sween/ciliumfhir", `has no digest: ${WANTED}`],
      ["not an image", `is not an image reference: ${WANTED}`],
    ] as const) {
      assert.deepEqual(judge(imagePinnedByDigest, deployment({ container: { image } }), root(named(image))), [
        `deployment: container "adapter": the image "${image}" ${why}`,
      ]);
    }
  });

  it("fails where a stack has a role that runs images on Google Cloud, a cluster or an admission policy", () => {
    for (const role of ["deployer", "fhir"]) {
      const roles = { [role]: { project: "a-project" } };
      assert.deepEqual(tagged(root({ ...named(TAGGED), roles })), [refusal]);
    }
    assert.deepEqual(tagged(root(named(TAGGED)), cluster()), [refusal]);
    assert.deepEqual(tagged(root(named(TAGGED)), policy()), [refusal]);
  });

  it("fails where the stack's declaration cannot be read", () => {
    assert.deepEqual(tagged(), [refusal]);
    assert.deepEqual(tagged(root({ ...named(TAGGED), roles: UNKNOWN })), [refusal]);
    assert.deepEqual(tagged(root({ unattestedImages: [{ image: TAGGED }] })), [refusal]);
  });
});

describe("the types that run pods", () => {
  it("do not include types with similar names", () => {
    for (const type of [
      "kubernetes:policy/v1:PodDisruptionBudget",
      "kubernetes:core/v1:Service",
      "gcp:container/cluster:Cluster",
    ]) {
      assert.ok(!WORKLOAD_TYPES.test(type), type);
    }
  });
});
