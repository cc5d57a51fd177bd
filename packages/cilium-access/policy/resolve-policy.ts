import { type PolicyEntry } from "./policy-entry.ts";
import { type Identity, labelValue } from "../identity/identity.ts";
import { ANY } from "../identity/labels.ts";
import type { Options } from "../options.ts";
import { findMergeConflict } from "./merge-conflicts.ts";
import { ALL_PEERS, selectsAllPeers, selectByLabels, type PeerSelector } from "../api/peer-selector.ts";
import { ALL_PORTS, type PortRange } from "../api/ports.ts";
import {
  describePolicy,
  type Direction,
  type RuleEntry,
  type Layer7,
  type PolicyName,
  type Rule,
  type RuleSection,
} from "../api/rules.ts";
import { selects, withExpressions } from "../identity/selectors.ts";

/** The policy for one identity, in both directions: all policies that select it, together. */

/** The policy for one identity in one direction. */
export interface DirectionPolicy {
  /** Whether Cilium enforces this direction. */
  readonly enforced: boolean;
  readonly entries: readonly PolicyEntry[];
  /** Peers that Cilium also allows: all, where no rule requires default deny; the node of a pod. */
  readonly implicit: "all-peers" | "host" | undefined;
  /** Whether the node of a pod goes past the proxy where rules for all peers would redirect it: as in 1.16. */
  readonly nodeBypasses: boolean;
  /** The policies that select the identity in this direction. */
  readonly selecting: readonly PolicyName[];
}

/** The policy for one identity. */
export interface EndpointPolicy extends Readonly<Record<Direction, DirectionPolicy>> {
  /** Why Cilium cannot apply it; the previous policy, if any, stays in effect. */
  readonly fault: string | undefined;
}

const OPEN: DirectionPolicy = {
  enforced: false,
  entries: [],
  implicit: undefined,
  nodeBypasses: false,
  selecting: [],
};

/**
 * Resolves the policies for an endpoint: a pod, or one of Cilium's own endpoints.
 *
 * Source: pkg/policy/repository.go, `computePolicyEnforcementAndRules`; rules.go and rule.go.
 *
 * @param rules in the order of their policies' names
 */
export function resolvePolicy(identity: Identity, rules: readonly Rule[], options: Options): EndpointPolicy {
  if (options.enforcement === "never" || isNodeToCilium(identity, options)) {
    return { ingress: OPEN, egress: OPEN, fault: undefined };
  }
  const selected = rules.filter(({ node, subject }) => !node && selects(subject, identity));
  const always = options.enforcement === "always" || hasLabelOfAnySource(identity, "init");
  const directions = {
    ingress: directionPolicy("ingress", selected, always, options),
    egress: directionPolicy("egress", selected, always, options),
  };
  const clauses = [directions.ingress, directions.egress].map((direction) => direction.entries);
  const fault =
    selected.find((rule) => rule.fault !== undefined)?.fault ??
    ambiguous(selected, clauses.flat()) ??
    clauses.map((each) => findMergeConflict(each, options)).find(Boolean) ??
    faultBeyond(clauses.flat(), options);
  return { ...directions, fault };
}

/** Where a selector names a label twice, the identities that it selects are undefined. */
function ambiguous(selected: readonly Rule[], clauses: readonly PolicyEntry[]): string | undefined {
  const policy =
    selected.find(({ subject }) => subject.isAmbiguous)?.policy ??
    clauses.find(({ peers }) => peers.some((peer) => peer.kind === "labels" && peer.selector.isAmbiguous))
      ?.entry.policy;
  return policy && `${describePolicy(policy)} names a label twice in one selector, with different values`;
}

/** 1.16 takes any label with the key `host` for that of the node, a pod's own too, and leaves such a pod alone. */
function isNodeToCilium(identity: Identity, { version, hostFirewall }: Options): boolean {
  if (hostFirewall) return false;
  return version === "1.16" ? hasLabelOfAnySource(identity, "host") : identity.kind === "host";
}

function hasLabelOfAnySource(identity: Identity, key: string): boolean {
  return labelValue(identity, { source: ANY, key }) !== undefined;
}

function directionPolicy(
  direction: Direction,
  selected: readonly Rule[],
  always: boolean,
  options: Options,
): DirectionPolicy {
  const speaking = selected.filter((rule) => rule[direction].entries.length > 0);
  const sections = speaking.map((rule) => rule[direction]);
  if (sections.length === 0 && !always) return OPEN;
  const defaultDeny = always || sections.some((section) => section.defaultDeny);
  return {
    enforced: true,
    entries: clausesOf(sections, options),
    implicit: defaultDeny ? localhost(direction, sections, options) : "all-peers",
    nodeBypasses: direction === "ingress" && options.allowLocalhost && options.version === "1.16",
    selecting: speaking.map(({ policy }) => policy),
  };
}

/** In 1.20 the node is let in by a rule that stands behind the others, and without others there is none. */
function localhost(
  direction: Direction,
  sections: readonly RuleSection[],
  { version, allowLocalhost }: Options,
) {
  const allowed = direction === "ingress" && allowLocalhost && (version === "1.16" || sections.length > 0);
  return allowed ? "host" : undefined;
}

function clausesOf(sections: readonly RuleSection[], options: Options): PolicyEntry[] {
  const required = sections.flatMap((section) => section.required);
  const requiredOfDenied = sections.flatMap((section) => section.requiredOfDenied);
  return sections.flatMap(({ entries }) =>
    entries.flatMap((entry) => {
      const { peers } = entry;
      if (peers === undefined) return [];
      const all = withRequired(entry, peers, entry.deny ? requiredOfDenied : required);
      return clausesOfEntry(entry, onlyEverybody(all, options));
    }),
  );
}

function withRequired(
  { endpoints }: RuleEntry,
  peers: readonly PeerSelector[],
  required: RuleSection["required"],
): readonly PeerSelector[] {
  if (required.length === 0) return peers;
  return peers.map((peer, index) =>
    index < endpoints && peer.kind === "labels"
      ? selectByLabels(withExpressions(peer.selector, required))
      : peer,
  );
}

/** Where one of the peer selectors selects all peers, 1.16 ignores the others. */
function onlyEverybody(peers: readonly PeerSelector[], { version }: Options): readonly PeerSelector[] {
  return version === "1.16" && peers.some(selectsAllPeers) ? [ALL_PEERS] : peers;
}

function clausesOfEntry(entry: RuleEntry, peers: readonly PeerSelector[]): PolicyEntry[] {
  if (entry.ports === undefined) {
    return peers.length === 0 ? [] : [{ entry, peers, range: ALL_PORTS, layer7: undefined }];
  }
  // Without peers, ports are open to all.
  const named = peers.length === 0 ? [ALL_PEERS] : peers;
  return entry.ports.flatMap(({ ranges, layer7 }) =>
    ranges.map((range) => ({
      entry,
      peers: named,
      range,
      layer7: appliesTo(range, layer7) ? layer7 : undefined,
    })),
  );
}

function appliesTo({ protocol }: PortRange, layer7: Layer7 | undefined): boolean {
  return protocol === "TCP" || (layer7 !== undefined && ["dns", "tls", "crd"].includes(layer7.parser));
}

/**
 * What depends on keys for TLS, and what Envoy would refuse once anything goes through it. Either way the whole
 * policy of the endpoint fails.
 *
 * Source: pkg/policy/l4.go, `getCerts`; cilium/proxy, cilium/network_policy.cc.
 */
function faultBeyond(clauses: readonly PolicyEntry[], { version }: Options): string | undefined {
  // 1.16 sends what names a parser to it, though it asks nothing.
  const proxied = clauses.some(
    ({ layer7 }) => layer7 !== undefined && (layer7.redirects || version === "1.16"),
  );
  return clauses
    .map((clause) => secretNeeded(clause) ?? (proxied ? envoyFault(clause) : undefined))
    .find(Boolean);
}

function secretNeeded({ entry, layer7 }: PolicyEntry): string | undefined {
  if (!layer7?.needsSecret) return undefined;
  return `${describePolicy(entry.policy)} at ${entry.at} needs keys for TLS, which are not available here`;
}

function envoyFault({ entry, range, layer7 }: PolicyEntry): string | undefined {
  const { protocol, port, endPort, name } = range;
  if (protocol === "TCP" && name === undefined && endPort > 0 && (endPort < port || port === 0)) {
    return `${describePolicy(entry.policy)} at ${entry.at} has ports ${port} to ${endPort}, which Envoy refuses`;
  }
  const [fault] = layer7?.http?.faults ?? [];
  return fault && `${describePolicy(entry.policy)} has what Envoy refuses: ${fault}`;
}
