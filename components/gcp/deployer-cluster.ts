import * as pulumi from "@pulumi/pulumi";
import { Cluster } from "@pulumi/gcp/container/cluster.js";
import { NodePool } from "@pulumi/gcp/container/nodePool.js";
import { IAMMember } from "@pulumi/gcp/projects/iammember.js";
import { Account } from "@pulumi/gcp/serviceaccount/account.js";
import { after } from "../after.ts";
import { kubeconfig } from "./kubeconfig.ts";
import { PrivateNetwork, SECONDARY_RANGES } from "./private-network.ts";

export interface DeployerClusterArgs {
  /** The project of the role deployer, once its admission policy is in force. */
  project: pulumi.Input<string>;
  /** Name of the cluster; network, node pool and node account are named after it. */
  clusterName: string;
  /** Region, for a control plane in several zones, or zone. */
  location: string;
  /** Ranges of nodes, pods and services, in CIDR notation, disjoint. */
  ranges: { nodes: pulumi.Input<string>; pods: pulumi.Input<string>; services: pulumi.Input<string> };
  /** Whether nodes and pods may open connections to the internet, through Cloud NAT. */
  natEgress: boolean;
  /** `STABLE`, `REGULAR` or `RAPID`. */
  releaseChannel: pulumi.Input<string>;
  /** Machine type of the nodes, `e2-standard-2`. */
  machineType: pulumi.Input<string>;
  /** Nodes in each zone. */
  nodesPerZone: pulumi.Input<number>;
  /** Whether Google refuses to delete the cluster. */
  deletionProtection: pulumi.Input<boolean>;
  /** Key that encrypts Kubernetes secrets and boot disks, `projects/…/cryptoKeys/…`; Google's keys when absent. */
  kmsKeyName?: pulumi.Input<string> | undefined;
  /** The service account that kubectl and the Kubernetes provider act for; the caller itself when absent. */
  serviceAccount?: pulumi.Input<string> | undefined;
}

/** What nodes may do: write logs and metrics, nothing else (`container.defaultNodeServiceAccount`). */
const NODE_ROLE = "roles/container.defaultNodeServiceAccount";

/**
 * The GKE cluster that runs the MLLP adapter: Binary Authorization enforced, nodes without public addresses in
 * a network of their own, Dataplane V2, Workload Identity, shielded nodes with an account of their own. The
 * control plane has no IP endpoint: it is reached by its DNS endpoint, and IAM decides who may.
 *
 * Source: Kubernetes Engine API v1; CIS GKE Benchmark 1.6.0; the tutorial's `gcloud beta container clusters
 * create --binauthz-evaluation-mode=PROJECT_SINGLETON_POLICY_ENFORCE`.
 */
export class DeployerCluster extends pulumi.ComponentResource {
  /** Kubeconfig that gets its credentials from gke-gcloud-auth-plugin; it holds no token. Once nodes are up. */
  declare readonly kubeconfig: pulumi.Output<string>;
  /** The cluster's Workload Identity pool, `PROJECT.svc.id.goog`, once the cluster is there. */
  declare readonly workloadPool: pulumi.Output<string>;

  constructor(name: string, args: DeployerClusterArgs, opts: pulumi.ComponentResourceOptions) {
    super("attested-fhir:gcp:DeployerCluster", name, args, opts);
    const account = this.nodeAccount(name, args);
    const network = new PrivateNetwork(
      `${name}-net`,
      {
        project: args.project,
        region: regionOf(args.location),
        ranges: args.ranges,
        natEgress: args.natEgress,
      },
      { parent: this },
    );
    const cluster = this.cluster(name, args, network, account);
    const nodes = this.nodePool(name, args, cluster, account);
    const endpoint = cluster.controlPlaneEndpointsConfig.dnsEndpointConfig.endpoint;
    this.kubeconfig = pulumi
      .all([cluster.name, endpoint, args.serviceAccount, nodes.id])
      .apply(([cluster, host, serviceAccount]) => kubeconfig({ cluster, host, serviceAccount }));
    this.workloadPool = pulumi.interpolate`${after(args.project, [cluster.name])}.svc.id.goog`;
    this.registerOutputs({ kubeconfig: this.kubeconfig, workloadPool: this.workloadPool });
  }

  /** The nodes' service account, by email, once it has its role. */
  private nodeAccount(name: string, { project, clusterName }: DeployerClusterArgs): pulumi.Output<string> {
    const account = new Account(
      `${name}-nodes-account`,
      { project, accountId: `${clusterName.slice(0, 24)}-nodes`, displayName: `Nodes of ${clusterName}` },
      { parent: this },
    );
    const role = new IAMMember(
      `${name}-nodes-role`,
      { project, role: NODE_ROLE, member: pulumi.interpolate`serviceAccount:${account.email}` },
      { parent: this },
    );
    return after(account.email, [role.role]);
  }

  private cluster(
    name: string,
    args: DeployerClusterArgs,
    network: PrivateNetwork,
    account: pulumi.Output<string>,
  ): Cluster {
    return new Cluster(
      `${name}-cluster`,
      {
        project: args.project,
        name: args.clusterName,
        location: args.location,
        deletionProtection: args.deletionProtection,
        network: network.network,
        subnetwork: network.subnetwork,
        ...HARDENED,
        releaseChannel: { channel: args.releaseChannel },
        workloadIdentityConfig: { workloadPool: pulumi.interpolate`${args.project}.svc.id.goog` },
        databaseEncryption:
          args.kmsKeyName === undefined
            ? { state: "DECRYPTED" }
            : { state: "ENCRYPTED", keyName: args.kmsKeyName },
        nodeConfig: nodeConfig(args, account),
      },
      // Google's default pool is made, hardened like ours, and removed at once; a diff of it would say nothing.
      { parent: this, ignoreChanges: ["nodeConfig", "initialNodeCount"] },
    );
  }

  private nodePool(
    name: string,
    args: DeployerClusterArgs,
    cluster: Cluster,
    account: pulumi.Output<string>,
  ): NodePool {
    return new NodePool(
      `${name}-nodes`,
      {
        project: cluster.project,
        cluster: cluster.name,
        location: args.location,
        name: `${args.clusterName}-nodes`,
        nodeCount: args.nodesPerZone,
        management: { autoRepair: true, autoUpgrade: true },
        networkConfig: { enablePrivateNodes: true },
        nodeConfig: nodeConfig(args, account),
      },
      { parent: this },
    );
  }
}

/** The nodes of either pool: shielded, with an account of their own that pods never see. */
function nodeConfig({ machineType, kmsKeyName }: DeployerClusterArgs, serviceAccount: pulumi.Output<string>) {
  return {
    machineType,
    imageType: "COS_CONTAINERD",
    serviceAccount,
    oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
    workloadMetadataConfig: { mode: "GKE_METADATA" },
    shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    metadata: { "disable-legacy-endpoints": "true" },
    ...(kmsKeyName !== undefined && { bootDiskKmsKey: kmsKeyName }),
  };
}

/** The region of a location: a zone is its region, a hyphen and a letter. */
function regionOf(location: string): string {
  return location.replace(/-[a-z]$/, "");
}

const COMPONENTS = ["SYSTEM_COMPONENTS", "WORKLOADS"];

/** What makes the cluster safe, the same for every stack. */
const HARDENED = {
  binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
  datapathProvider: "ADVANCED_DATAPATH",
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
  enableIntranodeVisibility: true,
  enableL4IlbSubsetting: true,
  removeDefaultNodePool: true,
  initialNodeCount: 1,
  loggingConfig: { enableComponents: [...COMPONENTS, "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"] },
  monitoringConfig: { enableComponents: ["SYSTEM_COMPONENTS"], managedPrometheus: { enabled: true } },
  securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_DISABLED" },
  serviceExternalIpsConfig: { enabled: false },
};
