import { type L4Decision } from "./l4-decision.ts";
import { HOST } from "../api/parse-entities.ts";
import { widenedBySingles } from "./cilium-1-16-0.ts";
import type { Identity } from "../identity/identity.ts";
import type { Options, Version } from "../options.ts";
import { mayDenyBlock, selectsPeer, type PeerSelector } from "../api/peer-selector.ts";
import { portRangeMatches } from "../api/ports.ts";
import { isRedirected } from "./proxy-redirect.ts";
import type { DirectionPolicy } from "../policy/resolve-policy.ts";
import type { PolicyEntry } from "../policy/policy-entry.ts";
import { describePolicy } from "../api/rules.ts";
import type { FlowKey } from "./flow-key.ts";

/** Decides about a peer and a port. */
export function decideL4(policy: DirectionPolicy, target: FlowKey, options: Options): L4Decision {
  if (!policy.enforced) return { kind: "notEnforced" };
  const { certain, possible, dependsOn } = clausesAbout(policy.entries, target, options);
  const denying = certain.filter(({ entry }) => entry.deny);
  if (denying.length > 0) return { kind: "dropped", deniedBy: denying };
  const decided = widenedByIcmp(allowedBy(policy, certain, target, options), policy, target, options);
  const allowed = options.firstPatch ? widenedBySingles(decided, policy, target) : decided;
  const mayDeny = possible.some(({ entry }) => entry.deny);
  const mayAllow = possible.some(({ entry }) => !entry.deny);
  if (mayDeny && (mayAllow || allowed.kind !== "dropped")) {
    return { kind: "undecided", why: `it depends on ${dependsOn}`, clauses: possible };
  }
  if (!mayAllow || allowed.kind === "undecided") return allowed;
  if (possible.some(({ entry }) => asksForProof(entry))) {
    return { kind: "undecided", why: `it depends on ${dependsOn}`, clauses: possible };
  }
  if (allowed.kind === "open") return besides(allowed, possible, dependsOn);
  if (allowed.kind === "http") return { ...allowed, unless: `it depends on ${dependsOn}` };
  return { kind: "undecided", why: `it depends on ${dependsOn}`, clauses: possible };
}

/** What is open stays so, but may go through a proxy. */
function besides(
  open: Extract<L4Decision, { kind: "open" }>,
  possible: readonly PolicyEntry[],
  dependsOn: string,
): L4Decision {
  const redirecting = possible.filter(({ layer7 }) => layer7?.redirects);
  if (redirecting.length === 0 && open.proxied === false) return open;
  if (redirecting.every(({ layer7 }) => layer7?.http)) return { ...open, proxied: undefined };
  return { kind: "undecided", why: `it depends on ${dependsOn}`, clauses: redirecting };
}

/**
 * 1.16 tells Envoy about ICMP as if it were TCP, with the type for the port. So what lets or even denies type 0 (an
 * echo's reply) lifts the HTTP rules for its peers, on every port.
 *
 * Source: pkg/envoy/xds_server.go, `getDirectionNetworkPolicy`.
 */
function widenedByIcmp(
  allowed: L4Decision,
  policy: DirectionPolicy,
  target: FlowKey,
  options: Options,
): L4Decision {
  if (options.version !== "1.16" || allowed.kind !== "http" || target.protocol !== "TCP") return allowed;
  const isTaken = ({ entry, range: { protocol, port } }: PolicyEntry) =>
    (protocol === "ICMP" || protocol === "ICMPV6") && (port === 0 || (port === target.port && !entry.deny));
  const widening = policy.entries.filter(
    (clause) => isTaken(clause) && oneIs(clause.peers, target.peer, "1.16") === true,
  );
  return widening.length === 0 ? allowed : { kind: "open", by: widening, proxied: true };
}

/** The clauses that speak of a peer and a port, and those that may. */
function clausesAbout(
  clauses: readonly PolicyEntry[],
  { peer, protocol, port, named }: FlowKey,
  { version }: Options,
) {
  const certain: PolicyEntry[] = [];
  const possible: PolicyEntry[] = [];
  const forProxy: PolicyEntry[] = [];
  let dependsOn = "";
  for (const clause of clauses) {
    const { range } = clause;
    const resolved = range.name === undefined ? 0 : named(range.name, protocol);
    if (!portRangeMatches(range, protocol, port, resolved)) {
      const { proxyEndPort = 0 } = range;
      if (portRangeMatches({ ...range, endPort: proxyEndPort }, protocol, port, resolved))
        forProxy.push(clause);
      continue;
    }
    const found = oneIs(clause.peers, peer, version);
    const mayDeny = version === "1.16" && clause.entry.deny && mayDenyBlock(clause.peers, peer);
    if (found === true) certain.push(clause);
    else if (found !== false || mayDeny !== false) {
      possible.push(clause);
      dependsOn = found || mayDeny || "";
    }
  }
  if (forProxy.length > 0 && [...certain, ...possible].some(({ layer7 }) => layer7?.redirects)) {
    return { certain, possible: [...possible, ...forProxy], dependsOn: "endPort combined with a named port" };
  }
  return { certain, possible, dependsOn };
}

/** Whether one of several is an identity; in words what that depends on, when it depends on something. */
function oneIs(peers: readonly PeerSelector[], identity: Identity, version: Version): boolean | string {
  let dependsOn: string | undefined;
  for (const peer of peers) {
    const found = selectsPeer(peer, identity, version);
    if (found === true) return true;
    if (found !== false) dependsOn = found;
  }
  return dependsOn ?? false;
}

function allowedBy(
  policy: DirectionPolicy,
  clauses: readonly PolicyEntry[],
  target: FlowKey,
  options: Options,
): L4Decision {
  const { implicit, nodeBypasses } = policy;
  const { peer } = target;
  const bypasses = nodeBypasses && peer.kind === "host";
  const proxied = isRedirected(clauses, target, options, bypasses);
  const unknown =
    unknownReader(clauses, proxied) ?? (proxied === false ? undefined : sharedProxy(policy, target, options));
  if (unknown !== undefined) return unknown;
  if (implicit === "all-peers") return { kind: "open", by: "all-peers", proxied };
  const isLocalhost = implicit === "host" && peer.kind === "host";
  if (isLocalhost && (clauses.length === 0 || options.version === "1.20"))
    return { kind: "open", by: "host", proxied };
  if (clauses.length === 0) return { kind: "dropped", deniedBy: [] };
  const open = clauses.filter((clause) => isOpen(clause, isLocalhost));
  if (open.length > 0) return { kind: "open", by: open, proxied };
  return { kind: "http", clauses, unless: undefined };
}

function asksForProof({ authentication }: PolicyEntry["entry"]): boolean {
  return authentication !== undefined && authentication !== "disabled" && authentication !== "";
}

/** What is read by something else than HTTP rules, or asks for authentication, cannot be decided here. */
function unknownReader(
  clauses: readonly PolicyEntry[],
  proxied: boolean | undefined,
): L4Decision | undefined {
  for (const clause of clauses) {
    const { layer7, entry } = clause;
    const where = `${describePolicy(entry.policy)} at ${entry.at}`;
    if (proxied !== false && layer7?.redirects && layer7.http === undefined) {
      const why = `rules for ${layer7.parser} of ${where} are not modelled`;
      return { kind: "undecided", why, clauses: [clause] };
    }
    if (asksForProof(entry)) {
      const why = `${where} asks for mutual authentication`;
      return { kind: "undecided", why, clauses: [clause] };
    }
  }
  return undefined;
}

/**
 * Rules for HTTP and rules for something else get one proxy where they begin at one port, even for different peers;
 * which of the two it reads is left to chance. In 1.16 so do those that name a parser and ask nothing of it.
 *
 * Source: pkg/policy/proxyid.go, `ProxyID`; pkg/endpoint/bpf.go, `addNewRedirects`.
 */
function sharedProxy(
  { entries }: DirectionPolicy,
  { protocol, port, namedAnywhere }: FlowKey,
  { version }: Options,
) {
  const reading = entries.filter(
    ({ layer7, range }) =>
      layer7 !== undefined &&
      layer7.listener === undefined &&
      (layer7.redirects || version === "1.16") &&
      range.protocol === protocol,
  );
  const firstPorts = ({ range }: PolicyEntry) =>
    range.name === undefined ? [range.port] : namedAnywhere(range.name, protocol);
  const here = reading.flatMap((clause) =>
    firstPorts(clause).filter((first) => portRangeMatches(clause.range, protocol, port, first)),
  );
  const sharing = reading.filter((clause) => firstPorts(clause).some((first) => here.includes(first)));
  const [one] = sharing;
  const other = sharing.find(({ layer7 }) => layer7?.parser !== one?.layer7?.parser);
  if (one === undefined || other === undefined) return undefined;
  const kinds = [one, other].map(({ layer7 }) => layer7?.parser ?? "").join(" and ");
  const why = `rules for ${kinds} share one proxy on port ${port}`;
  return { kind: "undecided", why, clauses: [one, other] } as const;
}

/**
 * Rules without HTTP open the port for everything that is sent. So do, for the node of a pod in 1.16, rules with HTTP
 * that select it otherwise than by its very own entity.
 */
function isOpen({ layer7, peers }: PolicyEntry, isLocalhost: boolean): boolean {
  return !layer7?.redirects || (isLocalhost && !peers.some(({ id }) => id === HOST.id));
}
