import {
  type Peer,
  type PolicyEntry,
  describePolicy,
  type Direction,
  selectsPeer,
  type TrafficParty,
  portRangeMatches,
  type Version,
} from "@attested-fhir/cilium-access";
import { candidateClients } from "../access/candidate-clients.ts";
import {
  type Declaration,
  defaultDenyViolations,
  type PlannedCluster,
  type PlannedServer,
  readDeclaration,
  type Resource,
  ROOT,
  withServers,
} from "@attested-fhir/stack-model";
import { ciliumDocs, nist } from "../../frameworks.ts";
import type { StackGuardrail } from "../../guardrail.ts";
import { forRegisteredServers } from "./registered-servers.ts";

/** Guardrails on what opens the port of a FHIR server otherwise than request by request. */

export const l7NotShadowed: StackGuardrail = {
  kind: "stack",
  name: "l7-not-shadowed",
  description:
    "Every rule that opens a FHIR server's port, on either side, has HTTP rules; nothing but HTTP is read there, and what matches none of them is denied.",
  severity: "critical",
  enforcement: "mandatory",
  needs: ["fhirServers"],
  framework: ciliumDocs(
    "Layer 7 Policy",
    "allowing rules add up: one without layer 7 lets every request pass",
  ),
  remediation: [
    "Give the rule named rules.http, or take the server's port or pods out of it.",
    "Leave one parser on the port: Cilium gives up the whole policy of a pod where two meet.",
    "Do not set enableDefaultDeny to false in every policy that selects the pod.",
  ],
  cannotPrevent: "rules for the egress of pods that are registered after the FHIR server",
  before: forRegisteredServers([], ({ servers }, report) => {
    for (const message of servers.flatMap(shadows)) report(message);
  }),
  check(resources, report) {
    withServers(resources, [], ({ servers }) => {
      for (const server of servers) {
        for (const message of new Set(shadows(server))) report(message, server.resource);
      }
    });
  },
};

/** What opens the server's port for everything that is sent, in words. */
function shadows(running: PlannedServer): string[] {
  const { actor, cluster, server } = running;
  const { model } = cluster;
  const onWayIn = actor.parties.flatMap((party) => shadowsAt("ingress", party, party, running));
  const others = model.workloads.filter((one) => one !== actor).flatMap(({ parties }) => parties);
  const onWayOut = others.flatMap((client) =>
    actor.parties.flatMap((party) => shadowsAt("egress", client, party, running)),
  );
  return [...onWayIn, ...onWayOut].map((what) => `port ${server.port} of ${server.name}: ${what}`);
}

/** The rules that allow a peer into a server's pods, with the ports that they open by number. */
export function rulesInto(actor: Peer, { model }: PlannedCluster): readonly OpeningRule[] {
  return actor.parties.flatMap((party) =>
    model.cluster
      .policyOf(party.identity)
      .ingress.entries.filter(({ entry }) => !entry.deny)
      .map((clause) => ({ clause, where: place(clause), ...openedBy(clause, party) })),
  );
}

/** A rule that allows a peer. */
export interface OpeningRule {
  readonly clause: PolicyEntry;
  /** In words. */
  readonly where: string;
  readonly protocol: PolicyEntry["range"]["protocol"];
  /** The first port, 0 for all of them; undefined where no port has the name that the rule has. */
  readonly port: number | undefined;
  readonly endPort: number;
}

function openedBy({ range: { protocol, port, endPort, name } }: PolicyEntry, { ports }: TrafficParty) {
  if (name === undefined) return { protocol, port, endPort: Math.max(port, endPort) };
  const own = ports.find((one) => one.name === name && one.protocol === protocol)?.port;
  return { protocol, port: own, endPort: Math.max(own ?? 0, endPort) };
}

/** @param ports whose ports a rule's names are those of */
function shadowsAt(
  direction: Direction,
  subject: TrafficParty,
  ports: TrafficParty,
  { cluster: { model }, server }: PlannedServer,
): string[] {
  if (subject.identity.kind !== "pod") return [];
  const policy = model.cluster.policyOf(subject.identity);
  const { entries, implicit } = policy[direction];
  const opening = entries
    .filter(({ entry }) => !entry.deny)
    .filter((clause) => direction === "ingress" || isAbout(clause, ports, model.options.version))
    .filter((clause) => speaksOfPort(clause, server.port, ports));
  const [http] = opening.filter(({ layer7 }) => layer7?.http !== undefined);
  return [
    ...(policy.fault === undefined ? [] : [policy.fault]),
    ...(http !== undefined && implicit === "all-peers"
      ? [`${place(http)} has HTTP rules, but no policy denies by default, so that they refuse nothing`]
      : []),
    ...opening
      .filter((clause) => clause !== http && clause.layer7?.http === undefined)
      .map((clause) => {
        const parser =
          clause.layer7 === undefined ? "lets everything through" : `reads ${clause.layer7.parser}`;
        return `${place(clause)} ${parser}, without HTTP rules`;
      }),
  ];
}

function place({ entry }: PolicyEntry): string {
  return `${describePolicy(entry.policy)} (${entry.at})`;
}

function isAbout({ peers }: PolicyEntry, { identity }: TrafficParty, version: Version): boolean {
  return peers.some((peer) => selectsPeer(peer, identity, version) !== false);
}

function speaksOfPort({ range }: PolicyEntry, port: number, { ports }: TrafficParty): boolean {
  const named = ports.find(({ name, protocol }) => name === range.name && protocol === "TCP")?.port ?? 0;
  return portRangeMatches(range, "TCP", port, named);
}

export const breakGlassNeedsL7: StackGuardrail = {
  kind: "stack",
  name: "break-glass-needs-l7",
  description:
    "Break-glass is declared with owner, reason and expiry, and only where deny-all stands in both directions and nothing reaches a FHIR server but by HTTP rules.",
  severity: "critical",
  enforcement: "mandatory",
  needs: ["fhirServers", "accessMode"],
  framework: nist("AC-3(10)", "Access Enforcement: Audited Override of Access Control Mechanisms"),
  remediation: [
    "Set accessMode to smart until the policies stand.",
    "Set denyAll to true, and let requests pass by grants alone.",
    "Say in breakGlass who answers for it, why it cannot wait, and until when.",
  ],
  cannotPrevent: "routes that a ConfigMap opens before every policy is applied",
  before: {
    types: [ROOT],
    check(root, _registered, report) {
      const found = readDeclaration([root], "fhirServers", "accessMode", "breakGlass");
      if ("sections" in found && found.sections.fhirServers.length > 0)
        for (const fault of unsetParts(found.sections)) report(fault);
    },
  },
  check(resources, report) {
    const sections = ["accessMode", "breakGlass", "grants", "systemNamespaces"] as const;
    withServers(resources, sections, ({ servers, declaration }) => {
      if (declaration.accessMode !== "breakGlass") return;
      const root: Resource | undefined = resources.find(({ type }) => type === ROOT);
      for (const fault of unsetParts(declaration)) report(fault, root);
      const models = new Set(servers.map(({ cluster }) => cluster.model));
      for (const model of models) {
        for (const fault of defaultDenyViolations(model, declaration.systemNamespaces))
          report(`the routes are open, and ${fault}`, root);
      }
      for (const server of servers) {
        const names = reachingWithoutHttp(server, declaration);
        if (names.length > 0)
          report(
            `the routes are open, and without any HTTP rule ${server.server.name} is reached by ${names.join(", ")}`,
            server.resource,
          );
      }
    });
  },
};

function unsetParts({
  accessMode,
  breakGlass,
}: Pick<Declaration, "accessMode" | "breakGlass">): readonly string[] {
  if (accessMode !== "breakGlass") return [];
  const unset = (["owner", "reason", "expiry"] as const).filter((key) => breakGlass[key].trim() === "");
  return unset.map((key) => `the declared breakGlass.${key} is not set`);
}

/** Who gets to the server's port without an HTTP rule of its policies that looks at the requests. */
function reachingWithoutHttp(
  running: PlannedServer,
  parties: Pick<Declaration, "fhirServers" | "grants" | "systemNamespaces">,
): string[] {
  const { actor, cluster, server } = running;
  const reaching = candidateClients(running, parties).filter((client) =>
    actor.parties.some((to) =>
      client.parties.some((from) => {
        const { kind } = cluster.model.cluster.layer4("ingress", to, from, "TCP", server.port);
        return kind !== "dropped" && kind !== "http";
      }),
    ),
  );
  return [...new Set(reaching.map(({ name }) => name))];
}
