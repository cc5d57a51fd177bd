import {
  formatValue,
  listItems,
  propertyAt,
  type PropertyValue,
  REPOSITORY,
  type Resource,
  ROOT,
  type RunningImage,
  runningImages,
} from "@attested-fhir/stack-model";
import type { Trust } from "@attested-fhir/policy-config";
import { pinFault } from "./pin-text.ts";

/** Registries and their mirrors, where the pack's configuration pins them. */

/** Says in a sentence each which image that a resource runs, or a stack signs, is in no pinned registry. */
export function imageFaults(resource: Resource, { registries }: Trust): readonly string[] {
  if (registries === undefined) return [];
  const allowed = registries.map(({ prefix }) => prefix);
  const signed = resource.type === ROOT ? listItems(propertyAt(resource.props, "imagesToSign")) : [];
  return [...runningImages(resource), ...signed.map(imageToSign)]
    .filter(({ image }) => typeof image === "string" && !allowed.some((one) => image.startsWith(`${one}/`)))
    .map(({ called, image }) =>
      pinFault(resource, `names ${formatValue(image)} in ${called}`, "registries", allowed),
    );
}

function imageToSign(item: PropertyValue, index: number): RunningImage {
  return { called: `imagesToSign[${index}].image`, image: propertyAt(item, "image") };
}

/** Modes of a repository that holds what its owner put there, and nothing else; the first is the API's default. */
const OWN: readonly PropertyValue[] = [undefined, "STANDARD_REPOSITORY"];

/** A repository that mirrors another registry: what its images begin with, and the other's host where it can be seen. */
interface Mirror {
  readonly prefix: string;
  readonly upstream: string | undefined;
}

/** A repository as a mirror; undefined for any other resource. */
export function mirrorIn({ type, props }: Resource): Mirror | undefined {
  if (type !== REPOSITORY || OWN.includes(propertyAt(props, "mode"))) return undefined;
  const [location = "", project = "", id = ""] = ["location", "project", "repositoryId"].map((name) => {
    const value = propertyAt(props, name);
    return typeof value === "string" ? value : `(${formatValue(value)})`;
  });
  const prefix = `${location}-docker.pkg.dev/${project}/${id}`;
  return { prefix, upstream: upstreamHost(propertyAt(props, "remoteRepositoryConfig")) };
}

/** Says in a sentence why a repository that mirrors another registry is not pinned as a mirror of that one. */
export function mirrorFaults(resource: Resource, { registries }: Trust): readonly string[] {
  const mirror = mirrorIn(resource);
  if (registries === undefined || mirror === undefined) return [];
  const { prefix, upstream } = mirror;
  if (upstream !== undefined && registries.some((one) => one.prefix === prefix && one.upstream === upstream))
    return [];
  const allowed = registries.flatMap((one) =>
    one.upstream === undefined ? [] : [`${one.prefix} of ${one.upstream}`],
  );
  const mirrored = upstream ?? "something that names no registry";
  const what = `makes ${prefix} a mirror of ${mirrored} by remoteRepositoryConfig`;
  return [pinFault(resource, what, "mirrors", allowed)];
}

/** The host of the registry that a repository mirrors; undefined where it cannot be seen. */
function upstreamHost(config: PropertyValue): string | undefined {
  if (propertyAt(config, "dockerRepository", "publicRepository") === "DOCKER_HUB") return "docker.io";
  const uri =
    propertyAt(config, "commonRepository", "uri") ??
    propertyAt(config, "dockerRepository", "customRepository", "uri");
  return typeof uri === "string" ? URL.parse(uri)?.host : undefined;
}
