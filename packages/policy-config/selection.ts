import { closest } from "fastest-levenshtein";
import { z } from "zod";
import { type Configurable, isExemptible } from "./configurable.ts";
import { type FieldSchema, issueTexts } from "./issue-texts.ts";

/** Which guardrails are evaluated, where a configuration selects them by framework and severity. */

/** From the worst. */
const SEVERITIES = ["critical", "high", "medium", "low"] as const;

const parameters = z.strictObject({
  frameworks: z
    .array(z.string().min(1))
    .min(1, "has to name a framework")
    .optional()
    .describe("The frameworks whose guardrails are evaluated, by name; all of them when absent."),
  minimumSeverity: z
    .enum(SEVERITIES)
    .optional()
    .describe("The lowest severity that is evaluated; low when absent."),
  policies: z
    .array(z.string().min(1))
    .optional()
    .describe("Guardrails that are evaluated whatever their framework and severity, by name."),
});

type Given = z.infer<typeof parameters>;

const schema = z.toJSONSchema(parameters, { io: "input" }) as FieldSchema;

/** The parameters of the policy `selection`, by name, as JSON schemas. */
export const SELECTION_PROPERTIES: Readonly<Record<string, object>> = schema.properties ?? {};

/** What a configuration selects. */
export interface Selection {
  /** By what, in a few words: `frameworks CIS GKE Benchmark; minimumSeverity high`; empty where it selects everything. */
  readonly by: string;
  /** The policies that are not evaluated, in the pack's order. */
  readonly deselected: readonly string[];
}

/** Says in one sentence each what is wrong with the parameters of the policy `selection`. */
export function selectionFaults(given: unknown, policies: readonly Configurable[]): readonly string[] {
  const read = parameters.safeParse(given);
  if (!read.success) return read.error.issues.flatMap((issue) => issueTexts(issue, schema));
  const names = policies.map(({ name }) => name);
  const frameworks = [...new Set(policies.flatMap(({ framework }) => framework?.name ?? []))];
  const { frameworks: wanted = [], policies: named = [] } = read.data;
  return [
    ...wanted.flatMap((name, index) =>
      frameworks.includes(name)
        ? []
        : [`frameworks[${index}]: there is no framework ${name}, only ${frameworks.join(", ")}`],
    ),
    ...named.flatMap((name, index) =>
      names.includes(name)
        ? []
        : [`policies[${index}]: there is no policy ${name}. Did you mean ${closest(name, names)}?`],
    ),
  ];
}

/** What parameters without faults select. What is never exempted is never deselected either. */
export function readSelection(given: unknown, policies: readonly Configurable[]): Selection {
  const { data = {} } = parameters.safeParse(given);
  const { frameworks, minimumSeverity, policies: named = [] } = data;
  const criteria = [
    ...(frameworks === undefined ? [] : [`frameworks ${frameworks.join(", ")}`]),
    ...(minimumSeverity === undefined ? [] : [`minimumSeverity ${minimumSeverity}`]),
    ...(named.length === 0 ? [] : [`policies ${named.join(", ")}`]),
  ];
  const deselected = policies.filter((policy) => isExemptible(policy) && !isSelected(policy, data));
  return { by: criteria.join("; "), deselected: deselected.map(({ name }) => name) };
}

function isSelected({ name, severity = "low", framework }: Configurable, given: Given): boolean {
  const { frameworks, minimumSeverity = "low", policies = [] } = given;
  if (policies.includes(name)) return true;
  const isWanted =
    frameworks === undefined || (framework !== undefined && frameworks.includes(framework.name));
  return isWanted && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(minimumSeverity);
}

/** What is not evaluated, in one sentence; nothing where all is. */
export function selectionText({ by, deselected }: Selection): readonly string[] {
  return deselected.length === 0
    ? []
    : [`Not evaluated, since the policy pack's configuration selects by ${by}: ${deselected.join(", ")}.`];
}
