import { parseImage, parsePinnedImage } from "@attested-fhir/attestation";
import {
  ADMISSION_POLICY,
  CLUSTER,
  errorMessage,
  HELM_RELEASE,
  hiddenImages,
  type Resource,
  ROOT,
  type RunningImage,
  runningImages,
  formatValue,
  WORKLOAD_TYPES,
} from "@attested-fhir/stack-model";
import type { Trust } from "@attested-fhir/policy-config";
import { checkov } from "../../frameworks.ts";
import type { StackGuardrail } from "../../guardrail.ts";
import { imagesOutsideGcp } from "./non-gcp-clusters.ts";

/** Guardrails on how pods and Helm releases name their images. */

export const imagePinnedByDigest: StackGuardrail = {
  kind: "stack",
  name: "image-pinned-by-digest",
  description:
    "Every image that runs is named by registry and digest; by tag only where the stack allows it by name.",
  severity: "high",
  enforcement: "mandatory",
  framework: checkov("CKV_K8S_43", "Image should use digest; CKV_K8S_14; CIS GKE Benchmark 1.6.0 5.1.4"),
  remediation: [
    "Look up the digest: gcloud artifacts docker images describe IMAGE:TAG --format='value(image_summary.digest)'.",
    "Name the image HOST/NAME@sha256:… and leave the tag out; in a Helm release, every image of the chart, in its values.",
    "Have this digest attested: list it under the images to sign.",
    "For a cluster outside Google Cloud, name HOST/NAME:TAG in unattestedImages, with the reason.",
  ],
  cannotPrevent:
    "an image by tag that the stack allows by name, where a Google Cloud cluster is created after its workload",
  before: {
    types: [WORKLOAD_TYPES, HELM_RELEASE],
    check(resource, registered, report, { trust }) {
      const named = imagesByName(registered.ofTypes(ROOT, CLUSTER, ADMISSION_POLICY), trust);
      for (const fault of imageFaults(resource, named)) report(fault);
    },
  },
  check(resources, report, { trust }) {
    const named = imagesByName(resources, trust);
    for (const resource of resources)
      for (const fault of imageFaults(resource, named)) report(fault, resource);
  },
};

/** The images that the stack lets run by their very names. */
function imagesByName(resources: readonly Resource[], trust: Trust): readonly string[] {
  return imagesOutsideGcp(resources, trust)?.unattestedImages.map(({ image }) => image) ?? [];
}

function imageFaults(resource: Resource, named: readonly string[]): readonly string[] {
  return [
    ...hiddenImages(resource),
    ...runningImages(resource).flatMap((running) => pinningFault(running, named) ?? []),
  ];
}

/** @param named what the stack lets run by its very name, tag and all */
function pinningFault({ called, image }: RunningImage, named: readonly string[]): string | undefined {
  if (typeof image !== "string")
    return `${called}: the image is ${formatValue(image)}: name it in the stack, by digest`;
  if (named.includes(image) && parseImage(image)?.tag !== undefined) return undefined;
  const fault = errorMessage(() => parsePinnedImage(image));
  return fault === undefined ? undefined : `${called}: the image "${image}" ${fault}`;
}
