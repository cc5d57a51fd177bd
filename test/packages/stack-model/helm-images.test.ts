import assert from "node:assert/strict";
import fc from "fast-check";
import { ciliumImages } from "../../../components/cilium/releases.ts";
import { helmValues } from "../../../components/cilium/helm-values.ts";
import { CILIUM_VERSION } from "../../../components/cilium/version.ts";
import { imagesInValues } from "../../../packages/stack-model/helm-images.ts";
import { UNKNOWN, type PropertyValue } from "../../../packages/stack-model/property-value.ts";

const DIGEST = `sha256:${"1".repeat(64)}`;
const named = (values: PropertyValue) => imagesInValues(values).map(({ called, image }) => [called, image]);

describe("the images in the values of a Helm release", () => {
  it("are texts under image, at any depth and in lists", () => {
    assert.deepEqual(named({ image: "quay.io/a/b", sidecars: [{ image: "quay.io/a/c" }, { name: "d" }] }), [
      ["values.image", "quay.io/a/b"],
      ["values.sidecars[0].image", "quay.io/a/c"],
    ]);
  });

  it("are put together from their parts, under image and under names that end so", () => {
    for (const [parts, image] of [
      [{ repository: "quay.io/a/b", digest: DIGEST }, `quay.io/a/b@${DIGEST}`],
      [{ repository: "quay.io/a/b", tag: "v1", digest: DIGEST }, `quay.io/a/b:v1@${DIGEST}`],
      [{ registry: "quay.io", repository: "a/b", tag: 1.2 }, "quay.io/a/b:1.2"],
      [{ repository: "quay.io/a/b", tag: "", digest: null }, "quay.io/a/b"],
      [{ repository: "quay.io/a/b", digest: DIGEST, useDigest: true }, `quay.io/a/b@${DIGEST}`],
      [{ repository: "quay.io/a/b", tag: "v1", digest: DIGEST, useDigest: false }, "quay.io/a/b:v1"],
      [{ tag: "v1" }, ":v1"],
    ] as const) {
      assert.deepEqual(named({ image: parts }), [["values.image", image]]);
      assert.deepEqual(named({ job: { initImage: parts } }), [["values.job.initImage", image]]);
    }
  });

  it("are overridden as a whole where the chart has an override", () => {
    const parts = { repository: "quay.io/a/b", tag: "v1" };
    assert.deepEqual(named({ relay: { image: { ...parts, override: "quay.io/c/d" } } }), [
      ["values.relay.image.override", "quay.io/c/d"],
    ]);
    assert.deepEqual(named({ image: { ...parts, override: "" } }), [["values.image", "quay.io/a/b:v1"]]);
  });

  it("are unknown where the values are, a reference is, or a part of it", () => {
    assert.deepEqual(named(UNKNOWN), [["values", UNKNOWN]]);
    const unknown: readonly PropertyValue[] = [UNKNOWN, { repository: "quay.io/a/b", digest: UNKNOWN }];
    for (const image of unknown) assert.deepEqual(named({ image }), [["values.image", UNKNOWN]]);
    assert.deepEqual(named({ image: { override: UNKNOWN } }), [["values.image.override", UNKNOWN]]);
  });

  it("are none where only settings stand under image, and where there is no image", () => {
    const imageless: readonly PropertyValue[] = [
      undefined,
      null,
      {},
      { image: { pullPolicy: "Always", pullSecrets: [] }, imagePullSecrets: [UNKNOWN], range: UNKNOWN },
      { image: "", images: "quay.io/a/b", repository: "https://git.example.com/a/b" },
    ];
    for (const values of imageless) assert.deepEqual(named(values), []);
  });

  it("are all images of Cilium, on kind and on GKE", () => {
    const images = ciliumImages(CILIUM_VERSION);
    for (const [platform, absent] of [
      [{ name: "kind" }, images.nodeInit],
      [{ name: "gke", podRange: "10.32.0.0/14" }, undefined],
    ] as const) {
      const values = helmValues({
        platform,
        policyEnforcementMode: "default",
        images,
        certificatesByHook: true,
      });
      assert.deepEqual(
        imagesInValues(values as unknown as PropertyValue)
          .map(({ image }) => image)
          .toSorted(),
        Object.values(images)
          .filter((image) => image !== absent)
          .toSorted(),
      );
    }
  });

  it("are found wherever they are put", () => {
    const keys = fc.array(fc.stringMatching(/^[a-z]{1,6}$/), { maxLength: 5 });
    fc.assert(
      fc.property(keys, fc.boolean(), (path, listed) => {
        const bottom: PropertyValue = listed ? [{ image: "quay.io/a/b" }] : { image: "quay.io/a/b" };
        const values = path.reduceRight<PropertyValue>((below, key) => ({ [key]: below }), bottom);
        assert.deepEqual(
          imagesInValues(values).map(({ image }) => image),
          ["quay.io/a/b"],
        );
      }),
    );
  });
});
