import { cisGke } from "../../frameworks.ts";
import type { ResourceGuardrail } from "../../guardrail.ts";
import { unspecific } from "../exposure/ip-ranges.ts";
import {
  propertyAt,
  CLUSTER,
  listItems,
  NODE_POOL,
  formatValue,
  type PropertyValue,
} from "@attested-fhir/stack-model";

/** Guardrails on GKE clusters and their nodes. */

export const clusterNodesPrivate: ResourceGuardrail = {
  kind: "resource",
  name: "cluster-nodes-private",
  description: "The nodes of every GKE cluster have internal addresses only.",
  severity: "high",
  enforcement: "mandatory",
  framework: cisGke("5.6.5", "Ensure clusters are created with Private Nodes", "CKV_GCP_25", "CKV_GCP_64"),
  remediation: [
    "Set privateClusterConfig.enablePrivateNodes of the cluster to true.",
    "Set networkConfig.enablePrivateNodes of node pools to true, or leave it to the cluster.",
    "Give nodes Private Google Access, and Cloud NAT if they need more of the internet.",
  ],
  types: [CLUSTER, NODE_POOL],
  check({ type, props }, report) {
    const field = type === CLUSTER ? "privateClusterConfig" : "networkConfig";
    const isPrivate = propertyAt(props, field, "enablePrivateNodes");
    // A node pool that says nothing is as its cluster is.
    if (isPrivate === true || (type === NODE_POOL && isPrivate === undefined)) return;
    report(`${field}.enablePrivateNodes is ${formatValue(isPrivate)}, not true`);
  },
};

export const controlPlaneNotPublic: ResourceGuardrail = {
  kind: "resource",
  name: "control-plane-not-public",
  description:
    "The control plane of every GKE cluster has no public IP endpoint, or one for named networks only.",
  severity: "high",
  enforcement: "mandatory",
  framework: cisGke(
    "5.6.4",
    "Ensure clusters are created with Private Endpoint Enabled and Public Access Disabled",
    "CKV_GCP_18",
    "CKV_GCP_20",
  ),
  remediation: [
    "Set enabled or enablePublicEndpoint of controlPlaneEndpointsConfig.ipEndpointsConfig to false, and use the DNS endpoint, which IAM guards.",
    "Or set privateClusterConfig.enablePrivateEndpoint to true.",
    "Or name the networks in masterAuthorizedNetworksConfig, and set its gcpPublicCidrsAccessEnabled to false.",
  ],
  types: [CLUSTER],
  check({ props }, report) {
    const endpoints = propertyAt(props, "controlPlaneEndpointsConfig", "ipEndpointsConfig");
    if (propertyAt(endpoints, "enabled") === false || propertyAt(endpoints, "enablePublicEndpoint") === false)
      return;
    if (propertyAt(props, "privateClusterConfig", "enablePrivateEndpoint") === true) return;
    const fault = authorizedNetworksFault(propertyAt(props, "masterAuthorizedNetworksConfig"));
    if (fault !== undefined) report(`the control plane has a public IP endpoint, and ${fault}`);
  },
};

function authorizedNetworksFault(config: PropertyValue): string | undefined {
  const open = propertyAt(config, "gcpPublicCidrsAccessEnabled");
  const networks = listItems(propertyAt(config, "cidrBlocks")).map((block) => propertyAt(block, "cidrBlock"));
  if (networks.length === 0) return "masterAuthorizedNetworksConfig names no network";
  if (open !== false)
    return `masterAuthorizedNetworksConfig.gcpPublicCidrsAccessEnabled is ${formatValue(open)}, not false`;
  for (const network of networks) {
    if (typeof network !== "string") return `an authorized network is ${formatValue(network)}`;
    const fault = unspecific(network);
    if (fault !== undefined) return `the authorized network ${network} ${fault}`;
  }
  return undefined;
}

export const workloadIdentityOn: ResourceGuardrail = {
  kind: "resource",
  name: "workload-identity-on",
  description: "Pods get Google credentials of their own by Workload Identity, never the node's.",
  severity: "high",
  enforcement: "mandatory",
  framework: cisGke(
    "5.2.2",
    "Prefer using dedicated GCP Service Accounts and Workload Identity; 5.4.1",
    "CKV_GCP_69",
  ),
  remediation: [
    "Set workloadIdentityConfig.workloadPool of the cluster to PROJECT.svc.id.goog.",
    "Set nodeConfig.workloadMetadataConfig.mode of every node pool to GKE_METADATA, or leave it out.",
  ],
  types: [CLUSTER, NODE_POOL],
  check({ type, props }, report) {
    if (type === CLUSTER) {
      const pool = propertyAt(props, "workloadIdentityConfig", "workloadPool");
      if (typeof pool === "string" && pool.endsWith(".svc.id.goog")) return;
      // Autopilot always has it, with the pool of the cluster's project.
      if (pool === undefined && propertyAt(props, "enableAutopilot") === true) return;
      report(`workloadIdentityConfig.workloadPool is ${formatValue(pool)}, not PROJECT.svc.id.goog`);
    } else {
      const mode = propertyAt(props, "nodeConfig", "workloadMetadataConfig", "mode");
      // GKE gives a node pool that does not name it the metadata server where its cluster has Workload Identity.
      if (mode !== undefined && mode !== "GKE_METADATA")
        report(`nodeConfig.workloadMetadataConfig.mode is ${formatValue(mode)}, not GKE_METADATA`);
    }
  },
};
