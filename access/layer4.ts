import { HOST } from "./entities.ts";
import type { Identity } from "./identity.ts";
import type { Options } from "./options.ts";
import { isPeer, type Peer } from "./peers.ts";
import { type Protocol, speaksOf } from "./ports.ts";
import type { Clause, DirectionPolicy } from "./resolve.ts";
import { describePolicy } from "./rules.ts";

/** What layers 3 and 4 say about one peer and one port. */
export type Layer4 =
  /** Nothing is enforced here. */
  | { readonly kind: "unpoliced" }
  /** Every packet is dropped: rules deny it, or none allows it. */
  | { readonly kind: "dropped"; readonly deniedBy: readonly Clause[] }
  /** Everything passes, whatever is sent. */
  | { readonly kind: "open"; readonly by: readonly Clause[] | "everybody" | "host" }
  /** The connection is let through, and each request is looked at. */
  | {
      readonly kind: "http";
      readonly clauses: readonly Clause[];
      /** What else may let a request pass. */
      readonly unless: string | undefined;
    }
  /** It depends on something that is not known here. */
  | { readonly kind: "undecided"; readonly why: string; readonly clauses: readonly Clause[] };

/** A peer and a port. */
export interface Target {
  readonly peer: Identity;
  readonly protocol: Protocol;
  readonly port: number;
  /** The number behind a port's name; 0 when there is none. */
  readonly named: (name: string, protocol: Protocol) => number;
}

/** Decides about a peer and a port. */
export function layer4(policy: DirectionPolicy, target: Target, options: Options): Layer4 {
  if (!policy.enforced) return { kind: "unpoliced" };
  const { certain, possible, dependsOn } = clausesAbout(policy.clauses, target, options);
  const denying = certain.filter(({ entry }) => entry.deny);
  if (denying.length > 0) return { kind: "dropped", deniedBy: denying };
  const allowed = allowedBy(policy, certain, target.peer, options);
  const mayDeny = possible.some(({ entry }) => entry.deny);
  const mayAllow = possible.some(({ entry }) => !entry.deny);
  if (mayDeny && (mayAllow || allowed.kind !== "dropped")) {
    return { kind: "undecided", why: `it depends on ${dependsOn}`, clauses: possible };
  }
  if (!mayAllow || allowed.kind === "open" || allowed.kind === "undecided") return allowed;
  if (allowed.kind === "http") return { ...allowed, unless: `it depends on ${dependsOn}` };
  return { kind: "undecided", why: `it depends on ${dependsOn}`, clauses: possible };
}

/** The clauses that speak of a peer and a port, and those that may. */
function clausesAbout(
  clauses: readonly Clause[],
  { peer, protocol, port, named }: Target,
  { version }: Options,
) {
  const certain: Clause[] = [];
  const possible: Clause[] = [];
  let dependsOn = "";
  for (const clause of clauses) {
    const { range } = clause;
    const resolved = range.name === undefined ? 0 : named(range.name, protocol);
    if (!speaksOf(range, protocol, port, resolved)) continue;
    const found = oneIs(clause.peers, peer, version === "1.16");
    if (found === true) certain.push(clause);
    else if (found !== false) {
      possible.push(clause);
      dependsOn = found;
    }
  }
  return { certain, possible, dependsOn };
}

/** Whether one of several is an identity; in words what that depends on, when it depends on something. */
function oneIs(peers: readonly Peer[], identity: Identity, excludesSplit: boolean): boolean | string {
  let dependsOn: string | undefined;
  for (const peer of peers) {
    const found = isPeer(peer, identity, excludesSplit);
    if (found) return true;
    if (found === undefined && peer.kind === "unknown") ({ dependsOn } = peer);
  }
  return dependsOn ?? false;
}

function allowedBy(
  { implicit }: DirectionPolicy,
  clauses: readonly Clause[],
  peer: Identity,
  { version }: Options,
): Layer4 {
  const unknown = unknownReader(clauses);
  if (unknown !== undefined) return unknown;
  if (implicit === "everybody") return { kind: "open", by: "everybody" };
  const isLocalhost = implicit === "host" && peer.kind === "host";
  if (isLocalhost && (clauses.length === 0 || version === "1.20")) return { kind: "open", by: "host" };
  if (clauses.length === 0) return { kind: "dropped", deniedBy: [] };
  return readAsHttp(clauses, isLocalhost);
}

/** What is read by something else than HTTP rules, or asks for authentication, cannot be decided here. */
function unknownReader(clauses: readonly Clause[]): Layer4 | undefined {
  for (const clause of clauses) {
    const { layer7, entry } = clause;
    const where = `${describePolicy(entry.policy)} at ${entry.at}`;
    if (layer7?.redirects && layer7.http === undefined) {
      const why = `rules for ${layer7.parser} of ${where} are not modelled`;
      return { kind: "undecided", why, clauses: [clause] };
    }
    if (entry.authentication !== undefined && entry.authentication !== "disabled") {
      const why = `${where} asks for mutual authentication`;
      return { kind: "undecided", why, clauses: [clause] };
    }
  }
  return undefined;
}

/**
 * Rules without HTTP open the port for everything that is sent. So do, for the node of a pod in 1.16, rules with HTTP
 * that select it otherwise than by its very own entity.
 */
function readAsHttp(clauses: readonly Clause[], isLocalhost: boolean): Layer4 {
  const open = clauses.filter(
    ({ layer7, peers }) =>
      layer7?.http === undefined || (isLocalhost && !peers.some(({ id }) => id === HOST.id)),
  );
  if (open.length > 0) return { kind: "open", by: open };
  return { kind: "http", clauses, unless: undefined };
}
