import type { styleText } from "node:util";
import type { Change } from "./property-changes.ts";
import type { Operation } from "./observation.ts";
import { resourceTree, type TreeLine, type TreeSection } from "./resource-tree.ts";
import { countOperations, type Report, type ReportResource, type Violation } from "./report.ts";
import type { Baseline, Mode } from "./preview-mode.ts";
import { urnName, shortType, urnType } from "./urn.ts";

/** Styles a text for the terminal, or leaves it as it is. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** The mark, the colour and the name of an operation. */
interface Look {
  readonly mark: string;
  readonly style: Parameters<Paint>[0];
  /** In totals, as in "3 to create". */
  readonly counted: string;
}

/** In the order of the totals. */
const LOOKS: Readonly<Record<Operation, Look>> = {
  create: { mark: "+", style: "green", counted: "to create" },
  update: { mark: "~", style: "yellow", counted: "to update" },
  replace: { mark: "±", style: "magenta", counted: "to replace" },
  delete: { mark: "-", style: "red", counted: "to delete" },
  import: { mark: "=", style: "cyan", counted: "to import" },
  read: { mark: ">", style: "cyan", counted: "to read" },
  same: { mark: " ", style: "dim", counted: "unchanged" },
};

/** Renders a report for a terminal or a log. */
export function render(report: Report, paint: Paint): string {
  const { stack, mode, notes, resources, warnings, violations } = report;
  const blocks = [
    [renderStatus(report, paint)],
    [`Preview of ${paint("bold", stack)} ${describeMode(mode)}`],
    notes.map((note) => `Note: ${note}`),
    renderPlaceholders(report, paint),
    ...resourceTree(resources).map((section) => renderSection(section, paint)),
    renderAccess(report, paint),
    warnings.map(({ urn, message }) => `Warning: ${urn === undefined ? "" : `${label(urn)}: `}${message}`),
    ...violations.map((violation) => renderViolation(violation, paint)),
    renderTotals(report, paint),
  ];
  const shown = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${shown.join("\n\n")}\n`;
}

function renderStatus({ status, totals, weakenings }: Report, paint: Paint): string {
  const style = totals.violations.mandatory > 0 ? "red" : weakenings.length > 0 ? "yellow" : "green";
  return `${paint("bold", "Status")}: ${paint(style, status)}`;
}

function renderPlaceholders({ placeholders }: Report, paint: Paint): string[] {
  if (placeholders.length === 0) return [];
  return [
    paint("bold", "Placeholders, which pulumi up rejects"),
    ...placeholders.map(
      ({ key, value, put }) => `  ${key} = ${clipped(JSON.stringify(value))}: put in ${put}`,
    ),
  ];
}

/** Shortens a text to one line. */
function clipped(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 97)}…`;
}

function describeMode(mode: Mode): string {
  if (mode.kind === "engine")
    return `by Pulumi's engine, compared with ${describeBaseline(mode.comparedWith)}`;
  return `in embedded mode (${mode.because}), which cannot know: ${mode.notKnown.join("; ")}`;
}

function describeBaseline(comparison: Baseline): string {
  if (comparison.kind === "state") return `the state of stack ${comparison.stack} in ${comparison.backend}`;
  return `no state (${comparison.because})`;
}

function renderSection({ heading, members, lines }: TreeSection, paint: Paint): string[] {
  const counts = formatCounts(countOperations(members));
  const width = Math.max(...lines.map((line) => indented(line).length));
  const title = counts === "" ? heading : `${heading}: ${counts}`;
  return [paint("bold", title), ...lines.flatMap((line) => renderLine(line, width, paint))];
}

function renderLine(line: TreeLine, width: number, paint: Paint): string[] {
  const { operation, type, changes, replacedFor, retained } = line.resource;
  const { mark, style } = LOOKS[operation];
  const unseen = replacedFor.filter((path) => !changes.some((change) => change.path === path));
  const details = [
    unseen.length > 0 ? `replaced because of ${unseen.join(", ")}` : "",
    retained ? "retained" : "",
  ].filter((detail) => detail !== "");
  const kind = paint("dim", shortType(type));
  return [
    [`  ${paint(style, mark)} ${indented(line).padEnd(width)}  ${kind}`, ...details].join("  "),
    ...changes.map(
      (change) => `${"  ".repeat(line.depth + 3)}${renderChange(change, replacedFor.includes(change.path))}`,
    ),
  ];
}

/** `replicas: 2 → 3` */
function renderChange({ path, old, new: after }: Change, replaces: boolean): string {
  const values = old === null && after === null ? "" : `: ${old ?? "(none)"} → ${after ?? "(none)"}`;
  return `${path}${values}${replaces ? " (replaces)" : ""}`;
}

function indented({ resource, depth }: TreeLine): string {
  return `${"  ".repeat(depth)}${resource.name}`;
}

function renderAccess({ access }: Report, paint: Paint): string[] {
  if (access === undefined) return [];
  const blockers = access.blockers.map((blocker) => `  Not certain: ${blocker}`);
  return [paint("bold", "Access to the FHIR server"), ...blockers, ...access.table.split("\n")];
}

function renderViolation(violation: Violation, paint: Paint): string[] {
  const { guardrail, enforcement, severity, urn, resource, reason, remediation, framework, exempted } =
    violation;
  const style = enforcement === "mandatory" ? "red" : "yellow";
  const title = `${violationLevel(violation)}, ${severity}: ${guardrail}`;
  const steps =
    remediation.length > 1 ? remediation.map((step, index) => `${index + 1}. ${step}`) : remediation;
  return [
    paint(["bold", style], title),
    ...field("resource", urn === null ? resource : label(urn)),
    ...field("reason", reason),
    ...field("exempt", exempted === undefined ? "" : exemptionText(exempted)),
    ...field("remediation", steps.join("\n")),
    ...field("rule", framework ?? ""),
  ];
}

function violationLevel({ enforcement, downgraded, exempted }: Violation): string {
  if (enforcement === "mandatory") return "Mandatory";
  if (exempted !== undefined) return "Exempted";
  return downgraded ? "Not evaluated" : "Advisory";
}

function exemptionText({ owner, reason, expires }: NonNullable<Violation["exempted"]>): string {
  return `until ${expires} by ${owner}: ${reason}`;
}

/** A labelled text; further lines are aligned with the first. */
function field(name: string, text: string): string[] {
  if (text === "") return [];
  return text
    .split("\n")
    .map((line, index) => `  ${(index === 0 ? `${name}:` : "").padEnd(12)} ${line}`.trimEnd());
}

function renderTotals({ totals, resources, violations }: Report, paint: Paint): string[] {
  const { mandatory, advisory } = totals.violations;
  const { same, ...changes } = totals.resources;
  const reach = places(resources);
  const notEvaluated = violations.filter(({ downgraded }) => downgraded).length;
  const exempted = violations.filter((violation) => violation.exempted !== undefined).length;
  const among = [
    ...(exempted > 0 ? [`, ${exempted} of them exempted`] : []),
    ...(notEvaluated > 0 ? [`, ${notEvaluated} of them not evaluated`] : []),
  ];
  const parts = [
    `${formatCounts({ ...changes, same: 0 }) || "no changes"}${reach && ` in ${reach}`}`,
    ...(same > 0 ? [`${same} unchanged`] : []),
  ];
  const others = and(plural(totals.components, "component"), plural(totals.providers, "provider"));
  const text = `${parts.join(", ")}${others && `, not counting ${others}`}`;
  return [
    `${paint("bold", "Resources")}:  ${text}`,
    `${paint("bold", "Violations")}: ${paint(mandatory > 0 ? "red" : "green", `${mandatory} mandatory`)}, ${advisory} advisory${among.join("")}`,
  ];
}

/** The locations of the changes: "6 projects and 1 cluster". */
function places(resources: readonly ReportResource[]): string {
  const groups = resources.filter(({ operation }) => operation !== "same").map(({ group }) => group);
  const groupNames = (kind: "project" | "cluster") =>
    groups.flatMap((group) => (group.kind === kind ? group.name : []));
  const count = (kind: "project" | "cluster") => plural(new Set(groupNames(kind)).size, kind);
  return and(count("project"), count("cluster"));
}

/** "1 project", "2 projects"; nothing for none. */
function plural(count: number, noun: string): string {
  return count === 0 ? "" : `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function and(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" and ");
}

function formatCounts(counts: Readonly<Record<Operation, number>>): string {
  const operations = Object.keys(LOOKS) as Operation[];
  return operations
    .filter((operation) => counts[operation] > 0)
    .map((operation) => `${counts[operation]} ${LOOKS[operation].counted}`)
    .join(", ");
}

function label(urn: string): string {
  return `${urnName(urn)} (${shortType(urnType(urn))})`;
}
