import type { Guardrail } from "../../policy-pack/guardrail.ts";
import { table } from "./markdown.ts";

const INTRODUCTION = `Every guardrail is mandatory, but for those that only inform: a violation stops an update. They need no settings: a stack declares what they evaluate it against. What a program declares about its own trust can be pinned in \`stacks/policy.<stack>.json\`, which other people own; the same file may lower an enforcement level, which every preview lists, or forbid that: [trust](trust.md).

A **resource** guardrail evaluates a resource before it is created. A **stack** guardrail evaluates the whole stack at the end of the preview, and of the update.`;

/** docs/guardrails.md: every guardrail of the pack, from its metadata. */
export function guardrailsPage(guardrails: readonly Guardrail[]): string {
  const rows = guardrails.map(({ name, severity, kind, description, framework }) => [
    `\`${name}\``,
    severity,
    kind,
    description,
    [framework.name, framework.version, framework.reference].filter(Boolean).join(" "),
  ]);
  const remediation = guardrails.map(({ name, remediation: steps }) =>
    [`### \`${name}\``, steps.map((step) => `- ${step}`).join("\n")].join("\n\n"),
  );
  return [
    "# Guardrails",
    INTRODUCTION,
    table(["Guardrail", "Severity", "Kind", "What holds", "Reference"], rows),
    "## Remediation",
    ...remediation,
  ].join("\n\n");
}
