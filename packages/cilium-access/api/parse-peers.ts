import { covers, parsePrefix, parsePrefixOrAddress, type Prefix, remainders } from "../identity/cidr.ts";
import { entityPeers } from "./parse-entities.ts";
import { type PeerSelector, selectByLabels, selectByCidr, unknownPeerSelector } from "./peer-selector.ts";
import type { EgressDocument, IngressDocument } from "./policy-document.ts";
import { rejectPolicy } from "./invalid-policy-error.ts";
import type { Version } from "../options.ts";
import { checkedSelector, nodePeer, type PeerScope, scopedPeer } from "./parse-selector.ts";
import { checkDnsName } from "./parse-ports.ts";
import type { Requirement, SelectorObject } from "../identity/selectors.ts";
import { type CidrGroups, servicePeers, type Services } from "./services.ts";

/**
 * Whom policies name as the other side.
 *
 * Source: pkg/policy/api/rule_validation.go, `IngressCommonRule.sanitize` and `EgressCommonRule.sanitize`;
 * pkg/policy/api/ingress.go and egress.go.
 */

/** The same for both directions: what `from…` or `to…` say. */
export interface PeersDocument {
  readonly prefix: "from" | "to";
  readonly endpoints?: readonly SelectorObject[] | undefined;
  readonly nodes?: readonly SelectorObject[] | undefined;
  readonly requires?: readonly (SelectorObject | string)[] | undefined;
  readonly cidrs?: readonly string[] | undefined;
  readonly cidrSet?: IngressDocument["fromCIDRSet"];
  readonly entities?: readonly string[] | undefined;
  readonly groups?: readonly object[] | undefined;
  readonly services?: EgressDocument["toServices"];
  readonly fqdns?: EgressDocument["toFQDNs"];
}

/** What is known besides the policy itself. */
export interface PeerContext extends PeerScope {
  readonly services: Services;
  readonly cidrGroups: CidrGroups;
}

/** Peers, as an entry has them. */
export interface ParsedPeers {
  readonly peers: readonly PeerSelector[] | undefined;
  readonly endpoints: number;
  readonly required: readonly Requirement[];
}

/**
 * Reads whom an element of `ingress` or `egress` names.
 *
 * @param hasPorts whether it also names ports
 * @throws InvalidPolicyError when Cilium would not take it
 */
export function parsePeers(
  document: PeersDocument,
  at: string,
  hasPorts: boolean,
  around: PeerContext,
): ParsedPeers {
  checkCombination(document, at, hasPorts, around);
  const { prefix } = document;
  const { options } = around;
  const read = (list: readonly SelectorObject[] | undefined, key: string) =>
    (list ?? []).map((object, index) =>
      checkedSelector(object, `${at}.${prefix}${key}[${index}]`, options.version),
    );
  const required = requirements(document, at, around);
  const endpoints = read(document.endpoints, "Endpoints").map((peer) =>
    selectByLabels(scopedPeer(peer, around)),
  );
  const services = servicePeers(document.services ?? [], hasPorts, around);
  const nodes = read(document.nodes, "Nodes").map((peer) => selectByLabels(nodePeer(peer, options)));
  const others = [
    ...entities(document, at, around),
    ...prefixes(document, at, around),
    ...unknown(document, at),
  ];
  const first = [...endpoints, ...services.endpoints];
  const all = [...first, ...nodes, ...others, ...services.others];
  // A CiliumCIDRGroup may have no blocks.
  const { cidrSet = [] } = document;
  const areAllGone = all.length === 0 && cidrSet.length > 0 && cidrSet.every(({ cidr }) => !cidr);
  return {
    peers: namesNobody(document, around) || areAllGone ? undefined : all,
    endpoints: first.length,
    required,
  };
}

function checkCombination(document: PeersDocument, at: string, hasPorts: boolean, { options }: PeerContext) {
  const { prefix, endpoints, cidrs, cidrSet, entities, nodes, groups, services, fqdns } = document;
  const members = { Endpoints: endpoints, CIDR: cidrs, CIDRSet: cidrSet, Entities: entities, Nodes: nodes };
  const named = Object.entries({ ...members, Groups: groups, Services: services, FQDNs: fqdns })
    .filter(([, list]) => (list?.length ?? 0) > 0)
    .map(([name]) => `${prefix}${name}`);
  if (named.length > 1)
    rejectPolicy(at, `names ${named.join(" and ")}: use one of them, and a rule of its own for the other`);
  if (options.version === "1.16" && hasPorts && (services?.length ?? 0) > 0) {
    rejectPolicy(at, "toServices cannot be combined with toPorts");
  }
  if ((nodes?.length ?? 0) > 0 && !options.nodeSelectorLabels) {
    rejectPolicy(at, `${prefix}Nodes needs Cilium's setting nodeSelectorLabels`);
  }
}

/** An explicit empty list matches no peer; an absent list matches all peers. */
function namesNobody(
  { endpoints, nodes, entities, cidrs, cidrSet, fqdns }: PeersDocument,
  { options }: PeerContext,
) {
  const empty = (...lists: (readonly unknown[] | undefined)[]) => lists.some((list) => list?.length === 0);
  if (empty(endpoints, nodes)) return true;
  // 1.16 adds the names after it has found the list empty.
  return empty(entities, cidrs, cidrSet) && !(options.version === "1.16" && (fqdns?.length ?? 0) > 0);
}

function requirements(
  { prefix, requires = [] }: PeersDocument,
  at: string,
  around: PeerContext,
): Requirement[] {
  return requires.flatMap((object, index) => {
    const here = `${at}.${prefix}Requires[${index}]`;
    if (typeof object === "string") rejectPolicy(here, `Cilium 1.20 knows no ${prefix}Requires any more`);
    const read = checkedSelector(object, here, around.options.version);
    const { labels, expressions } = scopedPeer(read, around, false);
    return [...expressions, ...labels];
  });
}

function entities(
  { prefix, entities = [] }: PeersDocument,
  at: string,
  { options }: PeerContext,
): PeerSelector[] {
  return entities.flatMap((entity, index) => {
    const found = entityPeers(entity, options);
    return found ?? rejectPolicy(`${at}.${prefix}Entities[${index}]`, `unknown entity "${entity}"`);
  });
}

/** pkg/policy/api/cidr.go of 1.16, `ipv4All` and `ipv6All`. */
const ALL_ADDRESSES: ReadonlySet<string> = new Set(["0.0.0.0/0", "::/0"]);

function prefixes(
  { prefix, cidrs = [], cidrSet = [] }: PeersDocument,
  at: string,
  around: PeerContext,
): PeerSelector[] {
  const single = cidrs.map((text, index) => {
    const here = `${at}.${prefix}CIDR[${index}]`;
    const block =
      parsePrefixOrAddress(text) ?? rejectPolicy(here, `"${text}" is neither a block nor an address`);
    // The agent's check lets it pass, and then the agent ends in a panic.
    if (around.options.version === "1.20" && text.includes("%")) {
      rejectPolicy(here, `"${text}" has a zone, and Cilium 1.20 crashes on it`);
    }
    // 1.16 takes only `0.0.0.0/0` itself for the world; any other address before `/0` is but the label of a block.
    const labelledOnly = around.options.version === "1.16" && block.bits === 0 && !ALL_ADDRESSES.has(text);
    return selectByCidr(block, [], labelledOnly);
  });
  return [
    ...single,
    ...cidrSet.flatMap((rule, index) => blockPeers(rule, `${at}.${prefix}CIDRSet[${index}]`, around)),
  ];
}

type BlockDocument = NonNullable<PeersDocument["cidrSet"]>[number];

function blockPeers(rule: BlockDocument, at: string, { options, cidrGroups }: PeerContext): PeerSelector[] {
  const { cidr = "", cidrGroupRef = "", cidrGroupSelector: groupSelector, except = [] } = rule;
  const named = [cidr !== "", cidrGroupRef !== "", groupSelector !== undefined].filter(Boolean).length;
  if (options.version === "1.20" && named !== 1) {
    rejectPolicy(at, "needs exactly one of cidr, cidrGroupRef and cidrGroupSelector");
  }
  if (groupSelector !== undefined) {
    checkedSelector(groupSelector, `${at}.cidrGroupSelector`, options.version);
    return [unknownPeerSelector("which CiliumCIDRGroups a selector selects")];
  }
  if (cidrGroupRef !== "" && options.firstPatch && except.length > 0) {
    return [unknownPeerSelector(`the exceptions of the CiliumCIDRGroup ${cidrGroupRef} in Cilium 1.16.0`)];
  }
  if (cidrGroupRef !== "")
    return groupPeers(cidrGroupRef, except, at, cidrGroups, options.version === "1.16");
  const block = parsePrefix(cidr);
  if (block === undefined) rejectPolicy(at, `cidr "${cidr}" is not a block of addresses`);
  const excepted = except.map((text) => exceptionOf(text, block, at, options.version));
  // 1.16 leaves out a block of which nothing remains; a rule without any other peer then names none, as if it had none.
  if (options.version === "1.16" && remainders(block, excepted).length === 0) return [];
  return [selectByCidr(block, excepted)];
}

function exceptionOf(text: string, block: Prefix, at: string, version: Version): Prefix {
  const part = parsePrefix(text);
  if (part === undefined) rejectPolicy(at, `except "${text}" is not a block of addresses`);
  // 1.16 looks at the address as it is written, before the bits after the prefix are cleared.
  const written = parsePrefixOrAddress(text.slice(0, text.lastIndexOf("/")));
  if (written === undefined || !covers(block, version === "1.20" ? part : written)) {
    rejectPolicy(at, `except ${text} lies outside of ${block.text}`);
  }
  // pkg/ip/ip.go of 1.16, `excludeContainedCIDR`, asks for a slice of negative capacity.
  if (part.bits < block.bits && part.address === block.address) {
    rejectPolicy(at, `except ${text} is wider than ${block.text}, and Cilium 1.16 crashes on it`);
  }
  return part;
}

function groupPeers(
  name: string,
  except: readonly string[],
  at: string,
  groups: CidrGroups,
  strict: boolean,
): PeerSelector[] {
  if (strict && except.length > 0) rejectPolicy(at, "cidrGroupRef cannot be combined with except");
  const blocks = groups.get(name);
  if (blocks === undefined) return [unknownPeerSelector(`the CiliumCIDRGroup ${name}`)];
  const excepted = except.flatMap((text) => parsePrefix(text) ?? []);
  return blocks.map((block) => selectByCidr(block, excepted));
}

function unknown({ groups = [], fqdns = [] }: PeersDocument, at: string): PeerSelector[] {
  for (const [index, name] of fqdns.entries()) {
    const here = `${at}.toFQDNs[${index}]`;
    if (name.matchName && name.matchPattern) rejectPolicy(here, "has both matchName and matchPattern");
    checkDnsName(name, here);
  }
  return [
    ...fqdns.map(({ matchName, matchPattern }) =>
      unknownPeerSelector(`the name ${matchName ?? matchPattern ?? ""}`),
    ),
    ...groups.map(() => unknownPeerSelector("a group of the cloud provider")),
  ];
}
