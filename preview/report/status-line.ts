import type { Enforcement } from "./observation.ts";
import type { Weakening } from "./protection.ts";
import type { Baseline } from "./preview-mode.ts";

/** What the status line sums up. */
export interface StatusFacts {
  readonly violations: Readonly<Record<Enforcement, number>>;
  readonly weakenings: readonly Weakening[];
  /** How many violations are exempted. */
  readonly exempted: number;
  /** The number of placeholders in the stack file. */
  readonly placeholders: number;
  readonly comparedWith: Baseline;
}

/**
 * The line that a page begins with: whether a mandatory guardrail is violated, whatever weakens the stack's protection,
 * and which state the plan was compared with.
 */
export function statusLine(facts: StatusFacts): string {
  const { violations, weakenings, exempted, placeholders, comparedWith } = facts;
  const weak = weakenings.map(({ text, new: isNew }) => `${text}${isNew ? " (by this change)" : ""}`);
  return [
    `${count(violations.mandatory, "mandatory violation")}.`,
    ...(exempted === 0 ? [] : [`${count(exempted, "violation")} exempted.`]),
    weak.length === 0 ? "No state weakens protection." : `PROTECTION IS WEAKENED: ${weak.join("; ")}.`,
    ...(placeholders === 0 ? [] : [`${count(placeholders, "placeholder")}: pulumi up rejects the stack.`]),
    describeBaseline(comparedWith),
  ].join(" ");
}

function describeBaseline(comparison: Baseline): string {
  if (comparison.kind === "state") return `Compared with the state of stack ${comparison.stack}.`;
  return `No state to compare with: ${explainMissingState(comparison)}.`;
}

/** Explains why there is no state to compare with, with the commands that would provide one. */
export function explainMissingState({
  because,
  remediation,
}: Extract<Baseline, { readonly kind: "nothing" }>): string {
  return remediation === undefined ? because : `${because} (${remediation})`;
}

function count(number: number, noun: string): string {
  return `${number === 0 ? "No" : number} ${noun}${number === 1 ? "" : "s"}`;
}
