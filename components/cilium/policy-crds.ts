import type { CustomResourceDefinitionArgs } from "@pulumi/kubernetes/apiextensions/v1/customResourceDefinition.js";
import { readPolicyCrds } from "@attested-fhir/cilium-access/policy-crds";
import { RELEASES } from "./releases.ts";
import type { CiliumVersion } from "./version.ts";

/** The label by which Cilium's operator knows the schema version of a CRD. */
const SCHEMA_VERSION = "io.cilium.k8s.crd.schema.version";

/** For the provider: wait until the kind is served, and take the CRD over from its current field managers. */
const ANNOTATIONS = { "pulumi.com/waitFor": "condition=Established", "pulumi.com/patchForce": "true" };

/**
 * The CRDs of the two policies in a version of Cilium, by their names, as `npm run crds` wrote them down.
 *
 * Cilium's operator registers all of Cilium's CRDs when it starts, and would replace these unless the label says that
 * they are at least as new as its own. With this label, the operator leaves them unchanged.
 *
 * Source: Cilium's pkg/k8s/apis/crdhelpers/register.go (needsUpdateV1; in 1.20 NeedsUpdateV1Factory).
 */
export function policyCrds(version: CiliumVersion): { name: string; args: CustomResourceDefinitionArgs }[] {
  return readPolicyCrds(version).map(({ name, spec }) => {
    const metadata = {
      name,
      labels: { [SCHEMA_VERSION]: RELEASES[version].crdSchema },
      annotations: ANNOTATIONS,
    };
    return { name, args: { metadata, spec: spec as unknown as CustomResourceDefinitionArgs["spec"] } };
  });
}
