import { computed, deletionPolicy, optional, optionalComputed, project, required } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";
import { nodeConfigFields } from "./node-config.ts";

export const nodePool: ResourceType = {
  token: "gcp:container/nodePool:NodePool",
  evidence: {
    plan: "recorded",
    replaces: { assumed: "https://www.pulumi.com/registry/packages/gcp/api-docs/container/nodepool/" },
  },
  timeouts: { create: 120, delete: 120, update: 120 },
  fields: {
    autoscaling: optional({ shape: "block" }),
    cluster: required({ replaces: true }),
    deletionPolicy,
    ignoreNodeCountChanges: optional(),
    initialNodeCount: optionalComputed({ replaces: true }),
    instanceGroupUrls: computed(),
    location: optional({ replaces: true }),
    maintenancePolicies: optional({ shape: "blocks" }),
    managedInstanceGroupUrls: computed(),
    management: optional({
      shape: "block",
      fields: {
        autoRepair: optional(),
        autoUpgrade: optional(),
      },
    }),
    maxPodsPerNode: optionalComputed({ replaces: true }),
    name: optional({ autonamed: true, replaces: true }),
    namePrefix: optionalComputed({ replaces: true }),
    networkConfig: optional({
      shape: "block",
      fields: {
        acceleratorNetworkProfile: optional(),
        additionalNodeNetworkConfigs: optionalComputed({ shape: "blocks" }),
        additionalPodNetworkConfigs: optional({ shape: "blocks" }),
        createPodRange: optional(),
        enablePrivateNodes: optional(),
        networkPerformanceConfig: optional({ shape: "block" }),
        podCidrOverprovisionConfig: optionalComputed({ shape: "block" }),
        podIpv4CidrBlock: optionalComputed(),
        podRange: optionalComputed(),
        subnetwork: optionalComputed(),
      },
    }),
    nodeConfig: optional({ shape: "block", fields: nodeConfigFields }),
    nodeCount: optional(),
    nodeDrainConfigs: optionalComputed({ shape: "blocks" }),
    nodeLocations: optionalComputed({ shape: "list" }),
    operation: computed(),
    placementPolicy: optional({ replaces: true, shape: "block" }),
    project: project({ replaces: true }),
    queuedProvisioning: optional({ replaces: true, shape: "block" }),
    upgradeSettings: optionalComputed({ shape: "block" }),
    version: optionalComputed(),
  },
};
