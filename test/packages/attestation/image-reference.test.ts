import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type ImageReference,
  parseImage,
  parsePinnedImage,
  registryHost,
} from "../../../packages/attestation/image-reference.ts";
import { digest, pinned, repository, tag } from "./arbitraries.ts";

const DIGEST = `sha256:${"231b073d".repeat(8)}`;

function format({ repository, tag, digest }: ImageReference): string {
  return `${repository}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}

describe("parseImage", () => {
  it("takes apart whatever can be written as a reference", () => {
    const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
    fc.assert(
      fc.property(repository, optional(tag), optional(digest), (repository, tag, digest) => {
        const image = {
          repository,
          ...(tag !== undefined && { tag }),
          ...(digest !== undefined && { digest }),
        };
        assert.deepEqual(parseImage(format(image)), image);
      }),
    );
  });

  it("either refuses a text or writes it again as it was", () => {
    const near = fc.array(fc.constantFrom("a", "B", "0", ".", "-", "_", "/", ":", "@", "sha256:", DIGEST));
    fc.assert(
      fc.property(
        fc.oneof(
          near.map((parts) => parts.join("")),
          fc.string(),
        ),
        (text) => {
          const image = parseImage(text);
          if (image !== undefined) assert.equal(format(image), text);
        },
      ),
    );
  });

  it("tells a registry's port from a tag", () => {
    assert.deepEqual(parseImage("registry:5000/adapter"), { repository: "registry:5000/adapter" });
    assert.deepEqual(parseImage("registry:5000/adapter:5000"), {
      repository: "registry:5000/adapter",
      tag: "5000",
    });
  });

  const refused = {
    "an empty text": "",
    "a name in capitals": "gcr.io/Project/name",
    "a double slash": "gcr.io//name",
    "a slash at its end": "gcr.io/name/",
    "a scheme": "https://gcr.io/name",
    "a digest of another length": `gcr.io/name@${DIGEST.slice(0, -1)}`,
    "a digest in capitals": `gcr.io/name@sha256:${"A".repeat(64)}`,
    "another hash": `gcr.io/name@sha512:${"a".repeat(128)}`,
    "two digests": `gcr.io/name@${DIGEST}@${DIGEST}`,
    "white space": "gcr.io/name ",
    "a line break at its end": `gcr.io/name@${DIGEST}\n`,
    "a repository longer than 255 characters": `gcr.io/${"a".repeat(249)}`,
  };
  for (const [what, text] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      assert.equal(parseImage(text), undefined);
    });
  }
});

describe("pinnedImage", () => {
  it("takes every registry, path and digest", () => {
    fc.assert(
      fc.property(pinned, (image) => {
        assert.deepEqual(parsePinnedImage(format(image)), image);
      }),
    );
  });

  it("rejects a reference with a tag, with or without a digest", () => {
    fc.assert(
      fc.property(pinned, tag, (image, tag) => {
        assert.throws(() => parsePinnedImage(format({ ...image, tag })), /^Error: has the tag /);
      }),
    );
  });

  const wanted = "write HOST/NAME@sha256: and 64 hexadecimal digits";
  const refused = {
    "gcr.io/project/name": `has no digest: ${wanted}`,
    "gcr.io/project/name:latest": `has the tag "latest", and a tag can be moved to another image: ${wanted}`,
    [`gcr.io/project/name:1.2@${DIGEST}`]: `has the tag "1.2", and a tag can be moved to another image: ${wanted}`,
    [`project/name@${DIGEST}`]: `names no registry, so its meaning depends on the node's default: ${wanted}`,
    [`name@${DIGEST}`]: `names no registry, so its meaning depends on the node's default: ${wanted}`,
    [`https://gcr.io/name@${DIGEST}`]: `is not an image reference: ${wanted}`,
    "": `is not an image reference: ${wanted}`,
  };
  for (const [text, message] of Object.entries(refused)) {
    it(`says what is wrong with "${text}"`, () => {
      assert.throws(() => parsePinnedImage(text), { message });
    });
  }
});

describe("registryOf", () => {
  it("is the host that a repository begins with, if it begins with one", () => {
    for (const host of ["gcr.io", "registry.example:5000", "localhost:5000"])
      assert.equal(registryHost(`${host}/project/name`), host);
    for (const repository of ["library/busybox", "busybox", "gcr.io", "localhost/name"])
      assert.equal(registryHost(repository), undefined);
  });
});
