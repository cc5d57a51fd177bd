import type { PolicyEntry } from "../policy/policy-entry.ts";
import { describePolicy, type Direction, type PolicyName } from "../api/rules.ts";
import { type DirectionVerdict, type Outcome, passes, type Reason, type Verdict } from "./verdict.ts";

/** Verdicts in words. */

/** A place in a policy that contributed to a verdict. */
export interface Evidence {
  /** `CiliumNetworkPolicy galactic-fhir/l7-visibility` */
  readonly policy: string;
  /** `spec.egress[1].toPorts[0].rules.http[0]`; none when the policy has its say by what it does not allow. */
  readonly at?: string | undefined;
}

/** Who asks whom for what, by the names that a reader knows. */
export interface Named {
  readonly client: string;
  readonly server: string;
  readonly request: string;
}

const ENDS: Readonly<Record<Outcome, string>> = {
  allowed: "is allowed",
  notEnforced: "is allowed, because no policy applies",
  denied: "is denied",
  dropped: "is dropped",
  undecided: "is undecided",
};

/**
 * Why a verdict is what it is, in one sentence.
 *
 * @example
 * payer's GET /Patient/DarthVader to coruscanthealth is dropped on its way out: CiliumClusterwideNetworkPolicy
 * denyall-coruscanthealth denies by default, and no rule allows it.
 */
export function explainVerdict(verdict: Verdict, { client, server, request }: Named): string {
  const subject = `${client}'s ${request} to ${server}`;
  const deciding = decidingDirection(verdict);
  if (deciding === undefined) {
    const ways = `on its way out ${explainDirection("egress", verdict.egress)}; on its way in ${explainDirection("ingress", verdict.ingress)}`;
    return `${subject} ${ENDS[verdict.outcome]}: ${ways}.`;
  }
  const way = deciding === "egress" ? "on its way out" : "on its way in";
  return `${subject} ${ENDS[verdict.outcome]} ${way}: ${explainDirection(deciding, verdict[deciding])}.`;
}

/** The side that decides alone, where one does. */
export function decidingDirection({ egress, ingress }: Verdict): Direction | undefined {
  if (!passes(egress.outcome)) return "egress";
  return passes(ingress.outcome) ? undefined : "ingress";
}

/** The reason for the verdict of one direction. */
export function explainDirection(direction: Direction, { reason }: DirectionVerdict): string {
  switch (reason.kind) {
    case "not-an-endpoint":
      return direction === "egress"
        ? "no egress policy applies: the source is not a pod"
        : "no ingress policy applies: the destination is not a pod";
    case "not-selected":
      return `no policy selects the ${direction === "egress" ? "client for egress" : "server for ingress"}`;
    case "denied-by":
      return `${listOf(reason.clauses)} ${reason.clauses.length === 1 ? "denies" : "deny"} it`;
    case "not-allowed":
      return `${selectingOf(reason.selecting)} by default, and no rule allows it`;
    case "allowed-by":
      return `${listOf(reason.clauses)} ${reason.clauses.length === 1 ? "allows" : "allow"} all requests on this port`;
    case "no-default-deny":
      return `${policiesOf(reason.selecting)} ${reason.selecting.length === 1 ? "denies" : "deny"} nothing by default`;
    case "localhost":
      return "a node always reaches its own pods";
    case "request-allowed-by":
      return `${describePolicy(reason.clause.entry.policy)} allows it by ${reason.rule.at}`;
    case "request-not-allowed":
      return `the proxy responds with 403: none of the HTTP rules of ${listOf(reason.clauses)} matches`;
    case "answered":
      return answer(reason);
    case "audited":
      return reason.clauses.length === 0
        ? "no rule allows it, but audit mode allows it"
        : `${listOf(reason.clauses)} would deny it, but audit mode allows it`;
    case "unknown":
      return reason.why;
  }
}

function answer({ status, location }: Extract<Reason, { kind: "answered" }>): string {
  if (location !== undefined) return `the proxy responds with ${status} and redirects to ${location}`;
  return `the proxy responds with ${status}: the path is malformed`;
}

function selectingOf(policies: readonly PolicyName[]): string {
  if (policies.length === 0) return "Cilium denies everything";
  return `${policiesOf(policies)} ${policies.length === 1 ? "denies" : "deny"} everything`;
}

function policiesOf(policies: readonly PolicyName[]): string {
  return inWords([...new Set(policies.map(describePolicy))]);
}

function listOf(clauses: readonly PolicyEntry[]): string {
  return inWords([...new Set(clauses.map(({ entry }) => `${describePolicy(entry.policy)} (${entry.at})`))]);
}

function inWords(items: readonly string[]): string {
  const last = items.at(-1) ?? "nothing";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}

/** The policies that contributed to the verdict of one direction, and where in them. */
export function evidence({ reason }: DirectionVerdict): Evidence[] {
  switch (reason.kind) {
    case "not-allowed":
    case "no-default-deny":
      return reason.selecting.map((policy) => ({ policy: describePolicy(policy) }));
    case "request-allowed-by":
      return [{ policy: describePolicy(reason.clause.entry.policy), at: reason.rule.at }];
    case "denied-by":
    case "allowed-by":
    case "request-not-allowed":
    case "audited":
    case "unknown":
      return reason.clauses.map(({ entry }) => ({ policy: describePolicy(entry.policy), at: entry.at }));
    default:
      return [];
  }
}
