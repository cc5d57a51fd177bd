import { SELECTION_PROPERTIES, selectionFaults, selectionText } from "@attested-fhir/policy-config";
import { STACK } from "@attested-fhir/stack-model";
import { pulumiDocs } from "../../frameworks.ts";
import type { ResourceGuardrail } from "../../guardrail.ts";

/** The guardrail that lists, once for each run, which guardrails the pack's configuration deselects. */
export const selection: ResourceGuardrail = {
  kind: "resource",
  name: "selection",
  description: "Every guardrail of the pack is evaluated.",
  severity: "low",
  enforcement: "advisory",
  informs: true,
  framework: pulumiDocs("Policy pack configuration", "--policy-pack-config"),
  remediation: [
    "Select by another framework or severity in stacks/policy.<stack>.json, or take selection out.",
  ],
  parameters: { properties: SELECTION_PROPERTIES, faults: selectionFaults },
  types: [STACK],
  check(_stack, report, { trust, selection: selected }) {
    // Where levels are fixed, all are evaluated, and `trust` reports the attempt.
    if (trust.enforcementLevels !== "fixed") for (const text of selectionText(selected)) report(text);
  },
};
