import { type PolicyRepository, isEndpoint, type TrafficParty } from "./policy-repository.ts";
import { type HttpRule, type HttpRules, matchingRule } from "../l7/http-rules.ts";
import type { L4Decision } from "../l4/l4-decision.ts";
import type { NormalPath } from "../l7/normalize-path.ts";
import { withoutNormalization, type PreparedRequest } from "../l7/http-request.ts";
import type { Protocol } from "../api/ports.ts";
import type { PolicyEntry } from "../policy/policy-entry.ts";
import type { Direction, PolicyName } from "../api/rules.ts";

/**
 * The outcome of a request: allowed; denied by the proxy (403), or answered otherwise by it; its packets dropped; no
 * policy enforced; or undecided, because it depends on something that is not known here.
 */
export type Outcome = "allowed" | "denied" | "dropped" | "notEnforced" | "undecided";

/** Whether a request with this outcome arrives. */
export function passes(outcome: Outcome): boolean {
  return outcome === "allowed" || outcome === "notEnforced";
}

/** Why an outcome is what it is. */
export type Reason =
  /** Cilium enforces nothing on this side: it is not a pod. */
  | { readonly kind: "not-an-endpoint" }
  /** No policy selects this pod in this direction. */
  | { readonly kind: "not-selected" }
  | { readonly kind: "denied-by"; readonly clauses: readonly PolicyEntry[] }
  | { readonly kind: "not-allowed"; readonly selecting: readonly PolicyName[] }
  | { readonly kind: "allowed-by"; readonly clauses: readonly PolicyEntry[] }
  /** No policy that selects the pod denies by default. */
  | { readonly kind: "no-default-deny"; readonly selecting: readonly PolicyName[] }
  /** A node reaches its own pods. */
  | { readonly kind: "localhost" }
  | { readonly kind: "request-allowed-by"; readonly clause: PolicyEntry; readonly rule: HttpRule }
  | { readonly kind: "request-not-allowed"; readonly clauses: readonly PolicyEntry[] }
  /** The proxy answers by itself: it redirects to another path, or finds the request wrong. */
  | { readonly kind: "answered"; readonly status: number; readonly location: string | undefined }
  /** It would be dropped, but for audit mode. */
  | { readonly kind: "audited"; readonly clauses: readonly PolicyEntry[] }
  | { readonly kind: "unknown"; readonly why: string; readonly clauses: readonly PolicyEntry[] };

/** The verdict of one direction. */
export interface DirectionVerdict {
  readonly outcome: Outcome;
  readonly reason: Reason;
}

/** The verdict on a request, with the reasons in both directions. */
export interface Verdict extends Readonly<Record<Direction, DirectionVerdict>> {
  readonly outcome: Outcome;
}

/** Everything that one client may ask of one port of one server. */
export interface PairAccess {
  /** The verdict on all requests, where no request differs from another. */
  readonly always: Verdict | undefined;
  readonly verdictOn: (question: PreparedRequest) => Verdict;
  /** The outcome alone. */
  readonly outcomeOf: (question: PreparedRequest) => Outcome;
  /** The HTTP rules that have a say, on either side. */
  readonly rules: readonly HttpRules[];
  /**
   * The paths that rules name, where all of them name one: a request is denied whose path goes on in its normal form
   * and is none of these.
   */
  readonly paths: ReadonlySet<string> | undefined;
}

/** A direction: the same for all requests, or one for each. */
type Side = DirectionVerdict | RequestSide;

interface RequestSide {
  readonly evaluate: (question: PreparedRequest) => DirectionVerdict;
  readonly rules: readonly HttpRules[];
  /** As `Access` has it; `all` where every path that goes on passes. */
  readonly paths: ReadonlySet<string> | "all" | undefined;
}

/** What a client may ask of a port of a server. */
export function evaluateAccess(
  cluster: PolicyRepository,
  client: TrafficParty,
  server: TrafficParty,
  port: number,
  protocol: Protocol = "TCP",
): PairAccess {
  const resolveSide = (direction: Direction, subject: TrafficParty, peer: TrafficParty): Side => {
    if (!isEndpoint(subject.identity)) return outside(subject, cluster);
    const decision = cluster.layer4(direction, subject, peer, protocol, port);
    return sideFor(decision, cluster.policyOf(subject.identity)[direction].selecting, cluster);
  };
  return accessThrough(resolveSide("egress", client, server), resolveSide("ingress", server, client));
}

function accessThrough(egress: Side, ingress: Side): PairAccess {
  if (!("evaluate" in egress) && !("evaluate" in ingress)) {
    const always = combine(egress, ingress);
    const outcome = () => always.outcome;
    return { always, verdictOn: () => always, outcomeOf: outcome, rules: [], paths: undefined };
  }
  const apply = (side: Side, asked: PreparedRequest) => ("evaluate" in side ? side.evaluate(asked) : side);
  return {
    always: refusedBy(egress) ? combine(egress, "evaluate" in ingress ? LATER : ingress) : undefined,
    verdictOn: (asked) => combine(apply(egress, asked), apply(ingress, asked)),
    outcomeOf: (asked) => outcomeOf(apply(egress, asked).outcome, apply(ingress, asked).outcome),
    rules: [egress, ingress].flatMap((side) => ("evaluate" in side ? side.rules : [])),
    paths: pathsThrough(egress, ingress),
  };
}

function pathsThrough(egress: Side, ingress: Side): ReadonlySet<string> | undefined {
  const paths = "evaluate" in egress ? egress.paths : refusedBy(egress) ? undefined : "all";
  if (paths !== "all") return paths;
  return "evaluate" in ingress && ingress.paths !== "all" ? ingress.paths : undefined;
}

/** The server's verdict, where no request comes that far. */
const LATER: DirectionVerdict = {
  outcome: "undecided",
  reason: { kind: "unknown", why: "no request comes this far", clauses: [] },
};

function refusedBy(side: Side): side is DirectionVerdict {
  return !("evaluate" in side) && !passes(side.outcome);
}

function outside({ identity }: TrafficParty, { options }: PolicyRepository): DirectionVerdict {
  const isNode = identity.kind === "host" || identity.kind === "remote-node";
  if (isNode && options.hostFirewall) {
    return undecided("policies for nodes are not modelled");
  }
  return { outcome: "notEnforced", reason: { kind: "not-an-endpoint" } };
}

function undecided(why: string, clauses: readonly PolicyEntry[] = []): DirectionVerdict {
  return { outcome: "undecided", reason: { kind: "unknown", why, clauses } };
}

function sideFor(
  decision: L4Decision,
  selecting: readonly PolicyName[],
  { options }: PolicyRepository,
): Side {
  switch (decision.kind) {
    case "notEnforced":
      return { outcome: "notEnforced", reason: { kind: "not-selected" } };
    case "undecided":
      return undecided(decision.why, decision.clauses);
    case "dropped": {
      const { deniedBy } = decision;
      if (options.auditMode) return { outcome: "allowed", reason: { kind: "audited", clauses: deniedBy } };
      const reason: Reason =
        deniedBy.length > 0 ? { kind: "denied-by", clauses: deniedBy } : { kind: "not-allowed", selecting };
      return { outcome: "dropped", reason };
    }
    case "open":
      return openSide(decision, selecting, options.normalizePath);
    case "http":
      return requestSide(decision, options.normalizePath);
  }
}

/** What goes through the proxy may be answered by it, even where every request is allowed. */
function openSide(
  { by, proxied }: Extract<L4Decision, { kind: "open" }>,
  selecting: readonly PolicyName[],
  normalizes: boolean,
): Side {
  const allowed: DirectionVerdict = { outcome: "allowed", reason: openBy(by, selecting) };
  if (proxied === false || !normalizes) return allowed;
  const evaluate = ({ normal }: PreparedRequest): DirectionVerdict => {
    const answer = answered(normal);
    if (answer === undefined || proxied) return answer ?? allowed;
    return undecided("it depends on whether the proxy sees it");
  };
  return { evaluate, rules: [], paths: "all" };
}

function answered(normal: NormalPath): DirectionVerdict | undefined {
  if (normal.kind !== "answered") return undefined;
  const { status, location } = normal;
  return { outcome: "denied", reason: { kind: "answered", status, location } };
}

function openBy(by: Extract<L4Decision, { kind: "open" }>["by"], selecting: readonly PolicyName[]): Reason {
  if (by === "all-peers") return { kind: "no-default-deny", selecting };
  return by === "host" ? { kind: "localhost" } : { kind: "allowed-by", clauses: by };
}

/** Evaluates each request by the HTTP rules. What is the same for all requests is computed once. */
function requestSide(
  { clauses, unless }: Extract<L4Decision, { kind: "http" }>,
  normalizes: boolean,
): RequestSide {
  const denied: DirectionVerdict = { outcome: "denied", reason: { kind: "request-not-allowed", clauses } };
  const allowed = new Map<HttpRule, DirectionVerdict>();
  const evaluate = (asked: PreparedRequest): DirectionVerdict => {
    const { normal, request } = normalizes ? asked : withoutNormalization(asked);
    if (normal.kind === "unknown") return undecided(normal.why, clauses);
    const answer = answered(normal);
    if (answer !== undefined) return unless === undefined ? answer : undecided(unless, clauses);
    let dependsOn = unless;
    for (const clause of clauses) {
      const rule = clause.layer7?.http && matchingRule(clause.layer7.http, request);
      if (rule) {
        let verdict = allowed.get(rule);
        if (verdict === undefined) {
          verdict = { outcome: "allowed", reason: { kind: "request-allowed-by", clause, rule } };
          allowed.set(rule, verdict);
        }
        return verdict;
      }
      if (rule === undefined) dependsOn ??= "it depends on the request's host or headers";
    }
    return dependsOn === undefined ? denied : undecided(dependsOn, clauses);
  };
  const rules = clauses.flatMap(({ layer7 }) => layer7?.http ?? []);
  const namePaths = normalizes && unless === undefined && rules.every(({ others }) => others.length === 0);
  const paths = namePaths ? new Set(rules.flatMap(({ byPath }) => [...byPath.keys()])) : undefined;
  return { evaluate, rules, paths };
}

function combine(egress: DirectionVerdict, ingress: DirectionVerdict): Verdict {
  return { outcome: outcomeOf(egress.outcome, ingress.outcome), egress, ingress };
}

/**
 * The outcome of both sides, in the order that a request meets them: the client's egress, where a proxy may answer it,
 * then the server's ingress.
 */
function outcomeOf(egress: Outcome, ingress: Outcome): Outcome {
  if (egress === "allowed") return ingress === "notEnforced" ? "allowed" : ingress;
  return egress === "notEnforced" ? ingress : egress;
}

/** Whether a request surely does not pass: one side refuses it, even if what the other does is not known. */
export function isRefused({ egress, ingress }: Verdict): boolean {
  return [egress, ingress].some(({ outcome }) => outcome === "dropped" || outcome === "denied");
}
