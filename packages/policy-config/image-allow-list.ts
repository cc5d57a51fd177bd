import { registryHost } from "@attested-fhir/attestation";

/**
 * The allow-list of a Binary Authorization policy: patterns of images that need no attestation.
 *
 * Source: Binary Authorization API, `AdmissionWhitelistPattern.namePattern`: `registry/path/to/image`, where a
 * `*` at the end stands for anything but `/`, a `**` at the end for anything, and neither may stand before the
 * registry's `/`.
 */

/** Registries that belong to one publisher as a whole, so that their name alone says whose images they hold. */
export const SOLE_PUBLISHERS: Readonly<Record<string, string>> = {
  "k8s.gcr.io": "the Kubernetes project, until 2023",
  "registry.k8s.io": "the Kubernetes project",
  "gke.gcr.io": "Google, for the system images of GKE",
};

/**
 * Whether a pattern exempts an image, given as the pod names it: `HOST/NAME@sha256:…`. A pattern without a
 * wildcard exempts exactly what it spells.
 */
export function exempts(pattern: string, image: string): boolean {
  if (pattern.endsWith("**")) return image.startsWith(pattern.slice(0, -2));
  if (!pattern.endsWith("*")) return pattern === image;
  const stem = pattern.slice(0, -1);
  return image.startsWith(stem) && !image.slice(stem.length).includes("/");
}

/** Whether a pattern exempts every image that another pattern, or image, exempts. */
export function covers(pattern: string, other: string): boolean {
  if (pattern === other) return true;
  const stem = pattern.replace(/\*{1,2}$/, "");
  const rest = other.replace(/\*{1,2}$/, "");
  if (stem === pattern || !rest.startsWith(stem)) return false;
  return pattern.endsWith("**") || (!other.endsWith("**") && !rest.slice(stem.length).includes("/"));
}

const OWNER = /^[^/]+\//;

/**
 * Says in one sentence why a pattern is too broad, or nothing when it is narrow: anyone who may publish an image
 * that it exempts must follow from its letters. They fix the registry and, within it, the owner, unless the
 * registry belongs to one publisher as a whole. Within a mirror, which hands out whatever another registry holds,
 * they fix the owner there.
 *
 * @param mirrors what the images of each mirror begin with, `REGION-docker.pkg.dev/PROJECT/REPOSITORY/`
 */
export function tooBroad(pattern: string, mirrors: readonly string[] = []): string | undefined {
  const stem = pattern.replace(/\*{1,2}$/, "");
  if (stem.includes("*")) return "has a wildcard elsewhere than at its end, where Google does not take one";
  const host = registryHost(stem);
  if (host === undefined) return "names no registry: begin it with HOST/";
  const path = stem.slice(host.length + 1);
  if (stem === pattern) return path === "" ? "names no image" : undefined;
  const mirror = mirrors.find((images) => opens(pattern, stem, images));
  if (mirror !== undefined)
    return `exempts the images of every owner that the mirror has: name one, ${mirror}OWNER/`;
  if (Object.hasOwn(SOLE_PUBLISHERS, host) || OWNER.test(path)) return undefined;
  const whose = path === "" ? "every owner" : `every owner whose name begins with "${path}"`;
  return `exempts the images of ${whose} at ${host}: name one, ${host}/OWNER/`;
}

/** Whether a pattern with a wildcard exempts images of a mirror without naming their owner. */
function opens(pattern: string, stem: string, mirror: string): boolean {
  if (stem.startsWith(mirror)) return !OWNER.test(stem.slice(mirror.length));
  // A single wildcard does not reach across the mirror's own slash.
  return pattern.endsWith("**") && mirror.startsWith(stem);
}
