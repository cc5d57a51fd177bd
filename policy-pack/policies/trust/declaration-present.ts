import { ROOT } from "@attested-fhir/stack-model";
import type { Trust } from "@attested-fhir/policy-config";
import { pulumiDocs } from "../../frameworks.ts";
import type { StackGuardrail } from "../../guardrail.ts";

/** Sections that pin nothing unless the program declares them: without a declaration, guardrails on them do not apply. */
const DECLARED = ["separateDuties", "grants", "systemNamespaces", "senders", "accessMode"] as const;

/** The guardrail by which no program escapes what is pinned by declaring nothing. */
export const declarationPresent: StackGuardrail = {
  kind: "stack",
  name: "declaration-present",
  description: "Where the pack's configuration pins what a root component declares, the stack has one.",
  severity: "critical",
  enforcement: "mandatory",
  exemptible: false,
  framework: pulumiDocs("Policy pack configuration", "--policy-pack-config"),
  remediation: [
    `Create the component ${ROOT} in the program, with what it is to be: see docs/components.md.`,
    "For a program without one, leave out of stacks/policy.<stack>.json what only a root component declares.",
  ],
  cannotPrevent: "anything: that a root component is missing shows at the end",
  check(resources, report, { trust }) {
    const pinned = declaredPins(trust);
    if (pinned.length === 0 || resources.some(({ type }) => type === ROOT)) return;
    report(
      `the stack has no root component (${ROOT}), and the policy pack's configuration pins what one declares: ${pinned.join(", ")}`,
    );
  },
};

function declaredPins(trust: Trust): readonly string[] {
  const withRoles = trust.projects?.some(({ roles = [] }) => roles.length > 0) ?? false;
  return [
    ...(withRoles ? ["the roles of projects"] : []),
    ...DECLARED.filter((section) => trust[section] !== undefined),
  ];
}
