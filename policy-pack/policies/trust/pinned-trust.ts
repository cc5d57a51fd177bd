import { HELM_RELEASE, type Resource, ROOT, STACK, WORKLOAD_TYPES } from "@attested-fhir/stack-model";
import {
  type Configuration,
  listed,
  loweredTexts,
  readTrust,
  type Trust,
  TRUST_PROPERTIES,
} from "@attested-fhir/policy-config";
import { pulumiDocs } from "../../frameworks.ts";
import type { ResourceGuardrail } from "../../guardrail.ts";
import { declarationFaults } from "./declared-pins.ts";
import { identityFaults, projectFaults } from "./pinned-projects.ts";
import { imageFaults, mirrorFaults } from "./pinned-registries.ts";

/** The guardrail that keeps a program within what the pack's configuration pins; without a configuration it has nothing to say. */

export const trust: ResourceGuardrail = {
  kind: "resource",
  name: "trust",
  description:
    "Nothing is declared or used that the pack's configuration does not pin, and no level is lowered that it fixes.",
  severity: "critical",
  enforcement: "mandatory",
  exemptible: false,
  framework: pulumiDocs("Policy pack configuration", "--policy-pack-config"),
  remediation: [
    "Take out of the stack file what is not pinned, or out of stacks/policy.<stack>.json what lowers an enforcement level.",
    "If it is to be trusted from now on, have the owners of stacks/policy.<stack>.json pin it there.",
  ],
  parameters: {
    properties: TRUST_PROPERTIES,
    faults(parameters) {
      const read = readTrust(parameters);
      return "faults" in read ? read.faults : [];
    },
  },
  types: [STACK, ROOT, /^pulumi:providers:gcp$/, /^gcp:/, HELM_RELEASE, WORKLOAD_TYPES],
  check(resource, report, configuration) {
    for (const fault of faultsIn(resource, configuration)) report(fault);
  },
};

function faultsIn(resource: Resource, configuration: Configuration): readonly string[] {
  const pinned = configuration.trust;
  if (resource.type === STACK) return levelFaults(configuration);
  if (resource.type === ROOT)
    return [...declarationFaults(resource, pinned), ...imageFaults(resource, pinned)];
  if (resource.type.startsWith("kubernetes:")) return imageFaults(resource, pinned);
  return googleFaults(resource, pinned);
}

function googleFaults(resource: Resource, pinned: Trust): readonly string[] {
  return [
    ...projectFaults(resource, pinned),
    ...identityFaults(resource, pinned),
    ...mirrorFaults(resource, pinned),
  ];
}

function levelFaults({ trust: fixed, lowered, selection }: Configuration): readonly string[] {
  if (fixed.enforcementLevels !== "fixed") return [];
  const why = "which the pack's configuration forbids (enforcementLevels: fixed)";
  return [
    ...loweredTexts(lowered).map((change) => `enforcement levels are lowered, ${why}: ${change}`),
    ...(selection.deselected.length > 0
      ? [`guardrails are deselected, ${why}: ${listed(selection.deselected)} by ${selection.by}`]
      : []),
  ];
}
