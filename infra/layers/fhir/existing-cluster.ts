import { requireCluster } from "../../../components/kubernetes/cluster-preflight.ts";
import {
  findCluster,
  kubeconfigFiles,
  type KubeconfigCluster,
} from "../../../components/kubernetes/kubeconfig.ts";
import type { StackConfig } from "../../config/stack-config.ts";

/** Where to look for kubeconfigs. */
export interface KubeconfigSearch {
  /** The value of KUBECONFIG. */
  readonly variable: string | undefined;
  /** The user's home directory. */
  readonly home: string;
}

/**
 * The cluster that the stack names by its context, once it passes the preflight check.
 *
 * @returns undefined where the stack names none, and in a preview where there is no kubeconfig
 * @throws RunError as `requireCluster` does
 */
export async function existingCluster(
  { fhirCluster, cilium }: StackConfig,
  { variable, home }: KubeconfigSearch,
): Promise<KubeconfigCluster | undefined> {
  const context = fhirCluster?.context;
  if (context === undefined) return undefined;
  const where = `attested-fhir:fhirCluster.context = ${JSON.stringify(context)}`;
  return requireCluster(findCluster(kubeconfigFiles(variable, home), context), where, {
    cilium: !cilium.install,
  });
}
