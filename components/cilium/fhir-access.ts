import * as pulumi from "@pulumi/pulumi";
import { CiliumNetworkPolicy } from "@pulumi/kubernetes-cilium/cilium/v2/ciliumNetworkPolicy.js";
import { DEFAULT_RE2_PROGRAM_LIMIT } from "@attested-fhir/cilium-access/options";
import { type DeclaredAccess, validateGrants } from "./validate-grants.ts";
import type { FhirEndpoint } from "./fhir-endpoint.ts";
import { egressPolicies, ingressPolicies } from "./fhir-policies.ts";
import { describeGrant, type GrantIssue, type Grant } from "./grant.ts";

export interface FhirAccessArgs {
  /** The namespace that servers and clients run in. */
  namespace: pulumi.Input<string>;
  /** The servers that grants name. */
  servers: readonly FhirEndpoint[];
  /** Who may do what; without grants there is no policy. */
  grants: readonly Grant[];
  /** The largest RE2 program that Envoy takes, in instructions. Defaults to Envoy's own default, 100. */
  re2ProgramLimit?: number | undefined;
}

/**
 * Turns grants into Cilium policies: for each organisation one that allows its clients' egress to the FHIR servers
 * and to DNS, and for each server one that allows ingress from them. Both allow exactly the granted requests, so
 * that each suffices alone: an error in one is caught by the other. A request that is not granted gets a 403; a pod without
 * any grant is dropped.
 *
 * Source: the Star Wars story's `l7-visibility` and `l7-visibility-payer`, which have no ingress policy for the server, select the
 * server among its clients, and leave port 53 open to the world.
 *
 * @throws ResourceError that lists everything invalid in servers and grants: a malformed value, an unknown server,
 *   an RE2 program over the limit, one name for two policies.
 */
export class FhirAccess extends pulumi.ComponentResource {
  /** Names of the policies, in their order, once all are applied. */
  declare readonly policyNames: pulumi.Output<string[]>;

  constructor(name: string, args: FhirAccessArgs, opts: pulumi.ComponentResourceOptions) {
    super("attested-fhir:cilium:FhirAccess", name, args, opts);
    const { namespace, servers, grants, re2ProgramLimit = DEFAULT_RE2_PROGRAM_LIMIT } = args;
    const faults = validateGrants({ servers, grants, re2ProgramLimit });
    if (faults.length > 0) throw new pulumi.ResourceError(inLines(faults, { servers, grants }), this);
    const policies = [...egressPolicies(args), ...ingressPolicies(args)].map(
      ({ name: policy, spec }) =>
        new CiliumNetworkPolicy(
          `${name}-${policy}`,
          { metadata: { namespace, name: policy }, spec },
          { parent: this },
        ),
    );
    this.policyNames = pulumi.all(policies.map(({ metadata }) => metadata.name));
    this.registerOutputs({ policyNames: this.policyNames });
  }
}

function inLines(faults: readonly GrantIssue[], access: Pick<DeclaredAccess, "servers" | "grants">): string {
  return faults.map((fault) => inWords(fault, access)).join("\n");
}

/** An issue with its grant or server, its key and its value, so that the message shows what to change. */
function inWords(
  { path: [list, index, key], message }: GrantIssue,
  { servers, grants }: Pick<DeclaredAccess, "servers" | "grants">,
): string {
  const grant = list === "grants" ? grants[Number(index)] : undefined;
  const server = list === "servers" ? servers[Number(index)] : undefined;
  const where = grant === undefined ? `the server ${server?.name ?? ""}` : describeGrant(grant);
  const value: unknown = { ...server, ...grant }[String(key) as keyof (Grant & FhirEndpoint)];
  return `${where}: ${String(key)}${value === undefined ? "" : ` ${JSON.stringify(value)}`} ${message}`;
}
