import { type Identity, namespaceName, type PodMetadata, podIdentity } from "../identity/identity.ts";
import { decideL4 } from "../l4/l4-policy.ts";
import type { L4Decision } from "../l4/l4-decision.ts";
import type { Options } from "../options.ts";
import { type ParsedPolicy } from "../api/parse-policy.ts";
import { isPortName, type Protocol } from "../api/ports.ts";
import { type EndpointPolicy, resolvePolicy } from "../policy/resolve-policy.ts";
import type { Direction, Rule } from "../api/rules.ts";
import type { FlowKey } from "../l4/flow-key.ts";

/** A port that a container gives a name. */
export interface NamedPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
}

/** A pod, or pods of which one is like the other. */
export interface Workload extends PodMetadata {
  readonly name: string;
  readonly ports: readonly NamedPort[];
  /** Whether its pods are on the network of their node, and so have the node's identity. */
  readonly hostNetwork?: boolean | undefined;
}

/** One side of a connection. */
export interface TrafficParty {
  readonly identity: Identity;
  /** Its ports by name, in lower case. */
  readonly ports: readonly NamedPort[];
}

/** Who may talk to whom in a cluster: policies and pods, each read once. */
export class PolicyRepository {
  readonly options: Options;
  private readonly rules: readonly Rule[];
  private readonly policies = new Map<string, EndpointPolicy>();
  private readonly pods: readonly TrafficParty[];
  private readonly decided: Readonly<Record<Direction, Decisions>> = {
    ingress: new Map(),
    egress: new Map(),
  };
  private readonly portsOf = new WeakMap<TrafficParty, string>();

  /**
   * @param policies as `parsePolicy` and its like read them; their order makes no difference
   * @param pods all pods, for ports are named by them
   */
  constructor(policies: readonly ParsedPolicy[], pods: readonly TrafficParty[], options: Options) {
    this.options = options;
    this.pods = pods;
    this.rules = [...policies]
      .sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1))
      .flatMap(({ rules }) => rules);
  }

  /** The policy that applies to an identity. */
  policyOf(identity: Identity): EndpointPolicy {
    return getOrInsert(this.policies, identity.id, () => resolvePolicy(identity, this.rules, this.options));
  }

  /** The L3/L4 decision for one side of a connection about the other. */
  layer4(
    direction: Direction,
    subject: TrafficParty,
    peer: TrafficParty,
    protocol: Protocol,
    port: number,
  ): L4Decision {
    const ports = direction === "ingress" ? subject : peer;
    const ofSubject = getOrInsert(this.decided[direction], subject.identity.id, newMap);
    const ofPeer = getOrInsert(ofSubject, peer.identity.id, newMap);
    const names = getOrInsert(this.portsOf, ports, textOfPorts);
    return getOrInsert(ofPeer, `${protocol} ${port} ${names}`, () =>
      this.decide(direction, subject, peer, { protocol, port }, ports),
    );
  }

  private decide(
    direction: Direction,
    subject: TrafficParty,
    { identity: peer }: TrafficParty,
    { protocol, port }: Pick<FlowKey, "protocol" | "port">,
    ports: TrafficParty,
  ): L4Decision {
    const policy = this.policyOf(subject.identity);
    if (policy.fault !== undefined) return { kind: "undecided", why: policy.fault, clauses: [] };
    const named = (name: string, of: Protocol) => this.portNamed(direction, ports, name, of);
    const namedAnywhere = (name: string, of: Protocol) =>
      numbersOf(direction === "ingress" ? [ports] : this.pods, name, of);
    return decideL4(policy[direction], { peer, protocol, port, named, namedAnywhere }, this.options);
  }

  /**
   * The number behind a port's name, for a rule about ingress that of the very pod. For one about egress 1.16 takes
   * the one number that all pods of the cluster mean by the name, and none when they differ; 1.20 that of the peers.
   *
   * Source: pkg/endpoint/policy.go, `GetNamedPort`; pkg/types/portmap.go.
   */
  private portNamed(direction: Direction, party: TrafficParty, name: string, protocol: Protocol): number {
    if (direction === "ingress") return numberOf([party], name, protocol);
    if (this.options.version === "1.16") return numberOf(this.pods, name, protocol);
    const alike = this.pods.filter(({ identity }) => identity.id === party.identity.id);
    return numberOf(alike.length === 0 ? [party] : alike, name, protocol);
  }
}

/** Cilium sorts rules by the names of what they come from. */
function orderOf({ policy }: ParsedPolicy): string {
  return `${policy.kind} ${policy.namespace} ${policy.name}`;
}

/** L3/L4 decisions, by subject, peer, and port. */
type Decisions = Map<string, Map<string, Map<string, L4Decision>>>;

const newMap = <Value>() => new Map<string, Value>();

function getOrInsert<Key, Value>(
  map: { get: (key: Key) => Value | undefined; set: (key: Key, value: Value) => unknown },
  key: Key,
  make: (key: Key) => Value,
): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make(key);
    map.set(key, value);
  }
  return value;
}

function textOfPorts({ ports }: TrafficParty): string {
  return ports.map(({ name, port, protocol }) => `${name}=${port}/${protocol}`).join(",");
}

function numberOf(parties: readonly TrafficParty[], name: string, protocol: Protocol): number {
  const [number = 0, ...others] = numbersOf(parties, name, protocol);
  return others.length === 0 ? number : 0;
}

function numbersOf(parties: readonly TrafficParty[], name: string, protocol: Protocol): number[] {
  const numbers = parties.flatMap(({ ports }) =>
    ports.filter((port) => port.name === name && port.protocol === protocol).map(({ port }) => port),
  );
  return [...new Set(numbers)];
}

/** The sides that pods of a workload can be: itself, or its node or another where it is on the node's network. */
export function trafficParties(
  workload: Workload,
  nodes: readonly TrafficParty[],
  options: Options,
): readonly TrafficParty[] {
  if (workload.hostNetwork) return nodes;
  return [{ identity: podIdentity(workload, options), ports: namedPorts(workload.ports) }];
}

function namedPorts(ports: readonly NamedPort[]): NamedPort[] {
  return ports
    .filter(({ name, port }) => isPortName(name) && port > 0)
    .map((port) => ({ ...port, name: port.name.toLowerCase() }));
}

/** Whether policies can select an identity: pods, and Cilium's own endpoints. */
export function isEndpoint({ kind }: Identity): boolean {
  return kind === "pod" || kind === "health" || kind === "ingress" || kind === "init";
}

/** The namespace of an identity, in words. */
export function describeNamespace(identity: Identity): string {
  return namespaceName(identity) ?? "outside of all namespaces";
}
