import { readFileSync } from "node:fs";
import type { CustomResourceDefinitionArgs } from "@pulumi/kubernetes/apiextensions/v1/customResourceDefinition.js";
import { RELEASES } from "./releases.ts";
import { CILIUM_VERSION } from "./version.ts";

/** One line of policy-crds.ndjson: a CRD as Cilium publishes it, without descriptions. */
interface Line {
  readonly name: string;
  readonly spec: CustomResourceDefinitionArgs["spec"];
}

/**
 * The CRDs of the two policies, in the pinned version, as `npm run crds` wrote them down, by their names.
 *
 * Cilium's operator registers all of Cilium's CRDs when it starts, and would replace these unless the label says that
 * they are at least as new as its own. They say so, so nobody takes them back. On a cluster where Cilium came first,
 * the operator owns the fields, and the annotation takes them over.
 */
export function policyCrds(): { name: string; args: CustomResourceDefinitionArgs }[] {
  const lines = readFileSync(new URL("policy-crds.ndjson", import.meta.url), "utf8")
    .trim()
    .split("\n");
  return lines.map((line) => {
    const { name, spec } = JSON.parse(line) as Line;
    const metadata = {
      name,
      labels: { "io.cilium.k8s.crd.schema.version": RELEASES[CILIUM_VERSION].crdSchema },
      annotations: { "pulumi.com/patchForce": "true" },
    };
    return { name, args: { metadata, spec } };
  });
}
