import { type Blocks, blocksOf, labelled } from "../policy/external-cidrs.ts";
import { covers, parsePrefixOrAddress } from "../identity/cidr.ts";
import {
  PolicyRepository,
  trafficParties,
  type TrafficParty,
  type Workload,
} from "../verdict/policy-repository.ts";
import {
  externalIdentity,
  podIdentity,
  RESERVED_IDENTITIES,
  reservedIdentity,
} from "../identity/identity.ts";
import type { ClusterInput, KubernetesObject } from "./cluster-objects.ts";
import { asCiliumPolicy } from "./network-policy.ts";
import { DEFAULT_OPTIONS, type Options } from "../options.ts";
import { type ParseContext, type ParsedPolicy, parsePolicy } from "../api/parse-policy.ts";
import { selectsAllPeers } from "../api/peer-selector.ts";
import type { Service } from "../api/services.ts";
import type { Rule } from "../api/rules.ts";
import { QueryError } from "../query-error.ts";

/** A client or server, by a name that a reader knows. */
export interface Peer {
  readonly name: string;
  readonly namespace: string | undefined;
  /** What it may be to Cilium: one thing, but for pods on their node's network. */
  readonly parties: readonly TrafficParty[];
  /** The TCP ports of its containers. */
  readonly ports: readonly number[];
  /** The labels of its pods, where it is a workload. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A cluster with its policies, ready to be asked. */
export interface ClusterModel extends Blocks {
  readonly options: Options;
  readonly cluster: PolicyRepository;
  readonly policies: readonly ParsedPolicy[];
  readonly workloads: readonly Peer[];
  readonly services: readonly Service[];
}

/** Pods on their node's network, seen from another pod: on the same node, or on another. */
const NODES: readonly TrafficParty[] = (["host", "remote-node"] as const).map((kind) => ({
  identity: reservedIdentity(kind),
  ports: [],
}));

/** Reads policies and pods once, so that any number of questions can be asked. */
export function buildClusterModel(input: ClusterInput, options: Partial<Options> = {}): ClusterModel {
  const all: Options = { ...DEFAULT_OPTIONS, ...options };
  const context: ParseContext = { options: all, services: input.services, cidrGroups: input.cidrGroups };
  const policies = input.policies.map((policy) => parseAnyPolicy(policy, context));
  const workloads = input.workloads.map((workload) => actorOf(workload, all));
  const pods = workloads.flatMap(({ parties }) => parties).filter(({ identity }) => identity.kind === "pod");
  return {
    options: all,
    cluster: new PolicyRepository(policies, pods, all),
    policies,
    workloads,
    services: input.services,
    ...blocksOf(policies, all.version),
  };
}

/** Reads a policy of Cilium's or one of Kubernetes' own. */
export function parseAnyPolicy(policy: unknown, context: ParseContext): ParsedPolicy {
  const object = policy as KubernetesObject | null;
  if (object?.kind !== "NetworkPolicy") return parsePolicy(policy, context);
  return withKind(parsePolicy(asCiliumPolicy(object), context), "NetworkPolicy");
}

function withKind(parsed: ParsedPolicy, kind: string): ParsedPolicy {
  const policy = { ...parsed.policy, kind };
  const entries = (section: Rule["ingress"]) => ({
    ...section,
    entries: section.entries.map((entry) => ({
      ...entry,
      policy,
      // There, an empty rule is a selector of pods, to which `fromRequires` applies.
      ...(entry.peers?.every(selectsAllPeers) && { endpoints: entry.peers.length }),
    })),
  });
  return {
    ...parsed,
    policy,
    rules: parsed.rules.map((rule) => ({
      ...rule,
      policy,
      ingress: entries(rule.ingress),
      egress: entries(rule.egress),
    })),
  };
}

function actorOf(workload: Workload, options: Options): Peer {
  const { name, namespace, labels, ports } = workload;
  return {
    name,
    namespace,
    labels,
    parties: trafficParties(workload, NODES, options),
    ports: ports.filter(({ protocol }) => protocol === "TCP").map(({ port }) => port),
  };
}

/**
 * One of Cilium's own identities as an actor, or an address, or a block of addresses.
 *
 * @returns undefined when the name is none of these
 * @throws QueryError when it is an address of IPv6, or a block that policies divide
 */
export function externalPeer(name: string, blocks: Blocks): Peer | undefined {
  const kind = RESERVED_IDENTITIES.find((known) => known === name);
  if (kind !== undefined) return lone(name, { identity: reservedIdentity(kind), ports: [] });
  const address = parsePrefixOrAddress(name);
  if (address === undefined) return undefined;
  if (address.family === 6) {
    throw new QueryError(`${name} is an IPv6 address, and only IPv4 clusters are supported`);
  }
  const { prefixes } = blocks;
  const parts = prefixes.filter((prefix) => covers(address, prefix));
  if (parts.length > 0 && !parts.some(({ bits }) => bits === address.bits)) {
    const named = parts.map(({ text }) => text).join(", ");
    throw new QueryError(`policies tell parts of ${name} from the rest: query one address, or ${named}`);
  }
  const block = prefixes.find((prefix) => covers(prefix, address));
  const identity =
    block === undefined ? reservedIdentity("world") : externalIdentity(block, labelled(address, blocks));
  return lone(name, { identity, ports: [] });
}

/**
 * Addresses outside the cluster: one for each block that policies tell apart, and `world` for all others. Clusters have
 * IPv4 here.
 */
export function worldPeers(model: ClusterModel): Peer[] {
  const blocks = model.prefixes.filter(({ family }) => family === 4).reverse();
  const named = blocks.map((prefix) =>
    lone(prefix.bits === 0 ? "world" : prefix.text, {
      identity: externalIdentity(prefix, labelled(prefix, model)),
      ports: [],
    }),
  );
  const others = lone("world", { identity: reservedIdentity("world"), ports: [] });
  return blocks[0]?.bits === 0 ? named : [others, ...named];
}

/** A pod that is not there: without labels of its own. */
export function podWithoutLabels(namespace: string, model: ClusterModel, name: string): Peer {
  const identity = podIdentity({ namespace, labels: {}, serviceAccount: "default" }, model.options);
  return { name, namespace, parties: [{ identity, ports: [] }], ports: [] };
}

function lone(name: string, party: TrafficParty): Peer {
  return { name, namespace: undefined, parties: [party], ports: [] };
}

/** The workloads behind a service. It goes by all labels of pods, not only by those that Cilium looks at. */
export function workloadsBehind({ namespace, selector }: Service, { workloads }: ClusterModel): Peer[] {
  const wanted = Object.entries(selector);
  if (wanted.length === 0) return [];
  return workloads.filter(({ namespace: own, labels = {} }) => {
    const has = ([key, value]: [string, string]) => Object.hasOwn(labels, key) && labels[key] === value;
    return own === namespace && wanted.every(has);
  });
}
