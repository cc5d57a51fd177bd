import {
  type PairAccess,
  evaluatePeers,
  type Peer,
  explainVerdict,
  type HttpRule,
  isRefused,
  uniqueProbes,
  passes,
  type Probe,
  recordProbes,
  type PreparedRequest,
  prepareRequest,
  type Verdict,
} from "@attested-fhir/cilium-access";
import { candidateClients, grantedOrg, type GrantScope } from "./candidate-clients.ts";
import { nist } from "../../frameworks.ts";
import {
  type GrantedRequests,
  requestsGrantedTo,
  type PlannedServer,
  withServers,
} from "@attested-fhir/stack-model";
import type { StackGuardrail } from "../../guardrail.ts";
import { pinnedPart } from "../trust/declared-pins.ts";
import { rulesInto } from "../cilium/l7-openings.ts";
import { forRegisteredServers } from "../cilium/registered-servers.ts";
import { ruleProbes } from "./rule-probes.ts";

/** The guardrail on what policies let pass in the end, all of them together. */

export const accessEqualsGrants: StackGuardrail = {
  kind: "stack",
  name: "access-equals-grants",
  description:
    "What policies let pass to each FHIR server is exactly what the stack's grants say, nothing more and nothing less.",
  severity: "critical",
  enforcement: "mandatory",
  needs: ["fhirServers", "grants"],
  framework: nist("AC-3, AC-4", "Access Enforcement; Information Flow Enforcement"),
  remediation: [
    "Where more passes than is granted, take the rule out that the message names, or close what is open with denyAll.",
    "Where less passes, let the policy named allow it, or take the grant out of grants.",
    "Declare policies by grants, not by hand: grants say the same for both directions.",
    "See who may ask what by npm run access -- --stack NAME.",
  ],
  cannotPrevent: "less access than is granted, and more that pods get which are registered after the server",
  before: forRegisteredServers(
    ["grants", "systemNamespaces"],
    ({ servers, declaration: declared }, report, { trust }) => {
      const declaration = pinnedPart(declared, trust);
      for (const one of servers) {
        for (const message of deviations(one, declaration, ["more"])) report(message);
        for (const message of otherPorts(one)) report(message);
      }
    },
  ),
  check(resources, report, { trust }) {
    withServers(resources, ["grants", "systemNamespaces"], ({ servers, declaration: declared }) => {
      const declaration = pinnedPart(declared, trust);
      for (const server of declaration.fhirServers) {
        const running = servers.filter((one) => one.server === server);
        for (const one of running) {
          for (const message of deviations(one, declaration)) report(message, one.resource);
          for (const message of otherPorts(one)) report(message, one.resource);
        }
        const labels = Object.entries(server.labels).map(([label, value]) => `${label}=${value}`);
        if (running.length === 0) {
          report(
            `no pod in the namespace ${server.namespace} has the labels of the declared FHIR server ${server.name}: ${labels.join(", ")}`,
          );
        }
      }
    });
  },
};

/** Rules that open another port of a server's pods: grants speak of the server's own port, and of no other. */
function otherPorts({ actor, server, cluster }: PlannedServer): string[] {
  const messages = rulesInto(actor, cluster).flatMap(({ where, protocol, port, endPort }) => {
    // What opens all ports opens the server's, too, and is asked about there.
    const isNone = port === undefined || protocol === "ANY" || protocol === "ICMP" || protocol === "ICMPV6";
    if (isNone || (protocol === "TCP" && port === server.port && endPort === port)) return [];
    const ports = port === 0 ? "all ports" : `port ${endPort === port ? port : `${port} to ${endPort}`}`;
    return [`${where} opens ${ports} of ${server.name} for ${protocol}. No grant says so`];
  });
  return [...new Set(messages)];
}

/** Requests on which policies and grants do not agree, for one client and in one way. */
interface Deviation {
  readonly sort: "more" | "less" | "undecided";
  readonly client: Peer;
  readonly probes: readonly Probe[];
  /** The verdict on the first of them. */
  readonly verdict: Verdict;
}

function deviations(
  server: PlannedServer,
  parties: GrantScope,
  sorts: readonly Deviation["sort"][] = ["more", "less", "undecided"],
): string[] {
  const byOrg = new Map<string | undefined, Expected>();
  const all = candidateClients(server, parties).flatMap((client) => {
    const org = grantedOrg(client, server.server, parties);
    const expected = byOrg.get(org) ?? expectedAccess(org, server, parties);
    byOrg.set(org, expected);
    return deviationsFor(client, server, expected).filter(({ sort }) => sorts.includes(sort));
  });
  // Clients with the same deviation are named in one message.
  const alike = Map.groupBy(
    all,
    (one) => `${one.sort} ${one.probes.length} ${inWords({ ...one, client: NO_CLIENT }, server)}`,
  );
  return [...alike.values()].map(([first, ...others]) =>
    first === undefined ? "" : message(first, others, server),
  );
}

const NO_CLIENT: Peer = { name: "", namespace: undefined, parties: [], ports: [] };

/** What the grants allow a client to send, and the requests that are probed at least. */
interface Expected {
  readonly granted: GrantedRequests;
  readonly probes: readonly Probe[];
}

/** One's own records, what comes close to them, and all records. Whatever else a rule lets pass, the rule itself suggests. */
function expectedAccess(
  org: string | undefined,
  { server }: PlannedServer,
  { grants }: GrantScope,
): Expected {
  const granted = requestsGrantedTo(org, server, grants);
  const search: Probe = { method: "GET", path: `${server.basePath}/Patient`, probes: "all patients" };
  return { granted, probes: uniqueProbes([...granted.records.flatMap(recordProbes), search]) };
}

function deviationsFor(
  client: Peer,
  { actor, server, cluster }: PlannedServer,
  { granted, probes: common }: Expected,
): Deviation[] {
  const accesses = evaluatePeers(cluster.model, client, actor, server.port);
  const probes = uniqueProbes([...common, ...ruleProbes(rulesFor(accesses), granted)]);
  const found: Record<Deviation["sort"], { probe: Probe; verdict: Verdict }[]> = {
    more: [],
    less: [],
    undecided: [],
  };
  for (const probe of probes) {
    const asked = prepareRequest(probe);
    const isGranted = granted.allows(probe.method, probe.path);
    for (const access of accesses) {
      const sort = deviationSort(access, asked, isGranted);
      if (sort !== undefined) found[sort].push({ probe, verdict: access.verdictOn(asked) });
    }
  }
  return (["more", "less", "undecided"] as const).flatMap((sort) => {
    const [first] = found[sort];
    if (first === undefined) return [];
    return [
      { sort, client, probes: uniqueProbes(found[sort].map(({ probe }) => probe)), verdict: first.verdict },
    ];
  });
}

/** How policies and grants differ about a request; undefined where they agree. */
function deviationSort(
  access: PairAccess,
  asked: PreparedRequest,
  isGranted: boolean,
): Deviation["sort"] | undefined {
  const outcome = access.outcomeOf(asked);
  if (outcome === "undecided") {
    // Where one side refuses it in any case, it makes no difference what the other would do.
    return !isGranted && isRefused(access.verdictOn(asked)) ? undefined : outcome;
  }
  if (passes(outcome) === isGranted) return undefined;
  return isGranted ? "less" : "more";
}

/** The HTTP rules that apply to a client, for egress and for ingress; no list where a side allows everything. */
function rulesFor(accesses: readonly PairAccess[]): readonly (readonly HttpRule[])[] {
  return accesses.flatMap(({ rules }) => rules.map((one) => one.rules));
}

function inWords({ client, probes: [first], verdict }: Deviation, { actor }: PlannedServer): string {
  const { method = "", path = "" } = first ?? {};
  const named = { client: client.name, server: actor.name, request: `${method} ${path}` };
  return explainVerdict(verdict, named).replace(/\.$/, "");
}

function message(first: Deviation, others: readonly Deviation[], server: PlannedServer): string {
  const more = first.probes.length - 1;
  const rest = more === 0 ? "" : `, and so for ${more} other request${more === 1 ? "" : "s"}`;
  const names = [...new Set(others.map(({ client }) => client.name))].filter(
    (name) => name !== first.client.name,
  );
  const same = names.length === 0 ? "" : `; the same holds for ${names.join(", ")}`;
  return `${inWords(first, server)}. ${VERDICTS[first.sort]}${rest}${same}`;
}

const VERDICTS: Readonly<Record<Deviation["sort"], string>> = {
  more: "No grant says so",
  less: "A grant says otherwise",
  undecided: "It cannot be decided whether that matches the grants",
};
