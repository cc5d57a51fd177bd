import { exemptedPrefix, type Exemption } from "@attested-fhir/policy-config";
import { type GuardrailFacts } from "./guardrail-facts.ts";
import { type Mode } from "./preview-mode.ts";
import type { AccessReport } from "./access-report.ts";
import type { Change } from "./property-changes.ts";
import { type Group, groupsOf } from "./grouping.ts";
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
  /** The page's first line: violations, whatever weakens protection, and the state that was compared with. */
  readonly status: string;
  readonly version: 2;
  readonly stack: string;
  readonly mode: Mode;
  /** What a reader has to know about this very preview, in whole sentences. */
  readonly notes: readonly string[];
  /** What weakens the stack's protection once it is updated; empty where nothing does. */
  readonly weakenings: readonly Weakening[];
  /** Sample values of the stack file, which `pulumi up` refuses. */
  readonly placeholders: readonly Placeholder[];
  /** Every resource, changed or not, by group and name. */
  readonly resources: readonly ReportResource[];
  /** Mandatory ones first, worst first. */
  readonly violations: readonly Violation[];
  readonly warnings: readonly Warning[];
  readonly totals: Totals;
  /** What the policy pack was configured with; absent where nothing was evaluated by a pack. */
  readonly policyPackConfig?: PolicyPackReport;
  /** Who may ask whom for what; absent where the stack has no policies of Cilium. */
  readonly access?: AccessReport;
}

/** A resource of the stack. Components and the stack itself give structure; a provider only stands for an identity. */
export interface ReportResource {
  readonly urn: string;
  readonly kind: "resource" | "component" | "provider" | "stack";
  /** Pulumi's type token, `gcp:kms/keyRing:KeyRing`. */
  readonly type: string;
  readonly name: string;
  /** URN of the parent; null for the stack itself. */
  readonly parent: string | null;
  /** Where the resource lives. */
  readonly group: Group;
  readonly operation: Operation;
  /** Paths of the properties that differ, sorted. */
  readonly changed: readonly string[];
  /** The same with their values, in the same order. */
  readonly changes: readonly Change[];
  /** Paths of the properties that force the replacement, sorted. */
  readonly replacedFor: readonly string[];
  /** Whether a deletion leaves the real thing where it is. */
  readonly retained: boolean;
}

/** A guardrail that is not kept, and what to do about it. */
export interface Violation {
  readonly guardrail: string;
  readonly enforcement: Enforcement;
  /** Whether it is only advice since the guardrail met a value that is not known before the update. */
  readonly downgraded: boolean;
  readonly severity: Severity | "unrated";
  /** URN and name of the resource it is about; for the whole stack, of the stack. */
  readonly urn: string | null;
  readonly resource: string;
  readonly reason: string;
  /** Steps to take; empty where the pack gives none. */
  readonly remediation: readonly string[];
  /** Where the rule is written down, `CIS GKE Benchmark 1.6.0, 5.10.4`; absent where the pack names none. */
  readonly framework?: string;
  /** Who exempts it, why and until which day; absent where it is not exempted, which would not be advisory. */
  readonly exempted?: Pick<Exemption, "owner" | "reason" | "expires">;
}

/** A sample value of the stack file. */
export interface Placeholder {
  /** `attested-fhir:projects.kms.id` */
  readonly key: string;
  readonly value: string;
  /** What to put there, `a project of your own`. */
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

/** What a report needs beside what was seen. */
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

/** Makes the report of what was seen. */
export function reportOf(
  seen: Observation,
  { stack, mode, notes, guardrails, access, placeholders = [], policyPackConfig }: ReportContext,
): Report {
  const groups = groupsOf(seen.resources);
  const resources = seen.resources.map((resource) => describe(resource, groups)).sort(byGroupAndName);
  const facts = new Map((guardrails ?? []).map((guardrail) => [guardrail.name, guardrail]));
  const violations = seen.violations
    .filter(({ guardrail }) => facts.get(guardrail)?.informs !== true)
    .map((violation) => rated(violation, facts, { ...seen, stack }))
    .map((violation) => withExemption(violation, policyPackConfig?.exemptions ?? []))
    .sort(worstFirst);
  const totals = totalsOf(resources, violations);
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
    notes: [...new Set([...(notes ?? []), ...(seen.notes ?? []), ...informing(seen.violations, facts)])],
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

/** Counts resources that providers manage by operation. */
export function countOperations(resources: readonly ReportResource[]): Record<Operation, number> {
  const counts = { create: 0, update: 0, replace: 0, delete: 0, import: 0, read: 0, same: 0 };
  for (const { kind, operation } of resources) if (kind === "resource") counts[operation] += 1;
  return counts;
}

function totalsOf(resources: readonly ReportResource[], violations: readonly Violation[]): Totals {
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

function describe(resource: ObservedResource, groups: ReadonlyMap<string, Group>): ReportResource {
  const { urn, type, parent, operation, replacedFor, retained } = resource;
  const changes = resource.changes.toSorted((a, b) => compare(a.path, b.path));
  return {
    urn,
    kind: kindOf(resource),
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

function kindOf({ type, provider }: ObservedResource): ReportResource["kind"] {
  if (type === "pulumi:pulumi:Stack") return "stack";
  if (type.startsWith("pulumi:providers:")) return "provider";
  return provider === undefined ? "component" : "resource";
}

/** What guardrails report that is no violation. */
function informing(
  violations: readonly ObservedViolation[],
  facts: ReadonlyMap<string, GuardrailFacts>,
): readonly string[] {
  return violations.flatMap(({ guardrail, message }) => {
    const known = facts.get(guardrail);
    return known?.informs === true ? [withoutDescription(message, known.description)] : [];
  });
}

function rated(
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
 * Whether the policy host could not judge for a value that is not known yet, and so only advises, whatever the guardrail
 * is (@pulumi/policy, server.ts).
 */
function isDowngraded({ enforcement, message }: ObservedViolation): boolean {
  return (
    enforcement === "advisory" &&
    /can't run (?:policy|remediation) '.*' from policy pack '.*' during preview: /.test(message)
  );
}

/** Policy packs put the guardrail's description before the reason, which says the same thing less precisely. */
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
