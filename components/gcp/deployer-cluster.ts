import * as pulumi from "@pulumi/pulumi";
import { type Dataplane, gkeCluster, type GkeClusterArgs } from "./gke-cluster.ts";

/** The cluster of the role deployer. */
export type DeployerClusterArgs = GkeClusterArgs;

/** Google's managed Cilium, whose policies cover layers 3 and 4. */
const DATAPLANE_V2: Dataplane = {
  cluster: {
    datapathProvider: "ADVANCED_DATAPATH",
    enableIntranodeVisibility: true,
    // Network policies allow port 53 of the kube-dns pods, which do not include a cache on the node.
    addonsConfig: { dnsCacheConfig: { enabled: false } },
  },
};

/**
 * The GKE cluster that runs the MLLP adapter: Binary Authorization enforced, nodes without public addresses in
 * a network of their own, Dataplane V2, Workload Identity, shielded nodes with an account of their own. The
 * control plane has no IP endpoint: it is reached by its DNS endpoint, and IAM decides who has access. NodeLocal DNSCache,
 * which GKE turns on by default from 1.34.1 on, is off: policies know DNS servers by their pods.
 *
 * Source: Kubernetes Engine API v1; CIS GKE Benchmark 1.6.0; the tutorial's `gcloud beta container clusters
 * create --binauthz-evaluation-mode=PROJECT_SINGLETON_POLICY_ENFORCE`; GKE documentation, "Set up NodeLocal DNSCache".
 */
export class DeployerCluster extends pulumi.ComponentResource {
  /** Kubeconfig that gets its credentials from gke-gcloud-auth-plugin; it holds no token. Once nodes are up. */
  declare readonly kubeconfig: pulumi.Output<string>;
  /** The cluster's Workload Identity pool, `PROJECT.svc.id.goog`, once the cluster is there. */
  declare readonly workloadPool: pulumi.Output<string>;

  constructor(name: string, args: DeployerClusterArgs, opts: pulumi.ComponentResourceOptions) {
    super("attested-fhir:gcp:DeployerCluster", name, args, opts);
    const cluster = gkeCluster(name, args, DATAPLANE_V2, this);
    this.kubeconfig = cluster.kubeconfig;
    this.workloadPool = cluster.workloadPool;
    this.registerOutputs({ kubeconfig: this.kubeconfig, workloadPool: this.workloadPool });
  }
}
