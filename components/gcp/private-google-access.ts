import * as pulumi from "@pulumi/pulumi";
import { ManagedZone } from "@pulumi/gcp/dns/managedZone.js";
import { RecordSet } from "@pulumi/gcp/dns/recordSet.js";
import { after } from "../after.ts";

export interface PrivateGoogleAccessArgs {
  /** The project of the network, its APIs enabled. */
  project: pulumi.Input<string>;
  /** The network's id. */
  network: pulumi.Input<string>;
}

/** The addresses of private.googleapis.com, which only VPC networks reach. */
const PRIVATE_ADDRESSES = ["199.36.153.8", "199.36.153.9", "199.36.153.10", "199.36.153.11"];

/** The same addresses as one range, for network policies. */
export const PRIVATE_RANGE = "199.36.153.8/30";

const DOMAINS = { apis: "googleapis.com.", "container-registry": "gcr.io.", "artifact-registry": "pkg.dev." };
const TTL_SECONDS = 300;

/**
 * Google's APIs and registries by their private addresses: within the network their names resolve to
 * private.googleapis.com, so that a pod's policy can allow four addresses instead of the internet.
 *
 * Source: Virtual Private Cloud documentation, "Configure Private Google Access"; Cloud DNS API v1.
 */
export class PrivateGoogleAccess extends pulumi.ComponentResource {
  /** The domains, once they resolve. */
  declare readonly domains: pulumi.Output<string[]>;

  constructor(name: string, args: PrivateGoogleAccessArgs, opts: pulumi.ComponentResourceOptions) {
    super("attested-fhir:gcp:GoogleAccess", name, args, opts);
    const records = Object.entries(DOMAINS).flatMap(([short, domain]) =>
      this.zone(`${name}-${short}`, domain, args),
    );
    this.domains = after(
      Object.values(DOMAINS),
      records.map((record) => record.name),
    );
    this.registerOutputs({ domains: this.domains });
  }

  private zone(name: string, domain: string, { project, network }: PrivateGoogleAccessArgs): RecordSet[] {
    const zone = new ManagedZone(
      name,
      {
        project,
        name,
        dnsName: domain,
        description: `Private addresses of ${domain}`,
        visibility: "private",
        privateVisibilityConfig: { networks: [{ networkUrl: network }] },
      },
      { parent: this },
    );
    const common = { project, managedZone: zone.name, ttl: TTL_SECONDS };
    return [
      new RecordSet(
        `${name}-a`,
        { ...common, name: domain, type: "A", rrdatas: PRIVATE_ADDRESSES },
        { parent: this },
      ),
      new RecordSet(
        `${name}-any`,
        { ...common, name: `*.${domain}`, type: "CNAME", rrdatas: [domain] },
        { parent: this },
      ),
    ];
  }
}
