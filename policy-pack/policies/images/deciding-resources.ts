import { parsePinnedImage, resourceUri } from "@attested-fhir/attestation";
import {
  ADMISSION_POLICY,
  ATTESTOR,
  CLUSTER,
  OCCURRENCE,
  propertyAt,
  type RegisteredResources,
  type Resource,
  ROOT,
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
