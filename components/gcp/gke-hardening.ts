import type * as pulumi from "@pulumi/pulumi";
import { SECONDARY_RANGES } from "./private-network.ts";

/** What makes a GKE cluster and its nodes safe, the same for every cluster and stack. Source: CIS GKE Benchmark 1.6.0. */

const COMPONENTS = ["SYSTEM_COMPONENTS", "WORKLOADS"];

/** The cluster's own settings, without those of its dataplane, which differ between clusters. */
export const HARDENED_CLUSTER = {
  binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
  networkingMode: "VPC_NATIVE",
  ipAllocationPolicy: {
    clusterSecondaryRangeName: SECONDARY_RANGES.pods,
    servicesSecondaryRangeName: SECONDARY_RANGES.services,
  },
  privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
  controlPlaneEndpointsConfig: {
    dnsEndpointConfig: {
      allowExternalTraffic: true,
      enableK8sTokensViaDns: false,
      enableK8sCertsViaDns: false,
    },
    ipEndpointsConfig: { enabled: false },
  },
  masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
  anonymousAuthenticationConfig: { mode: "LIMITED" },
  rbacBindingConfig: {
    enableInsecureBindingSystemAuthenticated: false,
    enableInsecureBindingSystemUnauthenticated: false,
  },
  enableLegacyAbac: false,
  enableKubernetesAlpha: false,
  enableShieldedNodes: true,
  enableL4IlbSubsetting: true,
  removeDefaultNodePool: true,
  initialNodeCount: 1,
  loggingConfig: { enableComponents: [...COMPONENTS, "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"] },
  monitoringConfig: { enableComponents: ["SYSTEM_COMPONENTS"], managedPrometheus: { enabled: true } },
  securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_DISABLED" },
  serviceExternalIpsConfig: { enabled: false },
};

/** A taint that nodes register with, by Google's name of its effect, `NO_EXECUTE`. */
export interface NodeTaint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

/** The settings of nodes that differ between clusters. */
export interface NodeSettings {
  machineType: pulumi.Input<string>;
  /** The service account that the nodes run as, by email. */
  serviceAccount: pulumi.Input<string>;
  /** Key that encrypts the boot disks; Google's keys when absent. */
  kmsKeyName?: pulumi.Input<string> | undefined;
  /** Taints that nodes register with; none when absent. */
  taints?: readonly NodeTaint[] | undefined;
}

/** The configuration of nodes: shielded, with an account of their own that pods never see. */
export function hardenedNode({ machineType, serviceAccount, kmsKeyName, taints }: NodeSettings) {
  return {
    machineType,
    imageType: "COS_CONTAINERD",
    serviceAccount,
    oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
    workloadMetadataConfig: { mode: "GKE_METADATA" },
    shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    metadata: { "disable-legacy-endpoints": "true" },
    ...(kmsKeyName !== undefined && { bootDiskKmsKey: kmsKeyName }),
    ...(taints !== undefined && { taints: [...taints] }),
  };
}
