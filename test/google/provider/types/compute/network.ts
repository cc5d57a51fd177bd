import { computed, deletionPolicy, optional, optionalComputed, project } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";

export const network: ResourceType = {
  token: "gcp:compute/network:Network",
  evidence: {
    plan: "recorded",
    replaces: { assumed: "https://www.pulumi.com/registry/packages/gcp/api-docs/compute/network/" },
  },
  timeouts: { create: 20, delete: 20, update: 20 },
  fields: {
    autoCreateSubnetworks: optional({ replaces: true }),
    bgpAlwaysCompareMed: optionalComputed(),
    bgpBestPathSelectionMode: optionalComputed(),
    bgpInterRegionCost: optionalComputed(),
    deleteBgpAlwaysCompareMed: optional({ planned: false }),
    deleteDefaultRoutesOnCreate: optional({ planned: false }),
    deletionPolicy,
    description: optional({ replaces: true }),
    enableUlaInternalIpv6: optional({ replaces: true }),
    gatewayIpv4: computed(),
    internalIpv6Range: optionalComputed({ replaces: true }),
    mtu: optionalComputed(),
    name: optional({ autonamed: true, replaces: true }),
    networkFirewallPolicyEnforcementOrder: optional({ default: "AFTER_CLASSIC_FIREWALL" }),
    networkId: computed(),
    networkProfile: optional({ replaces: true }),
    numericId: computed(),
    params: optional({ replaces: true, shape: "block" }),
    project: project({ replaces: true }),
    routingMode: optional(),
    selfLink: computed(),
  },
};
