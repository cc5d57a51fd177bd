import { programSize } from "@attested-fhir/cilium-access/program-size";
import { endpointIssues, type FhirEndpoint } from "./fhir-endpoint.ts";
import { type GrantIssue, type Grant, grantIssues, INTERACTIONS, grantPolicyName } from "./grant.ts";
import { interactionPath } from "./http-rules.ts";
import { toRe2 } from "./path-pattern.ts";

/** The FHIR servers and grants that a stack declares. */
export interface DeclaredAccess {
  /** The servers. Names are unique, and no two servers have the same labels. */
  readonly servers: readonly FhirEndpoint[];
  readonly grants: readonly Grant[];
  /** The largest RE2 program that Envoy takes, in instructions. */
  readonly re2ProgramLimit: number;
}

/** The name of a server's ingress policy. */
export function ingressPolicyName({ name }: FhirEndpoint): string {
  return `${name}-ingress`;
}

/**
 * Every issue in what a stack declares, each with the keys that lead to it: `servers` or `grants`,
 * an index, and a key of the server or the grant.
 */
export function validateGrants({ servers, grants, re2ProgramLimit }: DeclaredAccess): GrantIssue[] {
  const under = (list: string, index: number, faults: readonly GrantIssue[]) =>
    faults.map(({ path, message }) => ({ path: [list, index, ...path], message }));
  return [
    ...servers.flatMap((server, index) =>
      under("servers", index, [...endpointIssues(server), ...otherServerFaults(server, servers)]),
    ),
    ...grants.flatMap((grant, index) =>
      under("grants", index, [
        ...grantIssues(grant),
        ...serverFaults(grant, servers, re2ProgramLimit),
        ...policyFaults(grant, servers, grants.slice(0, index)),
      ]),
    ),
  ];
}

function otherServerFaults(server: FhirEndpoint, servers: readonly FhirEndpoint[]): GrantIssue[] {
  const others = servers.filter((other) => other !== server);
  const selected = others.filter(({ labels }) =>
    Object.entries(server.labels).every(([label, value]) => labels[label] === value),
  );
  return [
    ...(others.some(({ name }) => name === server.name)
      ? [{ path: ["name"], message: "is the name of more than one server" }]
      : []),
    ...selected.map(({ name }) => ({
      path: ["labels"],
      message: `are labels of ${name} too: a policy for one would also select the other`,
    })),
  ];
}

function serverFaults(grant: Grant, servers: readonly FhirEndpoint[], limit: number): GrantIssue[] {
  const server = servers.find(({ name }) => name === grant.server);
  if (server === undefined) {
    const names = servers.map(({ name }) => name).join(", ") || "there is none";
    return [{ path: ["server"], message: `is not one of the servers: ${names}` }];
  }
  return INTERACTIONS.filter((interaction) => grant.interactions.includes(interaction)).flatMap(
    (interaction) => {
      const size = programSize(toRe2(interactionPath(grant, interaction, server.basePath)));
      if (size <= limit) return [];
      const message =
        `is too long for ${interaction} after ${server.basePath}: its RE2 program would have ${size} ` +
        `instructions, and Envoy rejects a policy with more than ${limit}`;
      return [{ path: ["id"], message }];
    },
  );
}

function policyFaults(
  grant: Grant,
  servers: readonly FhirEndpoint[],
  grants: readonly Grant[],
): GrantIssue[] {
  const name = grantPolicyName(grant);
  const fault = (message: string): GrantIssue => ({ path: ["policy"], message });
  const other = grants.find((earlier) => grantPolicyName(earlier) === name && earlier.org !== grant.org);
  const server = servers.find((one) => ingressPolicyName(one) === name);
  return [
    ...(other === undefined ? [] : [fault(`is already the policy of ${other.org}`)]),
    ...(server === undefined ? [] : [fault(`is the name of the ingress policy of ${server.name}`)]),
  ];
}
