import type { Options } from "./options.ts";
import type { PortRange } from "./ports.ts";
import type { Clause } from "./resolve.ts";
import { describePolicy } from "./rules.ts";

/**
 * Rules that cannot stand beside one another on one port. Cilium then gives up the endpoint's whole policy.
 *
 * Source: pkg/policy/rule.go, `mergePortProto`; pkg/policy/l4.go, `L7ParserType.Merge`.
 */

/** What is merged for one peer on one port. */
interface ForPeer {
  readonly denied: boolean;
  /** What reads the connection, by its name and, for a listener of somebody's own, which. */
  readonly readers: Map<string, Clause>;
  authentication: string | undefined;
}

/**
 * The first conflict among the clauses of one direction.
 *
 * @returns why there is one, in words; undefined when there is none
 */
export function conflictIn(clauses: readonly Clause[], { version }: Options): string | undefined {
  const onPorts = new Map<string, Map<string, Clause>>();
  const forPeers = new Map<string, ForPeer>();
  for (const clause of clauses) {
    const port = keyOf(clause.range);
    const conflict =
      (version === "1.16" ? onPort(clause, port, onPorts) : undefined) ?? forEachPeer(clause, port, forPeers);
    if (conflict !== undefined) return conflict;
  }
  return undefined;
}

function keyOf({ protocol, port, endPort, name }: PortRange): string {
  return name === undefined ? `${protocol} ${port} ${endPort}` : `${protocol} ${name}`;
}

/** 1.16 takes one parser for a port, whoever the peers are. What only looks at TLS goes along with some. */
function onPort(clause: Clause, port: string, onPorts: Map<string, Map<string, Clause>>): string | undefined {
  const { layer7 } = clause;
  if (layer7 === undefined) return undefined;
  const parsers = onPorts.get(port) ?? new Map<string, Clause>();
  onPorts.set(port, parsers);
  const goAlong = (one: string, other: string) => one === "tls" && other !== "dns" && other !== "crd";
  for (const [parser, by] of parsers) {
    const { parser: own } = layer7;
    if (parser !== own && !goAlong(parser, own) && !goAlong(own, parser)) return inWords(by, clause);
  }
  if (!parsers.has(layer7.parser)) parsers.set(layer7.parser, clause);
  return undefined;
}

function forEachPeer(clause: Clause, port: string, forPeers: Map<string, ForPeer>): string | undefined {
  const { entry, layer7 } = clause;
  const reader = layer7 && `${layer7.parser} ${layer7.listener ?? ""}`;
  for (const { id } of clause.peers) {
    const key = `${port} ${id}`;
    let merged = forPeers.get(key);
    // What is denied is merged with nothing.
    if (merged?.denied) continue;
    if (merged === undefined || entry.deny) {
      merged = { denied: entry.deny, readers: new Map(), authentication: undefined };
      forPeers.set(key, merged);
    }
    if (reader !== undefined && !merged.readers.has(reader)) {
      const [other] = merged.readers.values();
      // TLS beside HTTP would be merged in 1.16, but what comes of it depends on which is first.
      if (other !== undefined) return inWords(other, clause);
      merged.readers.set(reader, clause);
    }
    if (entry.authentication === undefined) continue;
    if ((merged.authentication ?? entry.authentication) !== entry.authentication) {
      return `${where(clause)} asks for other authentication than another rule for the same peers and port`;
    }
    merged.authentication = entry.authentication;
  }
  return undefined;
}

function inWords(one: Clause, other: Clause): string {
  const rules = (clause: Clause) => `rules for ${clause.layer7?.parser ?? ""} of ${where(clause)}`;
  return `${rules(one)} and ${rules(other)} cannot stand on one port`;
}

function where({ entry }: Clause): string {
  return `${describePolicy(entry.policy)} at ${entry.at}`;
}
