import { covers, parsePrefixOrAddress, type Prefix } from "./cidr.ts";
import { Cluster, partiesOf, type Party, type Workload } from "./cluster.ts";
import { externalIdentity, podIdentity, RESERVED_IDENTITIES, reservedIdentity } from "./identity.ts";
import type { ClusterInput, KubernetesObject } from "./manifests.ts";
import { asCiliumPolicy } from "./network-policy.ts";
import { DEFAULT_OPTIONS, type Options } from "./options.ts";
import { type Context, type ParsedPolicy, parsePolicy } from "./parse-policy.ts";
import { podsBehind, type Service } from "./services.ts";
import { isEverybody } from "./peers.ts";
import { selects } from "./selectors.ts";
import type { Rule } from "./rules.ts";

/** Somebody who may ask or be asked, by a name that a reader knows. */
export interface Actor {
  readonly name: string;
  readonly namespace: string | undefined;
  /** What it may be to Cilium: one thing, but for pods on their node's network. */
  readonly parties: readonly Party[];
  /** The TCP ports of its containers. */
  readonly ports: readonly number[];
}

/** A cluster with its policies, ready to be asked. */
export interface Model {
  readonly options: Options;
  readonly cluster: Cluster;
  readonly policies: readonly ParsedPolicy[];
  readonly workloads: readonly Actor[];
  readonly services: readonly Service[];
  /** Blocks of addresses that policies name, the narrowest first. */
  readonly prefixes: readonly Prefix[];
}

/** Pods on their node's network, seen from another pod: on the same node, or on another. */
const NODES: readonly Party[] = (["host", "remote-node"] as const).map((kind) => ({
  identity: reservedIdentity(kind),
  ports: [],
}));

/** Reads policies and pods once, so that any number of questions can be asked. */
export function modelOf(input: ClusterInput, options: Partial<Options> = {}): Model {
  const all: Options = { ...DEFAULT_OPTIONS, ...options };
  const context: Context = { options: all, services: input.services, cidrGroups: input.cidrGroups };
  const policies = input.policies.map((policy) => readPolicy(policy, context));
  const workloads = input.workloads.map((workload) => actorOf(workload, all));
  const pods = workloads.flatMap(({ parties }) => parties).filter(({ identity }) => identity.kind === "pod");
  return {
    options: all,
    cluster: new Cluster(policies, pods, all),
    policies,
    workloads,
    services: input.services,
    prefixes: prefixesOf(policies),
  };
}

/** Reads a policy of Cilium's or one of Kubernetes' own. */
export function readPolicy(policy: unknown, context: Context): ParsedPolicy {
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
      // Everybody is a selector of pods there, for which `fromRequires` holds.
      ...(entry.peers?.every(isEverybody) && { endpoints: entry.peers.length }),
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

function actorOf(workload: Workload, options: Options): Actor {
  const { name, namespace, ports } = workload;
  return {
    name,
    namespace,
    parties: partiesOf(workload, NODES, options),
    ports: ports.filter(({ protocol }) => protocol === "TCP").map(({ port }) => port),
  };
}

/** One of Cilium's own identities as an actor, or an address. */
export function outsider(name: string, { prefixes }: Pick<Model, "prefixes">): Actor | undefined {
  const kind = RESERVED_IDENTITIES.find((known) => known === name);
  if (kind !== undefined) return lone(name, { identity: reservedIdentity(kind), ports: [] });
  const address = parsePrefixOrAddress(name);
  if (address === undefined) return undefined;
  const block = prefixes.find((prefix) => covers(prefix, address));
  const identity = block === undefined ? reservedIdentity("world") : externalIdentity(block);
  return lone(name, { identity, ports: [] });
}

/**
 * Addresses outside the cluster: one for each block that policies tell apart, and `world` for all others. Clusters have
 * IPv4 here.
 */
export function worldOf(model: Model): Actor[] {
  const blocks = model.prefixes.filter(({ family }) => family === 4).reverse();
  const named = blocks.map((prefix) =>
    lone(prefix.bits === 0 ? "world" : prefix.text, { identity: externalIdentity(prefix), ports: [] }),
  );
  const others = lone("world", { identity: reservedIdentity("world"), ports: [] });
  return blocks[0]?.bits === 0 ? named : [others, ...named];
}

/** A pod that is not there: without labels of its own. */
export function stranger(namespace: string, model: Model, name: string): Actor {
  const identity = podIdentity({ namespace, labels: {}, serviceAccount: "default" }, model.options);
  return { name, namespace, parties: [{ identity, ports: [] }], ports: [] };
}

function lone(name: string, party: Party): Actor {
  return { name, namespace: undefined, parties: [party], ports: [] };
}

/** The workloads behind a service. */
export function workloadsBehind(service: Service, { workloads }: Model): Actor[] {
  if (Object.keys(service.selector).length === 0) return [];
  const wanted = podsBehind(service);
  return workloads.filter(({ parties }) => parties.some(({ identity }) => selects(wanted, identity)));
}

/** Blocks of addresses that policies name, the narrowest first. */
export function prefixesOf(policies: readonly ParsedPolicy[]): Prefix[] {
  const entries = policies.flatMap(({ rules }) =>
    rules.flatMap(({ ingress, egress }) => [...ingress.entries, ...egress.entries]),
  );
  const prefixes = entries.flatMap(({ peers = [] }) =>
    peers.flatMap((peer) => (peer.kind === "prefix" ? [peer.prefix, ...peer.except] : [])),
  );
  const byText = new Map(prefixes.map((prefix) => [prefix.text, prefix]));
  return [...byText.values()].sort((one, other) => other.bits - one.bits || (one.text < other.text ? -1 : 1));
}
