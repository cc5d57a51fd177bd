import type * as pulumi from "@pulumi/pulumi";
import { ingressPolicyName } from "./validate-grants.ts";
import type { FhirEndpoint } from "./fhir-endpoint.ts";
import { type Grant, grantPolicyName } from "./grant.ts";
import { grantHttpRules } from "./http-rules.ts";
import { DNS_EGRESS, inNamespace, podLabel, podLabels } from "./selectors.ts";

/** The Cilium policies that grants become, as pure data: names and specs. */

/** What the policies are made from; `validateGrants` has found no issue in it. */
export interface FhirPoliciesArgs {
  /** The namespace that servers and clients run in. */
  namespace: pulumi.Input<string>;
  servers: readonly FhirEndpoint[];
  grants: readonly Grant[];
}

/** The egress policies of clients, by name: one for each policy name that grants give. */
export function egressPolicies({ namespace, servers, grants }: FhirPoliciesArgs) {
  return groupedBy(grants, grantPolicyName).map(([name, [first, ...rest]]) => ({
    name,
    spec: {
      description: `What pods of ${first.org} may ask FHIR servers for`,
      enableDefaultDeny: { egress: true },
      endpointSelector: {
        matchLabels: organisation(first.org),
        matchExpressions: [noServer(servers)],
      },
      egress: [
        DNS_EGRESS,
        ...asked(servers, [first, ...rest]).map(({ server, grants }) => ({
          toEndpoints: [{ matchLabels: inNamespace(namespace, podLabels(server.labels)) }],
          toPorts: [requests(server, grants)],
        })),
      ],
    },
  }));
}

/** The ingress policies of servers, by name: one for each server that grants name. */
export function ingressPolicies({ namespace, servers, grants }: FhirPoliciesArgs) {
  return asked(servers, grants).map(({ server, grants }) => ({
    name: ingressPolicyName(server),
    spec: {
      description: `Who may ask ${server.name}, and for what`,
      enableDefaultDeny: { ingress: true },
      endpointSelector: { matchLabels: podLabels(server.labels) },
      ingress: groupedBy(grants, ({ org }) => org).map(([org, grants]) => ({
        fromEndpoints: [
          {
            matchLabels: inNamespace(namespace, organisation(org)),
            matchExpressions: [noServer(servers)],
          },
        ],
        toPorts: [requests(server, grants)],
      })),
    },
  }));
}

function organisation(org: string): Record<string, string> {
  return podLabels({ org });
}

/**
 * Excludes the servers' own pods, which belong to an organisation as clients do: a policy for clients' egress must not
 * allow a server's. A pod without the label is not a server, and `NotIn` matches it, as intended.
 */
function noServer(servers: readonly FhirEndpoint[]) {
  const classes = new Set(servers.map(({ labels }) => labels.class));
  return { key: podLabel("class"), operator: "NotIn", values: [...classes].sort() };
}

function requests({ port, basePath }: FhirEndpoint, grants: readonly Grant[]) {
  return {
    ports: [{ port: String(port), protocol: "TCP" }],
    rules: { http: grantHttpRules(grants, basePath) },
  };
}

/** The servers that grants name, by name, each with its grants. */
function asked(servers: readonly FhirEndpoint[], grants: readonly Grant[]) {
  return groupedBy(grants, ({ server }) => server).flatMap(([name, grants]) =>
    servers.filter((server) => server.name === name).map((server) => ({ server, grants })),
  );
}

type NonEmpty<T> = [T, ...T[]];

/** Groups by a text, in the order of the texts: the order in which grants are declared makes no difference. */
function groupedBy<T>(items: readonly T[], key: (item: T) => string): [string, NonEmpty<T>][] {
  const groups = [...Map.groupBy(items, key)] as [string, NonEmpty<T>][];
  return groups.sort(([one], [other]) => (one < other ? -1 : 1));
}
