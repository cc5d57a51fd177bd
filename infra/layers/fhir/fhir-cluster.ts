import * as pulumi from "@pulumi/pulumi";
import { Provider as KubernetesProvider } from "@pulumi/kubernetes/provider.js";
import {
  CiliumInstallation,
  type CiliumInstallationArgs,
} from "../../../components/cilium/cilium-installation.ts";
import { NEWEST_CILIUM_VERSION } from "../../../components/cilium/version.ts";
import { EncryptedStorage } from "../../../components/gcp/encrypted-storage.ts";
import { chartPath } from "../chart-path.ts";
import type { LayerContext } from "../../layer-context.ts";
import { type GoogleFhirCluster, googleFhirCluster } from "./google-cluster.ts";
import type { Signing } from "../signing.ts";

/** The cluster of the FHIR server, with Cilium in it. */
export interface FhirCluster {
  readonly provider: KubernetesProvider;
  /** Known to resources once the cluster serves Cilium's policies. */
  readonly policiesReady: pulumi.Output<readonly string[]>;
  /** Known to resources once Cilium runs. */
  readonly ciliumReady: pulumi.Output<unknown>;
  /** The cluster that the stack makes, as workloads with an identity of Google's need it; absent for a cluster that exists. */
  readonly google?: Pick<GoogleFhirCluster, "kmsKeyName"> & { readonly workloadPool: pulumi.Output<string> };
  /** Kubeconfig of the cluster that the stack makes; absent for a cluster that exists. */
  readonly kubeconfig?: pulumi.Output<string>;
  /** The storage class whose volumes a key of the stack's own encrypts; absent where there is no such key. */
  readonly storageClass?: pulumi.Output<string> | undefined;
}

/**
 * The cluster that the stack names, or creates, with Cilium in it.
 *
 * @param signed the signing layer, where the same stack builds it
 */
export function fhirCluster(context: LayerContext, signed: Signing | undefined): FhirCluster {
  const { google, context: existing } = context.config.fhirCluster ?? {};
  if (google === undefined) {
    const provider = kubernetesProvider(context, { context: existing });
    return { ...ciliumIn(context, provider, { kubeconfig: context.cluster?.kubeconfig }), provider };
  }
  const { cluster, registry, kmsKeyName } = googleFhirCluster(context, google, signed);
  const { kubeconfig, podRange } = cluster;
  const provider = kubernetesProvider(context, { kubeconfig });
  const storage = kmsKeyName && encryptedStorage(context, provider, kmsKeyName);
  return {
    ...ciliumIn(context, provider, { kubeconfig, platform: { name: "gke", podRange }, registry }),
    provider,
    google: { kmsKeyName, workloadPool: cluster.workloadPool },
    kubeconfig,
    storageClass: storage?.className,
  };
}

function kubernetesProvider(
  { parent }: LayerContext,
  cluster: { readonly context?: string | undefined; readonly kubeconfig?: pulumi.Input<string> },
): KubernetesProvider {
  return new KubernetesProvider(
    "fhir-kubernetes",
    {
      ...cluster,
      enableServerSideApply: true,
      // Overwrites manual changes of fields that the stack declares.
      enablePatchForce: true,
      // A killed update may have created objects that are not in the state; the next update adopts them.
      upsertExistingObjects: true,
      // A change of the access mode must update its ConfigMap, not delete it first.
      enableConfigMapMutable: true,
      deleteUnreachable: false,
    },
    { parent },
  );
}

function encryptedStorage(
  { parent }: LayerContext,
  provider: KubernetesProvider,
  kmsKeyName: pulumi.Output<string>,
): EncryptedStorage {
  return new EncryptedStorage(
    "fhir-storage",
    { className: "fhir-encrypted", kmsKeyName },
    { parent, provider },
  );
}

type CiliumArgs = Partial<Pick<CiliumInstallationArgs, "platform" | "registry" | "kubeconfig">>;

/** Cilium as the stack installs it, or as it is installed already. */
function ciliumIn(
  { config: { cilium }, parent }: LayerContext,
  provider: KubernetesProvider,
  { platform = { name: "kind" }, registry = cilium.registry, kubeconfig }: CiliumArgs,
): Pick<FhirCluster, "policiesReady" | "ciliumReady"> {
  // The preflight check has found the existing Cilium.
  if (!cilium.install) return { policiesReady: pulumi.output([]), ciliumReady: pulumi.output([]) };
  const { version = NEWEST_CILIUM_VERSION, policyEnforcementMode, systemNamespaces } = cilium;
  const installation = new CiliumInstallation(
    "cilium",
    {
      platform,
      version,
      chart: chartPath(cilium.chart),
      registry,
      policyEnforcementMode,
      systemNamespaces,
      kubeconfig,
    },
    { parent, provider },
  );
  return { policiesReady: installation.policiesReady, ciliumReady: installation.ready };
}
