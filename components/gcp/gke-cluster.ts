import * as pulumi from "@pulumi/pulumi";
import { Cluster, type ClusterArgs } from "@pulumi/gcp/container/cluster.js";
import { NodePool } from "@pulumi/gcp/container/nodePool.js";
import { IAMMember } from "@pulumi/gcp/projects/iammember.js";
import { Account } from "@pulumi/gcp/serviceaccount/account.js";
import { after } from "../after.ts";
import { HARDENED_CLUSTER, hardenedNode, type NodeTaint } from "./gke-hardening.ts";
import { kubeconfig } from "./kubeconfig.ts";
import { locationRegion } from "./location.ts";
import { PrivateNetwork } from "./private-network.ts";

/** What a stack sets for a GKE cluster. */
export interface GkeClusterArgs {
  /** The project of the cluster's role, once its admission policy is in force. */
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

/** The dataplane of a cluster. */
export interface Dataplane {
  /** The cluster's settings for it. */
  readonly cluster: Pick<
    ClusterArgs,
    "datapathProvider" | "enableIntranodeVisibility" | "networkPolicy" | "addonsConfig" | "dnsConfig"
  >;
  /** Taints that nodes register with; none when absent. */
  readonly taints?: readonly NodeTaint[];
}

/** The outputs of a cluster. */
export interface GkeCluster {
  /** Kubeconfig that gets its credentials from gke-gcloud-auth-plugin; it holds no token. Once nodes are up. */
  readonly kubeconfig: pulumi.Output<string>;
  /** The cluster's Workload Identity pool, `PROJECT.svc.id.goog`, once the cluster is there. */
  readonly workloadPool: pulumi.Output<string>;
  /** The range of the pods, once the cluster is there. */
  readonly podRange: pulumi.Output<string>;
  /** The nodes' service account, by email, once it has its role; the cluster need not be there. */
  readonly nodeAccount: pulumi.Output<string>;
}

/** What nodes may do: write logs and metrics, nothing else (`container.defaultNodeServiceAccount`). */
const NODE_ROLE = "roles/container.defaultNodeServiceAccount";

/**
 * Declares a hardened GKE cluster under a component: network, node account, cluster and node pool. It is a function,
 * not a component, so that the resources keep their names and parents.
 */
export function gkeCluster(
  name: string,
  args: GkeClusterArgs,
  dataplane: Dataplane,
  parent: pulumi.Resource,
): GkeCluster {
  const { project, location, ranges, natEgress } = args;
  const nodeAccount = account(name, args, parent);
  const network = new PrivateNetwork(
    `${name}-net`,
    { project, region: locationRegion(location), ranges, natEgress },
    { parent },
  );
  const nodeConfig = hardenedNode({ ...args, serviceAccount: nodeAccount, taints: dataplane.taints });
  const cluster = controlPlane(name, args, dataplane, network, nodeConfig, parent);
  const nodes = nodePool(name, args, cluster, nodeConfig, parent);
  const { endpoint } = cluster.controlPlaneEndpointsConfig.dnsEndpointConfig;
  return {
    kubeconfig: pulumi
      .all([cluster.name, endpoint, args.serviceAccount, nodes.id])
      .apply(([cluster, host, serviceAccount]) => kubeconfig({ cluster, host, serviceAccount })),
    workloadPool: pulumi.interpolate`${after(project, [cluster.name])}.svc.id.goog`,
    podRange: after(ranges.pods, [cluster.name]),
    nodeAccount,
  };
}

/** The nodes' service account, by email, once it has its role. */
function account(
  name: string,
  { project, clusterName }: GkeClusterArgs,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const account = new Account(
    `${name}-nodes-account`,
    { project, accountId: `${clusterName.slice(0, 24)}-nodes`, displayName: `Nodes of ${clusterName}` },
    { parent },
  );
  const role = new IAMMember(
    `${name}-nodes-role`,
    { project, role: NODE_ROLE, member: pulumi.interpolate`serviceAccount:${account.email}` },
    { parent },
  );
  return after(account.email, [role.role]);
}

function controlPlane(
  name: string,
  args: GkeClusterArgs,
  dataplane: Dataplane,
  network: PrivateNetwork,
  nodeConfig: ReturnType<typeof hardenedNode>,
  parent: pulumi.Resource,
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
      ...HARDENED_CLUSTER,
      ...dataplane.cluster,
      releaseChannel: { channel: args.releaseChannel },
      workloadIdentityConfig: { workloadPool: pulumi.interpolate`${args.project}.svc.id.goog` },
      databaseEncryption:
        args.kmsKeyName === undefined
          ? { state: "DECRYPTED" }
          : { state: "ENCRYPTED", keyName: args.kmsKeyName },
      nodeConfig,
    },
    // Google's default pool is created, hardened and tainted like ours, and removed at once; its diff would be meaningless.
    { parent, ignoreChanges: ["nodeConfig", "initialNodeCount"] },
  );
}

function nodePool(
  name: string,
  args: GkeClusterArgs,
  cluster: Cluster,
  nodeConfig: ReturnType<typeof hardenedNode>,
  parent: pulumi.Resource,
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
      nodeConfig,
    },
    { parent },
  );
}
