import { parsePinnedImage, resourceUri } from "@attested-fhir/attestation";
import {
  ADMISSION_POLICY,
  ATTESTOR,
  CLUSTER,
  errorMessage,
  OCCURRENCE,
  propertyAt,
  type RegisteredResources,
  type Resource,
  ROOT,
  runningImages,
} from "@attested-fhir/stack-model";

/** Of the registered resources those that decide about images: of the attestations only those of these images. */
export function decidingAbout(
  images: readonly { readonly image: string }[],
  registered: RegisteredResources,
): readonly Resource[] {
  const uris = new Set(images.map(({ image }) => resourceUri(parsePinnedImage(image))));
  return [
    ...registered.ofTypes(ROOT, CLUSTER, ADMISSION_POLICY, ATTESTOR),
    ...[...uris].flatMap((uri) => registered.withKey(attestedUri, uri)),
  ];
}

function attestedUri({ type, props }: Resource): readonly string[] {
  const uri = type === OCCURRENCE ? propertyAt(props, "resourceUri") : undefined;
  return typeof uri === "string" ? [uri] : [];
}

/** The images that a resource runs; those that are not pinned are the business of image-pinned-by-digest. */
export function pinnedImages(
  workload: Resource,
): readonly { readonly called: string; readonly image: string }[] {
  return runningImages(workload).flatMap(({ called, image }) =>
    typeof image === "string" && errorMessage(() => parsePinnedImage(image)) === undefined
      ? [{ called, image }]
      : [],
  );
}
