import {
  evaluatePeers,
  type Peer,
  type Direction,
  explainVerdict,
  type Protocol,
  prepareRequest,
  worldPeers,
} from "@attested-fhir/cilium-access";
import {
  workloadResource,
  defaultDenyExceptions,
  defaultDenyViolations,
  DIRECTIONS,
  WORKLOAD_TYPES,
  clusterModels,
  serverClusters,
  type PlannedServer,
  registeredCluster,
  withServers,
} from "@attested-fhir/stack-model";
import { ciliumDocs, nist } from "../../frameworks.ts";
import { ADD_DEPENDS_ON, type StackGuardrail } from "../../guardrail.ts";
import { pinnedPart } from "../trust/declared-pins.ts";
import { type OpeningRule, rulesInto } from "./l7-openings.ts";
import { blockerMessage, forRegisteredServers } from "./registered-servers.ts";

/** Guardrails on what is closed before anything is opened. */

export const denyAllBothDirections: StackGuardrail = {
  kind: "stack",
  name: "deny-all-both-directions",
  description:
    "Where the stack has FHIR servers, every pod outside the system namespaces is denied everything by default in both directions, but for DNS.",
  severity: "critical",
  enforcement: "mandatory",
  needs: ["fhirServers", "systemNamespaces"],
  framework: ciliumDocs("Policy Enforcement Modes", "Default deny; CIS Kubernetes Benchmark 5.3.2"),
  remediation: [
    "Set denyAll to true.",
    "Name system namespaces in cilium.systemNamespaces, so that deny-all leaves them alone.",
    "In a policy by hand: enableDefaultDeny for both directions, an ingress rule that matches no peer, and pods selected by Exists and NotIn on their namespace.",
  ],
  cannotPrevent: "pods of other workloads than a FHIR server's, and what keeps DNS from answering",
  before: forRegisteredServers(["systemNamespaces"], ({ servers, declaration }, report, { trust }) => {
    const { systemNamespaces } = pinnedPart(declaration, trust);
    for (const { model } of new Set(servers.map(({ cluster }) => cluster)))
      for (const fault of defaultDenyViolations(model, systemNamespaces))
        report(`${fault} of those that were registered before it: ${ADD_DEPENDS_ON}`);
  }),
  check(resources, report, { trust }) {
    withServers(resources, ["systemNamespaces"], ({ servers, declaration }) => {
      const { systemNamespaces } = pinnedPart(declaration, trust);
      for (const { model } of new Set(servers.map(({ cluster }) => cluster))) {
        for (const fault of defaultDenyViolations(model, systemNamespaces)) report(fault);
        for (const fault of defaultDenyExceptions(model)) report(fault);
      }
    });
  },
};

export const noWorldToFhir: StackGuardrail = {
  kind: "stack",
  name: "no-world-to-fhir",
  description: "No traffic from outside the cluster reaches a FHIR server's pods, on any port.",
  severity: "critical",
  enforcement: "mandatory",
  needs: ["fhirServers"],
  framework: nist("SC-7", "Boundary Protection"),
  remediation: [
    "Take world, all and addresses out of fromEntities, fromCIDR and fromCIDRSet of the policy named.",
    "Give every rule peers: a rule with toPorts alone allows every peer.",
    "Let clients outside the cluster come in by a gateway within it, with a grant of its own.",
  ],
  cannotPrevent: "nothing that an update creates after the root component",
  before: forRegisteredServers([], ({ servers }, report) => {
    for (const message of servers.flatMap(externalPaths)) report(message);
  }),
  check(resources, report) {
    withServers(resources, [], ({ servers }) => {
      for (const server of servers) {
        for (const message of externalPaths(server)) report(message, server.resource);
      }
    });
  },
};

function externalPaths({ actor, server, cluster }: PlannedServer): string[] {
  const { model } = cluster;
  const rules = rulesInto(actor, cluster);
  const asked = prepareRequest({ method: "GET", path: `${server.basePath}/metadata` });
  const ways = [...openPorts(actor, server.port, rules)].flatMap(([door, [protocol, port]]) =>
    worldPeers(model).flatMap((client) =>
      evaluatePeers(model, client, actor, port, protocol).flatMap((access) => {
        if (access.always?.outcome === "dropped") return [];
        const verdict = access.always ?? access.verdictOn(asked);
        const request = `${asked.request.method} ${asked.path}`;
        const named = { client: client.name, server: `${actor.name}:${door}`, request };
        return [explainVerdict(verdict, named).replace(/\.$/, "")];
      }),
    ),
  );
  return [...ways, ...rules.flatMap(ipv6Peers)];
}

/** Ports to knock at: those that containers name, and one for each rule that opens any, be it named or not. */
function openPorts(actor: Peer, server: number, rules: readonly OpeningRule[]) {
  const doors = new Map<string, readonly [Protocol, number]>();
  for (const port of [server, ...actor.ports]) doors.set(`${port}`, ["TCP", port]);
  for (const { protocol, port } of rules) {
    if (port === undefined || protocol === "ANY" || protocol === "ICMP" || protocol === "ICMPV6") continue;
    const number = Math.max(1, port);
    doors.set(protocol === "TCP" ? `${number}` : `${number}/${protocol}`, [protocol, number]);
  }
  return doors;
}

/** Addresses of IPv6 are not asked about one by one: a rule that names any lets them in. */
function ipv6Peers({ clause: { peers }, where, port }: OpeningRule): string[] {
  if (port === undefined) return [];
  return peers.flatMap((peer) =>
    peer.kind === "prefix" && peer.prefix.family === 6 ? [`${peer.prefix.text} is let in by ${where}`] : [],
  );
}

export const everyPodPoliced: StackGuardrail = {
  kind: "stack",
  name: "every-pod-policed",
  description:
    "Every pod of the stack is selected by policies in both directions, Kubernetes' own or Cilium's.",
  severity: "high",
  enforcement: "mandatory",
  framework: ciliumDocs("Policy Enforcement Modes", "CIS Kubernetes Benchmark 5.3.2; CKV2_K8S_6"),
  remediation: [
    "Give the pod a policy for ingress and one for egress, or let deny-all select it.",
    "Take hostNetwork away: no policy holds for a pod on its node's network.",
  ],
  cannotPrevent: "nothing that an update creates; only what it deletes or changes of policies",
  before: {
    types: [WORKLOAD_TYPES],
    check(workload, registered, report) {
      const cluster = registeredCluster(workload, registered);
      if (cluster === undefined || cluster.blockers.some(({ unknown }) => unknown)) return;
      for (const blocker of cluster.blockers) report(blockerMessage(blocker, workload));
      if (cluster.blockers.length > 0) return;
      const { model } = cluster;
      for (const actor of model.workloads) {
        const fault = podFault(actor, (identity) => model.cluster.policyOf(identity), NOT_REGISTERED);
        if (fault !== undefined) report(fault);
      }
    },
  },
  check(resources, report) {
    // What keeps them from being evaluated, access-evaluable reports.
    const reported = new Set(serverClusters(resources));
    for (const cluster of clusterModels(resources)) {
      const { model, blockers, objects } = cluster;
      if (!objects.some(({ resource }) => WORKLOAD_TYPES.test(resource.type))) continue;
      for (const { resource, why } of reported.has(cluster) ? [] : blockers)
        report(`cannot be evaluated: ${why} (treated as a violation)`, resource);
      if (blockers.length > 0) continue;
      for (const actor of model.workloads) {
        const fault = podFault(actor, (identity) => model.cluster.policyOf(identity));
        if (fault !== undefined) report(fault, workloadResource(actor, cluster));
      }
    }
  },
};

type PolicyOf = PlannedServer["cluster"]["model"]["cluster"]["policyOf"];

const NOT_REGISTERED = ` of those that were registered before it: ${ADD_DEPENDS_ON}`;

/** @param among what a message about missing policies ends with */
function podFault({ parties }: Peer, policyOf: PolicyOf, among = ""): string | undefined {
  const [party, another] = parties;
  if (party === undefined || another !== undefined)
    return "its pods are on their node's network, where no policy holds for them";
  const policy = policyOf(party.identity);
  const open = DIRECTIONS.filter((direction) => !isClosed(policy[direction]));
  return open.length === 0 ? undefined : `no policy denies its pods ${open.join(" or ")} by default${among}`;
}

function isClosed({ enforced, implicit }: ReturnType<PolicyOf>[Direction]): boolean {
  return enforced && implicit !== "all-peers";
}
