/** Container image references, as the distribution specification writes them: `HOST/PATH[:TAG][@DIGEST]`. */

/** An image reference taken apart. */
export interface ImageReference {
  /** Registry host and repository path, without tag and digest: `gcr.io/project/name`. */
  readonly repository: string;
  /** The tag, without its colon; absent when the reference has none. */
  readonly tag?: string;
  /** The manifest digest, `sha256:` and 64 hexadecimal digits; absent when the reference has none. */
  readonly digest?: string;
}

/** An image reference that names one manifest for ever: repository and digest, no tag. */
export interface PinnedImage {
  readonly repository: string;
  readonly digest: string;
}

const PATH_COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const HOST =
  "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::[0-9]+)?";
const REFERENCE = new RegExp(
  `^(?<repository>(?:${HOST}/)?${PATH_COMPONENT}(?:/${PATH_COMPONENT})*)` +
    "(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$",
);
const LONGEST_REPOSITORY = 255;

/** Takes an image reference apart; undefined when it is not one. */
export function parseImage(text: string): ImageReference | undefined {
  const groups = REFERENCE.exec(text)?.groups;
  const repository = groups?.repository;
  if (repository === undefined || repository.length > LONGEST_REPOSITORY) return undefined;
  const tag = groups?.tag;
  const digest = groups?.digest;
  return { repository, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/** The host of the registry that a repository names; undefined where it leaves that to the node. */
export function registryHost(repository: string): string | undefined {
  return /^([^/]*[.:][^/]*)\//.exec(repository)?.[1];
}

/**
 * Takes a pinned image reference apart.
 *
 * @throws Error that says what is wrong and what would be right: not a reference, no registry host, a tag,
 *   or no digest. A tag in addition to a digest is rejected, too: Binary Authorization reads the digest alone, so the
 *   tag could only mislead.
 */
export function parsePinnedImage(text: string): PinnedImage {
  const image = parseImage(text);
  const wanted = "write HOST/NAME@sha256: and 64 hexadecimal digits";
  if (image === undefined) throw new Error(`is not an image reference: ${wanted}`);
  if (image.tag !== undefined) {
    throw new Error(`has the tag "${image.tag}", and a tag can be moved to another image: ${wanted}`);
  }
  if (image.digest === undefined) throw new Error(`has no digest: ${wanted}`);
  if (registryHost(image.repository) === undefined) {
    throw new Error(`names no registry, so its meaning depends on the node's default: ${wanted}`);
  }
  return { repository: image.repository, digest: image.digest };
}
