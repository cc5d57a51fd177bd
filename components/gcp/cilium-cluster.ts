import * as pulumi from "@pulumi/pulumi";
import { AGENT_NOT_READY_TAINT } from "../cilium/helm-values.ts";
import { type Dataplane, gkeCluster, type GkeClusterArgs } from "./gke-cluster.ts";

/** The cluster of the role fhir. */
export type CiliumClusterArgs = GkeClusterArgs;

/** Without Google's dataplane, which would conflict with Cilium; kube-proxy stays. */
const OWN_CILIUM: Dataplane = {
  cluster: {
    datapathProvider: "LEGACY_DATAPATH",
    networkPolicy: { enabled: false },
    // Cilium routes traffic between pods of a node by itself, which no VPC can see; the routes that Google's agent sets
    // for that would conflict with Cilium's.
    enableIntranodeVisibility: false,
    addonsConfig: {
      networkPolicyConfig: { disabled: true },
      // A cache on the node, on by default from GKE 1.34.1 on, would answer instead of the servers that policies open.
      dnsCacheConfig: { enabled: false },
    },
    dnsConfig: { clusterDns: "KUBE_DNS" },
  },
  taints: [{ key: AGENT_NOT_READY_TAINT, value: "true", effect: "NO_EXECUTE" }],
};

/**
 * A GKE cluster for a self-managed Cilium, whose policies support HTTP rules: GKE Dataplane V2 does not, and cannot
 * be replaced. It is hardened like the deployer's cluster. Instead of Dataplane V2 it has kube-proxy, and nodes
 * on which no pod starts before Cilium does: a pod that started earlier would keep Google's network and escape every
 * policy. Google's default pool, which exists only until the cluster does, has the taint too.
 *
 * Cluster DNS is kube-dns without a cache on the nodes, since Cilium's policies know DNS servers by their pods.
 *
 * Nodes without Cloud NAT pull nothing from quay.io or Docker Hub: give `nodes` to a RegistryMirror as its reader,
 * and its addresses to what names images. The mirror does not need the cluster, so it exists before the nodes.
 *
 * Source: Kubernetes Engine API v1; CIS GKE Benchmark 1.6.0; Cilium's documentation, "Installation using Helm: GKE"
 * and "Considerations on Node Pool Taints and Unmanaged Pods"; GKE documentation, "Set up NodeLocal DNSCache".
 */
export class CiliumCluster extends pulumi.ComponentResource {
  /** Kubeconfig that gets its credentials from gke-gcloud-auth-plugin; it holds no token. Once nodes are up. */
  declare readonly kubeconfig: pulumi.Output<string>;
  /** The cluster's Workload Identity pool, `PROJECT.svc.id.goog`, once the cluster is there. */
  declare readonly workloadPool: pulumi.Output<string>;
  /** The range of the pods, inside which Cilium masquerades nothing, once the cluster is there. */
  declare readonly podRange: pulumi.Output<string>;
  /** The nodes' service account as an IAM member, `serviceAccount:EMAIL`, before the cluster is there. */
  declare readonly nodes: pulumi.Output<string>;

  constructor(name: string, args: CiliumClusterArgs, opts: pulumi.ComponentResourceOptions) {
    super("attested-fhir:gcp:CiliumCluster", name, args, opts);
    const cluster = gkeCluster(name, args, OWN_CILIUM, this);
    this.kubeconfig = cluster.kubeconfig;
    this.workloadPool = cluster.workloadPool;
    this.podRange = cluster.podRange;
    this.nodes = pulumi.interpolate`serviceAccount:${cluster.nodeAccount}`;
    this.registerOutputs({
      kubeconfig: this.kubeconfig,
      workloadPool: this.workloadPool,
      podRange: this.podRange,
      nodes: this.nodes,
    });
  }
}
