import { EXEMPTIONS_PROPERTIES, exemptionsFaults } from "@attested-fhir/policy-config";
import { STACK } from "@attested-fhir/stack-model";
import { nist } from "../../frameworks.ts";
import type { ResourceGuardrail, StackGuardrail } from "../../guardrail.ts";

/** Guardrails on the exemptions in the pack's configuration. No configuration lowers their enforcement level. */

const FRAMEWORK = nist("CA-5", "Plan of Action and Milestones");

export const exemptions: ResourceGuardrail = {
  kind: "resource",
  name: "exemptions",
  description: "No exemption has expired, and each names the type and the name of what it exempts.",
  severity: "high",
  enforcement: "mandatory",
  levelFixed: true,
  framework: FRAMEWORK,
  remediation: [
    "Fix the violation that was exempted, and take the exemption out of stacks/policy.<stack>.json.",
    "Or have its owner renew it with another day in expires, or narrow its URN pattern.",
  ],
  parameters: { properties: EXEMPTIONS_PROPERTIES, faults: exemptionsFaults },
  types: [STACK],
  check(_stack, report, configuration) {
    for (const fault of configuration.exemptions.faults()) report(fault);
  },
};

/** Last of all guardrails, when it is known what each exemption was used for. */
export const exemptionsUsed: StackGuardrail = {
  kind: "stack",
  name: "exemptions-used",
  description:
    "Every exemption exempts a violation, and none with a wildcard exempts all resources of a type.",
  severity: "medium",
  enforcement: "mandatory",
  levelFixed: true,
  framework: FRAMEWORK,
  remediation: [
    "Take an unused exemption out of stacks/policy.<stack>.json.",
    "Name the resources that an over-broad one is meant for, each by its URN.",
  ],
  cannotPrevent: "nothing: it is about the configuration",
  check(resources, report, configuration) {
    const byType = Map.groupBy(resources, ({ type }) => type);
    const urns = new Map([...byType].map(([type, all]) => [type, all.map(({ urn }) => urn)]));
    for (const fault of configuration.exemptions.faultsAtEnd(urns)) report(fault);
  },
};
