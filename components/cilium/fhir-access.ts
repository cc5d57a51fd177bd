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
  /** Who may do what; without any there is no policy. */
  grants: readonly Grant[];
  /** The largest RE2 program that Envoy takes, in instructions. Defaults to Envoy's own default, 100. */
  re2ProgramLimit?: number | undefined;
}

/**
 * Turns grants into Cilium's policies: for each organisation one that lets its clients out, to the FHIR servers
 * and to DNS, and for each server one that says who may ask it. Both name the very requests that are granted, so
 * that either alone holds: a mistake in one is caught by the other. Whatever is not granted gets a 403; who has no
 * grant at all is dropped.
 *
 * Source: the Star Wars story's `l7-visibility` and `l7-visibility-payer`, which name no server's side, select the
 * server among its clients, and leave port 53 open to the world.
 *
 * @throws ResourceError that says all that is wrong with servers and grants: a form, a server that is not there,
 *   an RE2 program over the limit, a name for two policies.
 */
export class FhirAccess extends pulumi.ComponentResource {
  /** Names of the policies, once all stand, in their order. */
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

/** A fault with the grant or server that has it, its key and its value: whoever reads it sees what to change. */
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
