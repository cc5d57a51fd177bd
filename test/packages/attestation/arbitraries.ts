import fc from "fast-check";
import type { PinnedImage } from "../../../packages/attestation/image-reference.ts";

/** What fast-check needs to make image references of every form that the specification allows. */

const lowercase = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const pathComponent = fc
  .tuple(
    lowercase,
    fc.array(fc.tuple(fc.constantFrom(".", "_", "__", "-", "---"), lowercase), { maxLength: 2 }),
  )
  .map(([first, rest]) => first + rest.flat().join(""));
const label = fc.stringMatching(/^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,6}[a-zA-Z0-9])?$/);

/** A registry's host, with a dot, a port, or both. */
export const host = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 3 }), fc.option(fc.integer({ min: 1, max: 65535 })))
  .map(([labels, port]) => {
    const name = labels.join(".");
    if (port !== null) return `${name}:${String(port)}`;
    return labels.length > 1 ? name : `${name}.example`;
  });

/** A registry's host and a path: what a pinned image names in addition to its digest. */
export const repository = fc
  .tuple(host, fc.array(pathComponent, { minLength: 1, maxLength: 4 }))
  .map(([registry, path]) => [registry, ...path].join("/"));

export const tag = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/);

/** A SHA-256 digest as manifests are named by. */
export const digest = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => `sha256:${Buffer.from(bytes).toString("hex")}`);

export const pinned: fc.Arbitrary<PinnedImage> = fc.record({ repository, digest }, { noNullPrototype: true });
