import type { Guardrail } from "../../policy-pack/guardrail.ts";
import { table } from "./markdown.ts";

const INTRODUCTION = `Every guardrail is mandatory, but for those that only inform: a violation stops an update. They need no settings: a stack declares what they evaluate it against. What a program declares about its own trust can be pinned in \`stacks/policy.<stack>.json\`, which other people own; the same file may lower an enforcement level, which every preview lists, or forbid that: [trust](trust.md).

A **resource** guardrail evaluates a resource by itself before it is created; an **ordered** one together with the resources that were registered before it; a **stack** guardrail evaluates the whole stack at the end of the preview, and of the update. A **stack, before** guardrail does both: whatever is decided already when a resource is registered keeps it from being created, with \`pulumi up --skip-preview\` too.

The order in which a program's resources are registered is guaranteed by \`dependsOn\`, and by inputs that are outputs of other resources. What a resource needs and was registered later counts as missing, so add it to \`dependsOn\`: the admission policy to a cluster, network policies and attestations to the workloads.`;

const UNPREVENTED = `An update without a preview has created, changed and deleted resources by the time that a stack guardrail evaluates the stack. Each of these reports afterwards only:`;

/** docs/guardrails.md: every guardrail of the pack, from its metadata. */
export function guardrailsPage(guardrails: readonly Guardrail[]): string {
  const rows = guardrails.map((guardrail) => {
    const { name, severity, description, framework } = guardrail;
    return [
      `\`${name}\``,
      severity,
      kindText(guardrail),
      description,
      [framework.name, framework.version, framework.reference].filter(Boolean).join(" "),
    ];
  });
  const unprevented = guardrails.flatMap((guardrail) =>
    guardrail.kind === "stack" ? [[`\`${guardrail.name}\``, guardrail.cannotPrevent]] : [],
  );
  const remediation = guardrails.map(({ name, remediation: steps }) =>
    [`### \`${name}\``, steps.map((step) => `- ${step}`).join("\n")].join("\n\n"),
  );
  return [
    "# Guardrails",
    INTRODUCTION,
    table(["Guardrail", "Severity", "Kind", "What holds", "Reference"], rows),
    "## What an update without a preview does first",
    UNPREVENTED,
    table(["Guardrail", "Cannot prevent"], unprevented),
    "## Remediation",
    ...remediation,
  ].join("\n\n");
}

function kindText(guardrail: Guardrail): string {
  return guardrail.kind === "stack" && guardrail.before !== undefined ? "stack, before" : guardrail.kind;
}
