import { withTranslatedGroups } from "./translate-cidr-groups.ts";
import type { Options } from "../options.ts";
import { deniedPorts, portEntry, type PortScope } from "./parse-ports.ts";
import { type PeersDocument, parsePeers, type PeerContext } from "./parse-peers.ts";
import { checkedSelector, inOwnNamespace, selectsInit } from "./parse-selector.ts";
import {
  type EgressDocument,
  type IngressDocument,
  type PolicyDocument,
  parsePolicyDocument,
  type RuleDocument,
} from "./policy-document.ts";
import { icmpEntry, type IcmpDocument } from "./parse-icmp.ts";
import { InvalidPolicyError, rejectPolicy } from "./invalid-policy-error.ts";
import {
  describePolicy,
  type Direction,
  type RuleEntry,
  type PolicyName,
  type Rule,
  type RuleSection,
} from "./rules.ts";
import type { CidrGroups, Services } from "./services.ts";

/** What becomes of a policy. */
export interface ParsedPolicy {
  readonly policy: PolicyName;
  /** Empty when it is refused: such a policy is ignored. */
  readonly rules: readonly Rule[];
  /** Why Cilium would refuse it. */
  readonly refused?: string;
  /** Unknown fields: they have no effect. */
  readonly unknownKeys: readonly string[];
}

/** What is known besides the policies. */
export interface ParseContext {
  readonly options: Options;
  readonly services: Services;
  readonly cidrGroups: CidrGroups;
}

/**
 * Reads a CiliumNetworkPolicy or a CiliumClusterwideNetworkPolicy.
 *
 * Source: pkg/k8s/apis/cilium.io/v2/cnp_types.go and ccnp_types.go, `Parse`.
 *
 * @param data the object as YAML or JSON has it
 */
export function parsePolicy(data: unknown, context: ParseContext): ParsedPolicy {
  const read = parsePolicyDocument(data, context.options.version);
  if ("error" in read) return { policy: nameOf(data), rules: [], refused: read.error, unknownKeys: [] };
  const { unknownKeys } = read;
  const { firstPatch } = context.options;
  const document = firstPatch ? withTranslatedGroups(read.document) : read.document;
  const policy = nameOf(document);
  try {
    return { policy, rules: rulesOf(document, policy, context), unknownKeys };
  } catch (error) {
    if (!(error instanceof InvalidPolicyError)) throw error;
    return { policy, rules: [], refused: error.message, unknownKeys };
  }
}

const CLUSTERWIDE = "CiliumClusterwideNetworkPolicy";

/**
 * A policy without a namespace is one of the whole cluster, whatever its kind says. One of the whole cluster has no
 * namespace, whatever it says: the API server takes it away.
 */
function nameOf(data: unknown): PolicyName {
  const { kind: said, metadata } = (data ?? {}) as {
    kind?: unknown;
    metadata?: { name?: unknown; namespace?: unknown };
  };
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  const namespace = said === CLUSTERWIDE ? "" : text(metadata?.namespace);
  const kind = namespace === "" ? CLUSTERWIDE : "CiliumNetworkPolicy";
  return { kind, namespace, name: text(metadata?.name) };
}

function rulesOf({ spec, specs }: PolicyDocument, policy: PolicyName, context: ParseContext): Rule[] {
  if (policy.name === "") rejectPolicy("metadata.name", "is missing");
  if (spec === undefined && specs === undefined) rejectPolicy("", "has neither spec nor specs");
  const one = spec === undefined ? [] : [ruleOf(spec, "spec", policy, context)];
  if (policy.namespace !== "" && spec?.nodeSelector !== undefined) {
    rejectPolicy("spec.nodeSelector", "is for policies of the whole cluster");
  }
  return [
    ...one,
    ...(specs ?? []).map((each, index) => {
      const at = `specs[${index}]`;
      const rule = ruleOf(each, at, policy, context);
      if (policy.namespace !== "" && rule.node && context.options.version === "1.20") {
        rejectPolicy(`${at}.nodeSelector`, "is for policies of the whole cluster");
      }
      return rule;
    }),
  ];
}

function ruleOf(document: RuleDocument, at: string, policy: PolicyName, context: ParseContext): Rule {
  const { version } = context.options;
  const {
    endpointSelector,
    nodeSelector,
    ingress = [],
    ingressDeny = [],
    egress = [],
    egressDeny = [],
  } = document;
  if (version === "1.20" && [ingress, ingressDeny, egress, egressDeny].every(({ length }) => length === 0)) {
    rejectPolicy(at, "requires at least one of ingress, ingressDeny, egress, egressDeny");
  }
  if (endpointSelector === undefined && nodeSelector === undefined) {
    rejectPolicy(at, "has neither endpointSelector nor nodeSelector");
  }
  if (endpointSelector !== undefined && nodeSelector !== undefined) {
    rejectPolicy(at, "has both endpointSelector and nodeSelector");
  }
  const node = nodeSelector !== undefined;
  const key = node ? "nodeSelector" : "endpointSelector";
  const subject = checkedSelector(nodeSelector ?? endpointSelector ?? {}, `${at}.${key}`, version);
  const scope: Scope = {
    ...context,
    policy,
    node,
    namespace: policy.namespace,
    selectsInit: !node && selectsInit(subject),
  };
  const { enableDefaultDeny } = document;
  const denied = { ingress: ingressDeny.map(fromIngress), egress: egressDeny.map(fromEgress) };
  const fault = context.options.firstPatch ? faultIn(denied, at, scope) : undefined;
  const section = (direction: Direction, allowed: readonly EntryDocument[]) =>
    sectionOf(
      direction,
      allowed,
      fault === undefined ? denied[direction] : [],
      enableDefaultDeny?.[direction] ?? true,
      at,
      scope,
    );
  return {
    policy,
    subject: node ? subject : inOwnNamespace(subject, policy.namespace),
    node,
    ingress: section("ingress", ingress.map(fromIngress)),
    egress: section("egress", egress.map(fromEgress)),
    fault,
  };
}

function faultIn(denied: Readonly<Record<Direction, readonly EntryDocument[]>>, at: string, scope: Scope) {
  return (["ingress", "egress"] as const)
    .flatMap((direction) =>
      denied[direction].map((document, index) =>
        unvalidated(document, `${at}.${direction}Deny[${index}]`, { ...scope, direction }),
      ),
    )
    .find(Boolean);
}

interface Scope extends PeerContext {
  readonly policy: PolicyName;
  readonly node: boolean;
}

/** The same for both directions. */
interface EntryDocument {
  readonly peers: PeersDocument;
  readonly toPorts?: IngressDocument["toPorts"];
  readonly icmps?: readonly IcmpDocument[] | undefined;
  readonly authentication?: string | undefined;
}

function fromIngress(document: IngressDocument): EntryDocument {
  return {
    peers: {
      prefix: "from",
      endpoints: document.fromEndpoints,
      nodes: document.fromNodes,
      requires: document.fromRequires,
      cidrs: document.fromCIDR,
      cidrSet: document.fromCIDRSet,
      entities: document.fromEntities,
      groups: document.fromGroups,
    },
    toPorts: document.toPorts,
    icmps: document.icmps,
    authentication: modeOf(document),
  };
}

function fromEgress(document: EgressDocument): EntryDocument {
  return {
    peers: {
      prefix: "to",
      endpoints: document.toEndpoints,
      nodes: document.toNodes,
      requires: document.toRequires,
      cidrs: document.toCIDR,
      cidrSet: document.toCIDRSet,
      entities: document.toEntities,
      groups: document.toGroups,
      services: document.toServices,
      fqdns: document.toFQDNs,
    },
    toPorts: document.toPorts,
    icmps: document.icmps,
    authentication: modeOf(document),
  };
}

/** Cilium's engine takes an object without a mode for one that asks for none, and yet for another than `disabled`. */
function modeOf({ authentication }: IngressDocument | EgressDocument): string | undefined {
  return authentication && (authentication.mode ?? "");
}

function sectionOf(
  direction: Direction,
  allowed: readonly EntryDocument[],
  denied: readonly EntryDocument[],
  defaultDeny: boolean,
  at: string,
  scope: Scope,
): RuleSection {
  const read = (documents: readonly EntryDocument[], key: string, deny: boolean) =>
    documents.map((document, index) =>
      entryOf(document, `${at}.${key}[${index}]`, deny, { ...scope, direction }),
    );
  const allowing = read(allowed, direction, false);
  const denying = read(denied, `${direction}Deny`, true);
  return {
    entries: [...allowing, ...denying].map(({ entry }) => entry),
    defaultDeny,
    required: allowing.flatMap(({ required }) => required),
    requiredOfDenied: denying.flatMap(({ required }) => required),
  };
}

/**
 * 1.16.0 does not validate entries that deny. What it makes of one that a later release refuses, or that is not written
 * as its validation would write it, is not modelled.
 *
 * @returns why such a rule is undecided, in words; undefined when its denying entries are well formed
 */
function unvalidated(document: EntryDocument, at: string, scope: Scope & PortScope): string | undefined {
  const ports = (document.toPorts ?? []).flatMap((rule) => rule.ports ?? []);
  const why = `Cilium 1.16.0 does not validate ${describePolicy(scope.policy)} at ${at}`;
  try {
    entryOf(document, at, true, scope);
    return ports.every(isWrittenAsValidated) ? undefined : why;
  } catch (error) {
    if (!(error instanceof InvalidPolicyError)) throw error;
    return `${why}, and later releases refuse it: ${error.message}`;
  }
}

const PROTOCOLS_AS_VALIDATED = ["", "ANY", "TCP", "UDP", "SCTP"];

function isWrittenAsValidated({ port = "", protocol = "" }: DeniedPort): boolean {
  return PROTOCOLS_AS_VALIDATED.includes(protocol) && /^(?:0|[1-9]\d*|[-a-z0-9]*[a-z][-a-z0-9]*)$/.test(port);
}

interface DeniedPort {
  readonly port?: string | undefined;
  readonly protocol?: string | undefined;
}

function entryOf(document: EntryDocument, at: string, deny: boolean, scope: Scope & PortScope) {
  const { toPorts = [], icmps = [] } = document;
  const { peers, endpoints, required } = parsePeers(document.peers, at, toPorts.length > 0, scope);
  if (icmps.length > 0 && toPorts.length > 0) rejectPolicy(at, "icmps cannot be combined with toPorts");
  const ports = toPorts.map((rule, index) => {
    const here = `${at}.toPorts[${index}]`;
    return deny ? deniedPorts(rule.ports ?? [], here, scope) : portEntry(rule, here, scope);
  });
  const all = [...ports, ...icmps.map((rule, index) => icmpEntry(rule, `${at}.icmps[${index}]`))];
  const entry: RuleEntry = {
    policy: scope.policy,
    at,
    deny,
    peers,
    endpoints,
    ports: all.length === 0 ? undefined : all,
    authentication: document.authentication,
  };
  return { entry, required };
}
