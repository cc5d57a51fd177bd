import type { Options, Version } from "../options.ts";
import type { PortRange } from "../api/ports.ts";
import type { PolicyEntry } from "./policy-entry.ts";
import { describePolicy } from "../api/rules.ts";

/**
 * Rules that conflict on one port. Cilium then fails to compute the endpoint's whole policy.
 *
 * Source: pkg/policy/rule.go, `mergePortProto`; pkg/policy/l4.go, `L7ParserType.Merge`.
 */

/** What is merged for one peer on one port. */
interface ForPeer {
  readonly denied: boolean;
  /** The L7 parser of the connection, by its name and, for a custom listener, which. */
  readonly readers: Map<string, PolicyEntry>;
  authentication: string | undefined;
  /** The first with HTTP rules. */
  http: PolicyEntry | undefined;
}

/**
 * The first conflict among the clauses of one direction.
 *
 * @returns why there is one, in words; undefined when there is none
 */
export function findMergeConflict(clauses: readonly PolicyEntry[], { version }: Options): string | undefined {
  const onPorts = new Map<string, Map<string, PolicyEntry>>();
  const forPeers = new Map<string, ForPeer>();
  const numbers = new Map<string, PolicyEntry>();
  for (const clause of clauses) {
    const port = filterKey(clause.range);
    const conflict =
      misfiled(clause, port, numbers) ??
      (version === "1.16" ? onPort(clause, port, onPorts) : undefined) ??
      forEachPeer(clause, port, forPeers, version);
    if (conflict !== undefined) return conflict;
  }
  return undefined;
}

/** The key of the filter that Cilium files a port or a range under. */
export function filterKey({ protocol, port, endPort, name, filedUnder = port }: PortRange): string {
  return name === undefined ? `${protocol} ${filedUnder} ${endPort}` : `${protocol} ${name}`;
}

/**
 * Rules that 1.16 files under one number although they mean different ports, or under one name although they mean
 * different ranges: which of them counts is left to chance.
 */
function misfiled(clause: PolicyEntry, key: string, numbers: Map<string, PolicyEntry>): string | undefined {
  const before = numbers.get(key);
  if (before === undefined) {
    numbers.set(key, clause);
    return undefined;
  }
  const { port, endPort, proxyEndPort } = before.range;
  const { range } = clause;
  if (range.port === port && range.endPort === endPort && range.proxyEndPort === proxyEndPort) {
    return undefined;
  }
  return `Cilium takes the ports of ${where(before)} and of ${where(clause)} for one`;
}

/** 1.16 takes one parser for a port, whatever the peers are. A parser that only inspects TLS is compatible with some. */
function onPort(
  clause: PolicyEntry,
  port: string,
  onPorts: Map<string, Map<string, PolicyEntry>>,
): string | undefined {
  const { layer7 } = clause;
  if (layer7 === undefined) return undefined;
  const parsers = onPorts.get(port) ?? new Map<string, PolicyEntry>();
  onPorts.set(port, parsers);
  const goAlong = (one: string, other: string) => one === "tls" && other !== "dns" && other !== "crd";
  for (const [parser, by] of parsers) {
    const { parser: own } = layer7;
    if (parser !== own && !goAlong(parser, own) && !goAlong(own, parser)) return inWords(by, clause);
  }
  if (!parsers.has(layer7.parser)) parsers.set(layer7.parser, clause);
  return undefined;
}

function forEachPeer(
  clause: PolicyEntry,
  port: string,
  forPeers: Map<string, ForPeer>,
  version: Version,
): string | undefined {
  const { entry, layer7 } = clause;
  const reader = layer7 && `${layer7.parser} ${layer7.listener ?? ""}`;
  for (const { id } of clause.peers) {
    const key = `${port} ${id}`;
    let merged = forPeers.get(key);
    // What is denied is merged with nothing.
    if (merged?.denied) continue;
    if (merged === undefined || entry.deny) {
      merged = { denied: entry.deny, readers: new Map(), authentication: undefined, http: undefined };
      forPeers.set(key, merged);
    }
    if (reader !== undefined && !merged.readers.has(reader)) {
      const [other] = merged.readers.values();
      // 1.16 would merge TLS with HTTP, but the result depends on which is first.
      if (other !== undefined) return inWords(other, clause);
      merged.readers.set(reader, clause);
    }
    const swallowed = version === "1.20" ? swallowing(merged, clause) : undefined;
    if (swallowed !== undefined) return swallowed;
    if (entry.authentication === undefined) continue;
    if ((merged.authentication ?? entry.authentication) !== entry.authentication) {
      return `${where(clause)} asks for other authentication than another rule for the same peers and port`;
    }
    merged.authentication = entry.authentication;
  }
  return undefined;
}

/**
 * 1.20 takes lists of rules of one length for alike when all rules of one are in the other, and leaves out the other. So
 * a list that has a rule twice swallows others.
 */
function swallowing(merged: ForPeer, clause: PolicyEntry): string | undefined {
  if (clause.layer7?.http === undefined) return undefined;
  const other = merged.http;
  merged.http ??= clause;
  const repeating = [other, clause].find((one) => one?.layer7?.http?.repeats);
  if (other === undefined || repeating === undefined) return undefined;
  const left = where(repeating === clause ? other : clause);
  return `${where(repeating)} has one HTTP rule twice, and Cilium may then leave out those of ${left}`;
}

function inWords(one: PolicyEntry, other: PolicyEntry): string {
  const rules = (clause: PolicyEntry) => `rules for ${clause.layer7?.parser ?? ""} of ${where(clause)}`;
  return `${rules(one)} and ${rules(other)} cannot stand on one port`;
}

function where({ entry }: PolicyEntry): string {
  return `${describePolicy(entry.policy)} at ${entry.at}`;
}
