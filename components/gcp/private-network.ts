import * as pulumi from "@pulumi/pulumi";
import { Network } from "@pulumi/gcp/compute/network.js";
import { Router } from "@pulumi/gcp/compute/router.js";
import { RouterNat } from "@pulumi/gcp/compute/routerNat.js";
import { Subnetwork } from "@pulumi/gcp/compute/subnetwork.js";
import { after } from "../after.ts";
import { PrivateGoogleAccess } from "./private-google-access.ts";

export interface PrivateNetworkArgs {
  /** The project of the cluster, its APIs enabled. */
  project: pulumi.Input<string>;
  /** Region of the subnet. */
  region: pulumi.Input<string>;
  /** Ranges of nodes, pods and services, in CIDR notation, disjoint. */
  ranges: { nodes: pulumi.Input<string>; pods: pulumi.Input<string>; services: pulumi.Input<string> };
  /** Whether nodes and pods may open connections to the internet, through Cloud NAT. */
  natEgress: boolean;
}

/** Names of the subnet's secondary ranges, for the cluster's IP allocation policy. */
export const SECONDARY_RANGES = { pods: "pods", services: "services" } as const;

/**
 * A cluster's own network: one subnet with flow logs and Private Google Access, so that nodes without public
 * addresses reach Google's APIs and registries, and nothing else unless Cloud NAT is asked for.
 *
 * Source: Compute Engine API v1; CIS GKE Benchmark 5.6.
 */
export class PrivateNetwork extends pulumi.ComponentResource {
  /** The network's id. */
  declare readonly network: pulumi.Output<string>;
  /** The subnet's id, once Google's APIs can be reached from it, and the internet where Cloud NAT is asked for. */
  declare readonly subnetwork: pulumi.Output<string>;

  constructor(name: string, args: PrivateNetworkArgs, opts: pulumi.ComponentResourceOptions) {
    super("attested-fhir:gcp:PrivateNetwork", name, args, opts);
    const network = new Network(
      `${name}-network`,
      { project: args.project, name, autoCreateSubnetworks: false, routingMode: "REGIONAL" },
      { parent: this },
    );
    const subnetwork = this.subnet(name, args, network);
    const nat = args.natEgress ? this.nat(name, args, network, subnetwork) : undefined;
    const access = new PrivateGoogleAccess(
      `${name}-google`,
      { project: args.project, network: network.id },
      { parent: this },
    );
    this.network = network.id;
    this.subnetwork = after(subnetwork.id, [nat?.name, access.domains]);
    this.registerOutputs({ network: this.network, subnetwork: this.subnetwork });
  }

  private subnet(
    name: string,
    { project, region, ranges }: PrivateNetworkArgs,
    network: Network,
  ): Subnetwork {
    return new Subnetwork(
      `${name}-subnet`,
      {
        project,
        region,
        name,
        network: network.id,
        ipCidrRange: ranges.nodes,
        secondaryIpRanges: [
          { rangeName: SECONDARY_RANGES.pods, ipCidrRange: ranges.pods },
          { rangeName: SECONDARY_RANGES.services, ipCidrRange: ranges.services },
        ],
        privateIpGoogleAccess: true,
        logConfig: {
          aggregationInterval: "INTERVAL_5_SEC",
          flowSampling: 0.5,
          metadata: "INCLUDE_ALL_METADATA",
        },
      },
      { parent: this },
    );
  }

  private nat(
    name: string,
    { project, region }: PrivateNetworkArgs,
    network: Network,
    subnetwork: Subnetwork,
  ): RouterNat {
    const router = new Router(
      `${name}-router`,
      { project, region, name, network: network.id },
      { parent: this },
    );
    return new RouterNat(
      `${name}-nat`,
      {
        project,
        region,
        name,
        router: router.name,
        natIpAllocateOption: "AUTO_ONLY",
        sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
        subnetworks: [{ name: subnetwork.id, sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
        logConfig: { enable: true, filter: "ALL" },
      },
      { parent: this },
    );
  }
}
