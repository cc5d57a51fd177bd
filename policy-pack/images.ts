import { pinnedImage } from "../attestation/image.ts";
import { faultOf } from "./fault.ts";
import { checkov } from "./framework.ts";
import type { ResourceGuardrail } from "./guardrail.ts";
import { containersOf, POD_BEARERS, podsOf } from "./pods.ts";
import { at, said } from "./value.ts";

/** Guardrails on how pods name their images. */

export const imagePinnedByDigest: ResourceGuardrail = {
  kind: "resource",
  name: "image-pinned-by-digest",
  description:
    "Every container names its image by registry and digest, so that nobody can move the name to another image.",
  severity: "high",
  enforcement: "mandatory",
  framework: checkov("CKV_K8S_43", "Image should use digest; CKV_K8S_14; CIS GKE Benchmark 1.6.0 5.1.4"),
  remediation: [
    "Look up the digest: gcloud artifacts docker images describe IMAGE:TAG --format='value(image_summary.digest)'.",
    "Name the image HOST/NAME@sha256:… and leave the tag out.",
    "Have this digest attested: list it under the images to sign.",
  ],
  types: [POD_BEARERS],
  check(resource, report) {
    for (const pod of podsOf(resource)) {
      const containers = containersOf(pod);
      if (containers.length === 0 && !pod.patch)
        report(`the pod's containers are ${said(undefined)}: name them`);
      for (const { called, props } of containers) {
        const image = at(props, "image");
        if (image === undefined && pod.patch) continue;
        if (typeof image !== "string") {
          report(`${called}: the image is ${said(image)}: name it in the stack, by digest`);
          continue;
        }
        const fault = faultOf(() => pinnedImage(image));
        if (fault !== undefined) report(`${called}: the image "${image}" ${fault}`);
      }
    }
  },
};
