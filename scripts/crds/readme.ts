import { CRD2PULUMI_VERSION } from "./generator.ts";

/**
 * The package's README.
 *
 * @param cilium the version of Cilium whose CRDs it is made from
 */
export function readme(cilium: string): string {
  return `# @pulumi/kubernetes-cilium

Cilium ${cilium}'s CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy as typed Pulumi resources.

\`\`\`ts
import { CiliumNetworkPolicy } from "@pulumi/kubernetes-cilium/cilium/v2/ciliumNetworkPolicy.js";
\`\`\`

or, all at once, \`import { cilium } from "@pulumi/kubernetes-cilium"\` and \`cilium.v2.CiliumNetworkPolicy\`.

Nothing here is written by hand. \`npm run crds\` generates it all with crd2pulumi ${CRD2PULUMI_VERSION} from Cilium's own
CRDs, and makes the corrections that \`scripts/crds/corrections.ts\` lists. \`bin/\` holds the sources compiled, as Node runs
them: there is nothing to build when the package is installed.
`;
}
