import { hasDeclaration, ROOT } from "@attested-fhir/stack-model";
import { pulumiDocs } from "../../frameworks.ts";
import type { Guardrail, StackGuardrail } from "../../guardrail.ts";

/**
 * The guardrail that lists, once for each run, which others do not apply, as the stack has no root component.
 *
 * @param others of the pack
 */
export function guardrailsNotApplicable(others: readonly Guardrail[]): StackGuardrail {
  return {
    kind: "stack",
    cannotPrevent: "nothing: it only informs",
    name: "guardrails-not-applicable",
    description: "Every guardrail of the pack applies, or is listed with the declaration that it needs.",
    severity: "low",
    enforcement: "advisory",
    informs: true,
    framework: pulumiDocs("Component resources", "Inputs"),
    remediation: [
      `Declare what is listed by the component ${ROOT}, if the stack has what the guardrails protect.`,
    ],
    check(resources, report, { trust }) {
      if (hasDeclaration(resources)) return;
      // What is pinned needs no declaration.
      const pinned = new Set([...Object.keys(trust), ...(trust.signers === undefined ? [] : ["signer"])]);
      const needing = others.flatMap(({ name, needs = [] }) =>
        needs.every((section) => pinned.has(section)) ? [] : [`${name} (${needs.join(", ")})`],
      );
      if (needing.length === 0) return;
      report(
        `These guardrails do not apply, as the stack has no root component (${ROOT}) that declares what they need: ${needing.join(", ")}.`,
      );
    },
  };
}
