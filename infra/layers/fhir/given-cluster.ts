import { requireCluster } from "../../../components/kubernetes/cluster-check.ts";
import {
  findCluster,
  kubeconfigFiles,
  type KnownCluster,
} from "../../../components/kubernetes/known-cluster.ts";
import type { StackConfig } from "../../config/checked-config.ts";

/** Where kubeconfigs are looked for. */
export interface KubeconfigSearch {
  /** The value of KUBECONFIG. */
  readonly variable: string | undefined;
  /** The user's home directory. */
  readonly home: string;
}

/**
 * The cluster that the stack names by its context, asked whether it can be built on.
 *
 * @returns undefined where the stack names none, and in a preview where there is no kubeconfig
 * @throws RunError as `requireCluster` does
 */
export async function givenCluster(
  { fhirCluster, cilium }: StackConfig,
  { variable, home }: KubeconfigSearch,
): Promise<KnownCluster | undefined> {
  const context = fhirCluster?.context;
  if (context === undefined) return undefined;
  const where = `attested-fhir:fhirCluster.context = ${JSON.stringify(context)}`;
  return requireCluster(findCluster(kubeconfigFiles(variable, home), context), where, {
    cilium: !cilium.install,
  });
}
