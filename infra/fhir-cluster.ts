import { isAbsolute, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Provider as KubernetesProvider } from "@pulumi/kubernetes/provider.js";
import { CiliumInstallation } from "../components/cilium/cilium-installation.ts";
import type { Platform } from "../components/cilium/helm-values.ts";
import { CILIUM_VERSION } from "../components/cilium/version.ts";
import { EncryptedStorage } from "../components/gcp/encrypted-storage.ts";
import type { Context } from "./context.ts";
import { googleFhirCluster } from "./fhir-google.ts";
import type { CiliumConfig } from "./schema/fhir.ts";
import type { Signing } from "./signing.ts";

/** The cluster of the FHIR server, with Cilium in it. */
export interface FhirCluster {
  readonly provider: KubernetesProvider;
  /** Known to resources once the cluster knows Cilium's policies. */
  readonly policiesReady: pulumi.Output<unknown>;
  /** Known to resources once Cilium runs. */
  readonly ciliumReady: pulumi.Output<unknown>;
  /** Kubeconfig of the cluster that the stack makes; absent for a cluster that exists. */
  readonly kubeconfig?: pulumi.Output<string>;
  /** The storage class whose volumes a key of the stack's own encrypts; absent where there is no such key. */
  readonly storageClass?: pulumi.Output<string> | undefined;
}

/**
 * The cluster that the stack names, or makes, with Cilium in it.
 *
 * @param signed the signing layer, where the same stack builds it
 */
export function fhirCluster(context: Context, signed: Signing | undefined): FhirCluster {
  const { google, context: existing } = context.config.fhirCluster ?? {};
  if (google === undefined) {
    const provider = kubernetesProvider(context, { context: existing });
    return { ...ciliumIn(context, provider, { name: "kind" }), provider };
  }
  const { cluster, registry, kmsKeyName } = googleFhirCluster(context, google, signed);
  const { kubeconfig, podRange } = cluster;
  const provider = kubernetesProvider(context, { kubeconfig });
  const storage = kmsKeyName && encryptedStorage(context, provider, kmsKeyName);
  return {
    ...ciliumIn(context, provider, { name: "gke", podRange }, registry),
    provider,
    kubeconfig,
    storageClass: storage?.className,
  };
}

function kubernetesProvider(
  { parent }: Context,
  cluster: { readonly context?: string | undefined; readonly kubeconfig?: pulumi.Input<string> },
): KubernetesProvider {
  return new KubernetesProvider(
    "fhir-kubernetes",
    {
      ...cluster,
      enableServerSideApply: true,
      // A change of the access mode changes the ConfigMap that tells it, and must not take it away first.
      enableConfigMapMutable: true,
      deleteUnreachable: false,
    },
    { parent },
  );
}

function encryptedStorage(
  { parent }: Context,
  provider: KubernetesProvider,
  kmsKeyName: pulumi.Output<string>,
): EncryptedStorage {
  return new EncryptedStorage(
    "fhir-storage",
    { className: "fhir-encrypted", kmsKeyName },
    { parent, provider },
  );
}

/** Cilium as the stack installs it, or as it is there already. */
function ciliumIn(
  { config: { cilium }, parent }: Context,
  provider: KubernetesProvider,
  platform: Platform,
  registry: pulumi.Input<string> | undefined = cilium.registry,
): Pick<FhirCluster, "policiesReady" | "ciliumReady"> {
  const { install, policyEnforcementMode, systemNamespaces } = cilium;
  if (!install) return { policiesReady: pulumi.output(true), ciliumReady: pulumi.output(true) };
  const installation = new CiliumInstallation(
    "cilium",
    { platform, chart: chartOf(cilium), registry, policyEnforcementMode, systemNamespaces },
    { parent, provider },
  );
  return { policiesReady: installation.policiesReady, ciliumReady: installation.ready };
}

/**
 * Where Pulumi finds the chart: undefined for Cilium's repository. Providers run in the program's directory, and a
 * path from there is the same on every machine, so that none of them sees a difference.
 */
function chartOf({ chart = `components/cilium/chart/cilium-${CILIUM_VERSION}.tgz` }: CiliumConfig) {
  if (chart === "repository") return undefined;
  return isAbsolute(chart) ? chart : join("..", chart);
}
