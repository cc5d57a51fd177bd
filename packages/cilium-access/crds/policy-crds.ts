import { readFileSync } from "node:fs";

/** A CustomResourceDefinition of one of Cilium's two policies: its name and specification, without descriptions. */
export interface PolicyCrd {
  readonly name: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly schema: { readonly openAPIV3Schema: object } }[];
  };
}

/** The releases of Cilium whose CRDs `npm run crds` wrote down here. */
export type CrdRelease = "1.16.0" | "1.20.2";

/** The CRDs of the two policies in a release of Cilium, by their names. */
export function readPolicyCrds(release: CrdRelease): readonly PolicyCrd[] {
  const file = new URL(`policy-crds-${release}.ndjson`, import.meta.url);
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as PolicyCrd);
}
