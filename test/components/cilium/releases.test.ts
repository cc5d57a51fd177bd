import assert from "node:assert/strict";
import fc from "fast-check";
import { parseImage, parsePinnedImage } from "../../../packages/attestation/image-reference.ts";
import { ciliumImages, type CiliumPart, RELEASES } from "../../../components/cilium/releases.ts";
import { CILIUM_VERSIONS } from "../../../components/cilium/version.ts";
import { chartOrSkip, valuesOf } from "./charts.ts";

/** Where a chart's values have an image: the key `image` of this object. */
const IN_VALUES: Readonly<Record<CiliumPart, string>> = {
  agent: "",
  operator: "operator",
  envoy: "envoy",
  certgen: "certgen",
  hubbleRelay: "hubble.relay",
  hubbleUi: "hubble.ui.frontend",
  hubbleUiBackend: "hubble.ui.backend",
  nodeInit: "nodeinit",
};

/** These images hold the chart's own version, so the chart cannot hold their digests. */
const WITHOUT_DIGEST = ["agent", "operator", "hubbleRelay"];

interface ChartImage {
  readonly repository: string;
  readonly tag: string;
  readonly digest?: string;
}

function imageAt(values: unknown, path: string): ChartImage {
  const keys = [...path.split(".").filter((key) => key !== ""), "image"];
  return keys.reduce((value, key) => (value as Record<string, unknown>)[key], values) as ChartImage;
}

for (const version of CILIUM_VERSIONS) {
  const entries = Object.entries(RELEASES[version].images) as [CiliumPart, string][];

  describe(`The images of Cilium ${version}`, () => {
    it("are named by tag for the reader and by digest for the node, each another", () => {
      const images = entries.map(([, reference]) => parseImage(reference));
      assert.ok(
        images.every((image) => image?.repository.startsWith("quay.io/cilium/") && image.tag && image.digest),
      );
      assert.equal(new Set(images.map((image) => image?.digest)).size, images.length);
    });

    it("run by their digests alone, from quay.io", () => {
      for (const [part, image] of Object.entries(ciliumImages(version))) {
        const { repository = "", digest = "" } =
          parseImage(RELEASES[version].images[part as CiliumPart]) ?? {};
        assert.deepEqual(parsePinnedImage(image), { repository, digest });
      }
    });

    it("run by the same digests from a mirror, wherever that is", () => {
      const word = fc.stringMatching(/^[a-z0-9]{1,9}$/);
      const mirrors = fc
        .tuple(fc.domain(), fc.option(fc.integer({ min: 1, max: 65_535 })), fc.array(word, { maxLength: 3 }))
        .map(([host, port, path]) => [port === null ? host : `${host}:${port}`, ...path].join("/"));
      fc.assert(
        fc.property(mirrors, (mirror) => {
          const mirrored = ciliumImages(version, mirror);
          for (const [part, image] of Object.entries(ciliumImages(version))) {
            assert.equal(mirrored[part as CiliumPart], image.replace("quay.io", mirror));
          }
        }),
      );
    });
  });

  describe(`The chart of Cilium ${version} (needs the chart)`, function () {
    this.timeout(300_000);
    let values: unknown;
    before(async function () {
      values = await valuesOf(await chartOrSkip(this, version));
    });

    for (const [part, reference] of entries) {
      it(`names the same ${part}`, () => {
        const { repository, tag, digest } = imageAt(values, IN_VALUES[part]);
        const image = parseImage(reference);
        // The chart derives the operator's name from its cloud, which is empty here.
        assert.equal(image?.repository, part === "operator" ? `${repository}-generic` : repository);
        assert.equal(image.tag, tag);
        if (WITHOUT_DIGEST.includes(part)) assert.equal(tag, `v${version}`);
        else assert.equal(image.digest, digest);
      });
    }
  });
}
