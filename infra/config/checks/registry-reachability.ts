import { parseImage, registryHost } from "@attested-fhir/attestation";
import type { Check } from "./check.ts";

/** Private nodes without Cloud NAT can pull only from Google's registries. */

/** The registries that nodes reach by Google's private addresses. */
const WITHIN_REACH = /^(?:[\w-]+\.)?(?:gcr\.io|pkg\.dev)\//;

interface Named {
  readonly path: readonly PropertyKey[];
  readonly image: string | undefined;
  /** Whether the nodes that run it reach the internet; undefined where that is not known. */
  readonly natEgress: boolean | undefined;
  /** What to do instead. */
  readonly instead: string;
}

/** Checks every image of a cluster that the stack creates, unless its nodes reach the internet. */
export const registriesAreReachable: Check = (draft) => {
  const { deployerCluster, mllpAdapter, fhirCluster, fhirServer, clientImage, requiredLabels, dicom } = draft;
  const google = fhirCluster?.google;
  const copy = "copy it to Artifact Registry";
  const mirror = google?.mirror === true ? "name it by the mirror of quay.io or Docker Hub" : copy;
  const images: readonly Named[] = [
    {
      path: ["mllpAdapter", "image"],
      image: mllpAdapter?.image,
      natEgress: deployerCluster?.natEgress,
      instead: copy,
    },
    {
      path: ["fhirServer", "image"],
      image: fhirServer?.image,
      natEgress: google?.natEgress,
      instead: mirror,
    },
    { path: ["clientImage"], image: clientImage, natEgress: google?.natEgress, instead: mirror },
    ...(["envoyImage", "opaImage"] as const).map((key) => ({
      path: ["dicom", key],
      image: dicom?.[key],
      natEgress: google?.natEgress,
      instead: mirror,
    })),
    ...(["image", "crdsImage"] as const).map((key) => ({
      path: ["requiredLabels", "gatekeeper", key],
      image: requiredLabels?.gatekeeper?.[key],
      // It runs in both clusters.
      natEgress: [deployerCluster?.natEgress, google?.natEgress].includes(false) ? false : undefined,
      instead: mirror,
    })),
  ];
  return images.flatMap(({ path, image, natEgress, instead }) => {
    const repository = image === undefined ? "" : (parseImage(image)?.repository ?? "");
    const host = registryHost(repository);
    // The schema reports an image without a registry.
    if (host === undefined || natEgress !== false || WITHIN_REACH.test(repository)) return [];
    const message = `is on ${host}, which nodes without natEgress do not reach: ${instead}, or set natEgress`;
    return [{ path, message }];
  });
};
