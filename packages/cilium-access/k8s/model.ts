import { type Blocks, blocksOf, labelled } from "../policy/blocks.ts";
import { covers, parsePrefixOrAddress } from "../identity/cidr.ts";
import { Cluster, partiesOf, type Party, type Workload } from "../verdict/cluster.ts";
import {
  externalIdentity,
  podIdentity,
  RESERVED_IDENTITIES,
  reservedIdentity,
} from "../identity/identity.ts";
import type { ClusterInput, KubernetesObject } from "./manifests.ts";
import { asCiliumPolicy } from "./network-policy.ts";
import { DEFAULT_OPTIONS, type Options } from "../options.ts";
import { type Context, type ParsedPolicy, parsePolicy } from "../api/parse-policy.ts";
import { isEverybody } from "../api/peers.ts";
import type { Service } from "../api/services.ts";
import type { Rule } from "../api/rules.ts";
import { WrongQuestion } from "../wrong-question.ts";

/** A client or server, by a name that a reader knows. */
export interface Actor {
  readonly name: string;
  readonly namespace: string | undefined;
  /** What it may be to Cilium: one thing, but for pods on their node's network. */
  readonly parties: readonly Party[];
  /** The TCP ports of its containers. */
  readonly ports: readonly number[];
  /** The labels of its pods, where it is a workload. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A cluster with its policies, ready to be asked. */
export interface Model extends Blocks {
  readonly options: Options;
  readonly cluster: Cluster;
  readonly policies: readonly ParsedPolicy[];
  readonly workloads: readonly Actor[];
  readonly services: readonly Service[];
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
    ...blocksOf(policies, all.version),
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
      // There, an empty rule is a selector of pods, to which `fromRequires` applies.
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
  const { name, namespace, labels, ports } = workload;
  return {
    name,
    namespace,
    labels,
    parties: partiesOf(workload, NODES, options),
    ports: ports.filter(({ protocol }) => protocol === "TCP").map(({ port }) => port),
  };
}

/**
 * One of Cilium's own identities as an actor, or an address, or a block of addresses.
 *
 * @returns undefined when the name is none of these
 * @throws WrongQuestion when it is an address of IPv6, or a block that policies divide
 */
export function outsider(name: string, blocks: Blocks): Actor | undefined {
  const kind = RESERVED_IDENTITIES.find((known) => known === name);
  if (kind !== undefined) return lone(name, { identity: reservedIdentity(kind), ports: [] });
  const address = parsePrefixOrAddress(name);
  if (address === undefined) return undefined;
  if (address.family === 6) {
    throw new WrongQuestion(`${name} is an IPv6 address, and only IPv4 clusters are supported`);
  }
  const { prefixes } = blocks;
  const parts = prefixes.filter((prefix) => covers(address, prefix));
  if (parts.length > 0 && !parts.some(({ bits }) => bits === address.bits)) {
    const named = parts.map(({ text }) => text).join(", ");
    throw new WrongQuestion(`policies tell parts of ${name} from the rest: query one address, or ${named}`);
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
export function worldOf(model: Model): Actor[] {
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
export function stranger(namespace: string, model: Model, name: string): Actor {
  const identity = podIdentity({ namespace, labels: {}, serviceAccount: "default" }, model.options);
  return { name, namespace, parties: [{ identity, ports: [] }], ports: [] };
}

function lone(name: string, party: Party): Actor {
  return { name, namespace: undefined, parties: [party], ports: [] };
}

/** The workloads behind a service. It goes by all labels of pods, not only by those that Cilium looks at. */
export function workloadsBehind({ namespace, selector }: Service, { workloads }: Model): Actor[] {
  const wanted = Object.entries(selector);
  if (wanted.length === 0) return [];
  return workloads.filter(({ namespace: own, labels = {} }) => {
    const has = ([key, value]: [string, string]) => Object.hasOwn(labels, key) && labels[key] === value;
    return own === namespace && wanted.every(has);
  });
}
