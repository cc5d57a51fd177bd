import { exemptedPrefix, type Exemption } from "@attested-fhir/policy-config";
import { type GuardrailFacts } from "./guardrail-facts.ts";
import { type Mode } from "./preview-mode.ts";
import type { AccessReport } from "./access-report.ts";
import type { Change } from "./property-changes.ts";
import { type Group, groupResources } from "./grouping.ts";
import {
  type Enforcement,
  type Observation,
  type ObservedResource,
  type ObservedViolation,
  type Operation,
  SEVERITIES,
  type Severity,
  type Warning,
} from "./observation.ts";
import { plannedResources } from "./planned-resources.ts";
import { type Weakening, weakeningsIn } from "./protection.ts";
import { statusLine } from "./status-line.ts";
import type { PolicyPackReport } from "../project/policy-config.ts";
import { urnName } from "./urn.ts";

/**
 * A preview's result, as `--json FILE` writes it and as the terminal shows it. Plain data, in an order that depends only
 * on what was seen. Fields may be added; one that is there keeps its name and meaning as long as `version` is 2.
 */
export interface Report {
  /** The first line of the page: violations, weakened protection, and the baseline. */
  readonly status: string;
  readonly version: 2;
  readonly stack: string;
  readonly mode: Mode;
  /** What the reader has to know about this preview, in whole sentences. */
  readonly notes: readonly string[];
  /** What weakens the stack's protection after the update; empty if nothing does. */
  readonly weakenings: readonly Weakening[];
  /** Placeholders in the stack file, which `pulumi up` rejects. */
  readonly placeholders: readonly Placeholder[];
  /** All resources, changed or not, by group and name. */
  readonly resources: readonly ReportResource[];
  /** Mandatory ones first, worst first. */
  readonly violations: readonly Violation[];
  readonly warnings: readonly Warning[];
  readonly totals: Totals;
  /** The configuration of the policy pack; absent if no pack was evaluated. */
  readonly policyPackConfig?: PolicyPackReport;
  /** Which client may send which request; absent if the stack has no Cilium policies. */
  readonly access?: AccessReport;
}

/** A resource of the stack, including components, providers and the stack itself. */
export interface ReportResource {
  readonly urn: string;
  readonly kind: "resource" | "component" | "provider" | "stack";
  /** Pulumi's type token, `gcp:kms/keyRing:KeyRing`. */
  readonly type: string;
  readonly name: string;
  /** URN of the parent; null for the stack itself. */
  readonly parent: string | null;
  /** The location of the resource. */
  readonly group: Group;
  readonly operation: Operation;
  /** Paths of the changed properties, sorted. */
  readonly changed: readonly string[];
  /** The same with their values, in the same order. */
  readonly changes: readonly Change[];
  /** Paths of the properties that force the replacement, sorted. */
  readonly replacedFor: readonly string[];
  /** Whether a deletion retains the real resource. */
  readonly retained: boolean;
}

/** A violation of a guardrail, and its remediation. */
export interface Violation {
  readonly guardrail: string;
  readonly enforcement: Enforcement;
  /** Whether it is only advisory because the guardrail read an unknown value and was not evaluated. */
  readonly downgraded: boolean;
  readonly severity: Severity | "unrated";
  /** URN and name of the resource; null and the stack's name for the whole stack. */
  readonly urn: string | null;
  readonly resource: string;
  readonly reason: string;
  /** Steps that fix it; empty if the pack has none. */
  readonly remediation: readonly string[];
  /** The source of the rule, `CIS GKE Benchmark 1.6.0, 5.10.4`; absent if the pack names none. */
  readonly framework?: string;
  /** Its exemption with owner, reason and last day; absent if it is not exempted. */
  readonly exempted?: Pick<Exemption, "owner" | "reason" | "expires">;
}

/** A placeholder in the stack file. */
export interface Placeholder {
  /** `attested-fhir:projects.kms.id` */
  readonly key: string;
  readonly value: string;
  /** What to replace it by, `a project of your own`. */
  readonly put: string;
}

/** Counts of the lists above. */
export interface Totals {
  /** Resources of kind `resource`, by operation. */
  readonly resources: Readonly<Record<Operation, number>>;
  readonly components: number;
  readonly providers: number;
  readonly violations: Readonly<Record<Enforcement, number>>;
}

/** What a report contains besides the observation. */
export interface ReportContext {
  readonly stack: string;
  readonly mode: Mode;
  readonly notes?: readonly string[];
  readonly guardrails?: readonly GuardrailFacts[];
  readonly access?: AccessReport | undefined;
  readonly policyPackConfig?: PolicyPackReport | undefined;
  /** Defaults to none. */
  readonly placeholders?: readonly Placeholder[];
}

/** Builds the report of an observation. */
export function buildReport(
  seen: Observation,
  { stack, mode, notes, guardrails, access, placeholders = [], policyPackConfig }: ReportContext,
): Report {
  const groups = groupResources(seen.resources);
  const resources = seen.resources.map((resource) => toReportResource(resource, groups)).sort(byGroupAndName);
  const facts = new Map((guardrails ?? []).map((guardrail) => [guardrail.name, guardrail]));
  const violations = seen.violations
    .filter(({ guardrail }) => facts.get(guardrail)?.informs !== true)
    .map((violation) => toViolation(violation, facts, { ...seen, stack }))
    .map((violation) => withExemption(violation, policyPackConfig?.exemptions ?? []))
    .sort(worstFirst);
  const totals = countTotals(resources, violations);
  const weakenings = weakeningsIn(seen.resources);
  const { comparedWith } = mode;
  return {
    status: statusLine({
      violations: totals.violations,
      weakenings,
      exempted: violations.filter(({ exempted }) => exempted !== undefined).length,
      placeholders: placeholders.length,
      comparedWith,
    }),
    version: 2,
    stack,
    mode,
    notes: [
      ...new Set([...(notes ?? []), ...(seen.notes ?? []), ...informativeNotes(seen.violations, facts)]),
    ],
    weakenings,
    placeholders,
    resources,
    violations,
    warnings: seen.warnings,
    totals,
    ...(policyPackConfig !== undefined && { policyPackConfig }),
    ...(access !== undefined && { access }),
  };
}

/** Counts resources of kind `resource` by operation. */
export function countOperations(resources: readonly ReportResource[]): Record<Operation, number> {
  const counts = { create: 0, update: 0, replace: 0, delete: 0, import: 0, read: 0, same: 0 };
  for (const { kind, operation } of resources) if (kind === "resource") counts[operation] += 1;
  return counts;
}

function countTotals(resources: readonly ReportResource[], violations: readonly Violation[]): Totals {
  const ofKind = (kind: ReportResource["kind"]) =>
    resources.filter((resource) => resource.kind === kind).length;
  const ofLevel = (level: Enforcement) =>
    violations.filter(({ enforcement }) => enforcement === level).length;
  return {
    resources: countOperations(resources),
    components: ofKind("component"),
    providers: ofKind("provider"),
    violations: { mandatory: ofLevel("mandatory"), advisory: ofLevel("advisory") },
  };
}

function toReportResource(resource: ObservedResource, groups: ReadonlyMap<string, Group>): ReportResource {
  const { urn, type, parent, operation, replacedFor, retained } = resource;
  const changes = resource.changes.toSorted((a, b) => compare(a.path, b.path));
  return {
    urn,
    kind: resourceKind(resource),
    type,
    name: urnName(urn),
    parent: parent ?? null,
    group: groups.get(urn) ?? { kind: "elsewhere" },
    operation,
    changed: changes.map(({ path }) => path),
    changes,
    replacedFor: [...replacedFor].sort(),
    retained,
  };
}

function resourceKind({ type, provider }: ObservedResource): ReportResource["kind"] {
  if (type === "pulumi:pulumi:Stack") return "stack";
  if (type.startsWith("pulumi:providers:")) return "provider";
  return provider === undefined ? "component" : "resource";
}

/** The messages of informing guardrails, which are not violations. */
function informativeNotes(
  violations: readonly ObservedViolation[],
  facts: ReadonlyMap<string, GuardrailFacts>,
): readonly string[] {
  return violations.flatMap(({ guardrail, message }) => {
    const known = facts.get(guardrail);
    return known?.informs === true ? [withoutDescription(message, known.description)] : [];
  });
}

function toViolation(
  seen: ObservedViolation,
  facts: ReadonlyMap<string, GuardrailFacts>,
  { stack, resources }: { readonly stack: string; readonly resources: readonly ObservedResource[] },
): Violation {
  const guardrail = facts.get(seen.guardrail);
  const framework = guardrail?.framework;
  return {
    guardrail: seen.guardrail,
    enforcement: seen.enforcement,
    downgraded: isDowngraded(seen),
    severity: seen.severity ?? guardrail?.severity ?? "unrated",
    urn: seen.urn ?? null,
    resource: seen.urn === undefined ? stack : urnName(seen.urn),
    reason: withoutDescription(seen.message, guardrail?.description),
    remediation: guardrail?.remediationFor?.(plannedResources(resources)) ?? guardrail?.remediation ?? [],
    ...(framework !== undefined && {
      framework: `${framework.name} ${framework.version}, ${framework.reference}`,
    }),
  };
}

/** A violation with the exemption that its message begins with, in which case the pack reports it as an advisory one. */
function withExemption(violation: Violation, exemptions: readonly Exemption[]): Violation {
  const { guardrail, enforcement, reason: message } = violation;
  const found = exemptions.find(
    (one) =>
      enforcement === "advisory" && one.policy === guardrail && message.startsWith(exemptedPrefix(one)),
  );
  if (found === undefined) return violation;
  const { owner, reason, expires } = found;
  const exempted = { owner, reason, expires };
  return { ...violation, reason: message.slice(exemptedPrefix(found).length), exempted };
}

/**
 * Whether the policy host did not evaluate the guardrail because of an unknown value, and reports it as advisory whatever
 * its level (@pulumi/policy, server.ts).
 */
function isDowngraded({ enforcement, message }: ObservedViolation): boolean {
  return (
    enforcement === "advisory" &&
    /can't run (?:policy|remediation) '.*' from policy pack '.*' during preview: /.test(message)
  );
}

/** Removes the guardrail's description, which policy packs put in front of the reason. */
function withoutDescription(message: string, description: string | undefined): string {
  const text = message.trim();
  const known = description?.trim();
  if (known === undefined || !text.startsWith(known)) return text;
  return text.slice(known.length).trim() || text;
}

function byGroupAndName(a: ReportResource, b: ReportResource): number {
  return compare(groupKey(a.group), groupKey(b.group)) || compare(a.name, b.name) || compare(a.urn, b.urn);
}

/** Projects before clusters before the rest, each by name. */
function groupKey(group: Group): string {
  const order = { project: 0, cluster: 1, elsewhere: 2 }[group.kind];
  return `${order} ${group.kind === "elsewhere" ? "" : group.name}`;
}

function worstFirst(a: Violation, b: Violation): number {
  return (
    compare(b.enforcement, a.enforcement) ||
    rank(a.severity) - rank(b.severity) ||
    compare(a.guardrail, b.guardrail) ||
    compare(a.resource, b.resource) ||
    compare(a.reason, b.reason)
  );
}

function rank(severity: Violation["severity"]): number {
  return severity === "unrated" ? SEVERITIES.length : SEVERITIES.indexOf(severity);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
