import { ROOT } from "@attested-fhir/stack-model";
import { pulumiDocs } from "../../frameworks.ts";
import type { OrderedGuardrail } from "../../guardrail.ts";

/** The guardrail on the order of the declaration: what is registered before it was evaluated without it. */
export const declarationFirst: OrderedGuardrail = {
  kind: "ordered",
  name: "declaration-first",
  description:
    "The root component, which declares what the stack is, is registered before what it decides about.",
  severity: "high",
  enforcement: "mandatory",
  framework: pulumiDocs("Resource options: parent", "dependsOn"),
  remediation: ["Give every resource the root component as a parent, or add it to the resource's dependsOn."],
  types: [ROOT],
  check(_root, registered, report) {
    const earlier = registered.ofTypes(/^(?:gcp|kubernetes):/);
    const [first] = earlier;
    if (first === undefined) return;
    const others = earlier.length === 1 ? "" : ` and ${earlier.length - 1} more`;
    report(
      `${first.name} (${first.type})${others} registered before the root component, and evaluated without what it declares: give ${others === "" ? "it" : "them"} the root component as a parent`,
    );
  },
};
