import type { TrafficParty } from "../verdict/policy-repository.ts";
import { RESERVED_IDENTITIES, reservedIdentity, type ReservedIdentity } from "../identity/identity.ts";
import {
  type Peer,
  type ClusterModel,
  podWithoutLabels,
  workloadsBehind,
  worldPeers,
} from "../k8s/cluster-model.ts";
import { selectsAllPeers, selectsPeer } from "../api/peer-selector.ts";
import type { PortRange, Protocol } from "../api/ports.ts";
import type { PreparedRequest } from "../l7/http-request.ts";
import { ProbeSet } from "./probe-set.ts";
import {
  GENERAL_PROBES,
  type GrantedRecord,
  uniqueProbes,
  type Probe,
  recordProbes,
  suggestedProbes,
} from "./probes.ts";
import type { HttpRules } from "../l7/http-rules.ts";
import type { PolicyEntry } from "../policy/policy-entry.ts";
import { type PairAccess, evaluateAccess, type Outcome, passes, type Verdict } from "../verdict/verdict.ts";

/** Who may send which request to whom: every client, every port of every server, every request worth asking about. */
export interface Matrix {
  readonly servers: readonly ServerAccess[];
}

/** One port of one server. */
export interface ServerAccess {
  readonly server: Peer;
  readonly port: number;
  /** What was asked. */
  readonly probes: readonly Probe[];
  readonly clients: readonly ClientAccess[];
}

/** What one client may ask of it. */
export interface ClientAccess {
  readonly client: Peer;
  /** The verdict on all requests, where no request differs from another. */
  readonly always: Verdict | undefined;
  /** The outcome of each probe, in their order; empty where all are the same. */
  readonly outcomes: readonly Outcome[];
  /** The verdict on one probe, with its reasons. */
  readonly verdictOn: (probe: number) => Verdict;
}

/** Whether one probe of a client passes. */
export function passesAt({ always, outcomes }: ClientAccess, probe: number): boolean {
  const outcome = always?.outcome ?? outcomes[probe];
  return outcome !== undefined && passes(outcome);
}

/** What to ask about besides what the policies suggest. */
export interface MatrixScope {
  /** What was granted on each server, by its name. */
  readonly grants?: ReadonlyMap<string, readonly GrantedRecord[]> | undefined;
}

/** Asks about all. */
export function buildMatrix(model: ClusterModel, { grants = new Map() }: MatrixScope = {}): Matrix {
  const outside = [...worldPeers(model), ...NODES];
  const egress = egressEntriesWithPorts(model);
  return {
    servers: model.workloads.flatMap((server) => {
      const clients = [
        // The server, too: another pod of it has the same labels, and so the same rights.
        ...model.workloads,
        ...strangersTo(server, model),
        ...outside,
        ...entitiesAllowedOrDenied(server, model),
      ];
      return portsOf(server, model, egress).map((port) =>
        serverAccess(model, server, port, clients, grants.get(server.name) ?? []),
      );
    }),
  };
}

const NODES: readonly Peer[] = (["host", "remote-node"] as const).map(entity);

const isAlwaysListed = (kind: ReservedIdentity) =>
  kind === "world" || NODES.some(({ name }) => name === kind);

/** The other entities that a rule of the server's policies selects, to allow or to deny them: `ingress` for example. */
function entitiesAllowedOrDenied(server: Peer, { cluster, options }: ClusterModel): Peer[] {
  const peers = ingressClauses(server, cluster)
    .flatMap((clause) => clause.peers)
    .filter((peer) => peer.kind === "labels" && !selectsAllPeers(peer));
  return RESERVED_IDENTITIES.filter((kind) => {
    const identity = reservedIdentity(kind);
    return (
      !isAlwaysListed(kind) && peers.some((peer) => selectsPeer(peer, identity, options.version) !== false)
    );
  }).map(entity);
}

function entity(kind: ReservedIdentity): Peer {
  return {
    name: kind,
    namespace: undefined,
    parties: [{ identity: reservedIdentity(kind), ports: [] }],
    ports: [],
  };
}

/** Pods that no manifest declares. */
function strangersTo({ namespace }: Peer, model: ClusterModel): Peer[] {
  if (namespace === undefined) return [];
  return [
    podWithoutLabels(namespace, model, "a pod without labels"),
    podWithoutLabels(`${namespace}-other`, model, "a pod of another namespace"),
  ];
}

/**
 * The ports of containers, those behind services, and those that rules name, of the server's ingress or of a client's
 * egress to it: a process may listen on any of them.
 */
function portsOf(server: Peer, model: ClusterModel, egress: readonly PolicyEntry[]): number[] {
  const behind = model.services.flatMap((service) =>
    workloadsBehind(service, model).includes(server)
      ? service.ports.flatMap(({ protocol, targetPort }) =>
          protocol === "TCP" ? (targetPortNumber(server, targetPort) ?? []) : [],
        )
      : [],
  );
  const ownIngress = ingressClauses(server, model.cluster).map(({ range }) => range);
  const known = [...server.ports, ...behind];
  const own = [...known, ...ownIngress.flatMap((range) => portOfRange(range, known))];
  // A rule without peers names no server: it makes none of a workload that has no port.
  const toServer = egress.filter(
    (entry) => (own.length > 0 || !entry.peers.some(selectsAllPeers)) && mayApplyTo(server, entry, model),
  );
  const named = toServer
    .flatMap(({ range }) => [range, ...rangesByName(range, model)])
    .flatMap((range) => portOfRange(range, own));
  return [...new Set([...own, ...named])].sort((one, other) => one - other);
}

/** The entries of all workloads' egress policies that name a port of TCP; one of those with the same peers and ports. */
function egressEntriesWithPorts({ workloads, cluster }: ClusterModel): PolicyEntry[] {
  const entries = workloads.flatMap(({ parties }) =>
    parties.flatMap(({ identity }) => cluster.policyOf(identity).egress.entries),
  );
  const withPorts = entries.filter(
    ({ range: { protocol, port, name } }) => protocol === "TCP" && (port > 0 || name !== undefined),
  );
  return [...new Map(withPorts.map((entry) => [peersAndPorts(entry), entry])).values()];
}

function peersAndPorts({ peers, range: { port, endPort, name } }: PolicyEntry): string {
  return JSON.stringify([port, endPort, name, ...peers.map(({ id }) => id)]);
}

function mayApplyTo(server: Peer, { peers }: PolicyEntry, { options }: ClusterModel): boolean {
  return server.parties.some(({ identity }) =>
    peers.some((peer) => selectsPeer(peer, identity, options.version) !== false),
  );
}

/** The ports that a name may stand for in egress rules of 1.16: there it is one number for all pods of the cluster. */
function rangesByName(range: PortRange, { workloads, options }: ClusterModel): PortRange[] {
  const { name } = range;
  if (name === undefined || options.version !== "1.16") return [];
  return workloads.flatMap((workload) => {
    const port = targetPortNumber(workload, name);
    return port === undefined ? [] : [{ protocol: range.protocol, port, endPort: 0 }];
  });
}

/** The port of a rule; of a range its first one, where no port that is known lies within it. */
function portOfRange({ protocol, port, endPort }: PortRange, known: readonly number[]): number[] {
  if (port === 0 || (protocol !== "TCP" && protocol !== "ANY")) return [];
  return known.some((one) => one >= port && one <= Math.max(port, endPort)) ? [] : [port];
}

function ingressClauses(server: Peer, cluster: ClusterModel["cluster"]) {
  return server.parties.flatMap(({ identity }) => cluster.policyOf(identity).ingress.entries);
}

/** The number of the port that a service leads to. */
export function targetPortNumber({ parties }: Peer, targetPort: number | string): number | undefined {
  if (typeof targetPort === "number") return targetPort;
  const name = targetPort.toLowerCase();
  return parties.flatMap(({ ports }) => ports).find((port) => port.name === name)?.port;
}

function serverAccess(
  model: ClusterModel,
  server: Peer,
  port: number,
  clients: readonly Peer[],
  granted: readonly GrantedRecord[],
): ServerAccess {
  const accesses = clients.map((client) => evaluatePeers(model, client, server, port));
  const suggested = uniqueProbes([
    ...granted.flatMap(recordProbes),
    ...[...rulesOf(accesses)].flatMap(suggestedProbes),
  ]);
  // A proxy that allows everything is there without rules, and a rule may suggest nothing: never is nothing asked.
  const isProxied = accesses.flat().some(({ always }) => always === undefined);
  const probes = suggested.length === 0 && isProxied ? GENERAL_PROBES : suggested;
  const questionnaire = new ProbeSet(probes);
  return {
    server,
    port,
    probes,
    clients: clients.map((client, index) => clientAccess(client, accesses[index] ?? [], questionnaire)),
  };
}

/** All that a client may be, and all that a server may be. */
export function evaluatePeers(
  model: ClusterModel,
  client: Peer,
  server: Peer,
  port: number,
  protocol: Protocol = "TCP",
): readonly PairAccess[] {
  return client.parties.flatMap((from: TrafficParty) =>
    server.parties.map((to) => evaluateAccess(model.cluster, from, to, port, protocol)),
  );
}

function rulesOf(accesses: readonly (readonly PairAccess[])[]): Set<HttpRules> {
  return new Set(accesses.flat().flatMap(({ rules }) => rules));
}

function clientAccess(client: Peer, accesses: readonly PairAccess[], questionnaire: ProbeSet): ClientAccess {
  const [only, ...others] = accesses;
  if (only === undefined) throw new Error(`client ${client.name} has no identity`);
  const verdictOf = (asked: PreparedRequest) =>
    agreed([only, ...others].map((access) => access.verdictOn(asked)));
  const always = accesses.map((access) => access.always).filter((verdict) => verdict !== undefined);
  const constant = always.length === accesses.length ? agreed(always) : undefined;
  const outcomes = () =>
    others.length === 0
      ? questionnaire.outcomes(only)
      : questionnaire.requests.map((asked) => verdictOf(asked).outcome);
  return {
    client,
    always: constant,
    outcomes: constant === undefined ? outcomes() : [],
    verdictOn: (probe) => {
      const asked = questionnaire.requests[probe];
      if (asked === undefined) throw new RangeError(`unknown probe ${probe}`);
      return constant ?? verdictOf(asked);
    },
  };
}

/** The verdict that all agree on. Pods on the network of their node differ by which node that is. */
export function agreed(verdicts: readonly Verdict[]): Verdict {
  const [first, ...others] = verdicts;
  if (first === undefined) throw new Error("no verdict to compare");
  if (others.every(({ outcome }) => outcome === first.outcome)) return first;
  const side = {
    outcome: "undecided",
    reason: { kind: "unknown", why: "it depends on which node it runs on", clauses: [] },
  } as const;
  return { outcome: "undecided", egress: side, ingress: side };
}
