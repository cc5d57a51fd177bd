import { reportUnknownAccess } from "@attested-fhir/stack-model";
import { nist } from "../../frameworks.ts";
import type { StackGuardrail } from "../../guardrail.ts";
import { unknownAccess } from "../cilium/registered-servers.ts";

/** The guardrail on what the other guardrails on access need to know. */

export const accessEvaluable: StackGuardrail = {
  kind: "stack",
  name: "access-evaluable",
  description:
    "Everything that decides about access to the FHIR servers is known before the update and can be evaluated; otherwise no guardrail on access is.",
  severity: "critical",
  enforcement: "mandatory",
  levelFixed: true,
  needs: ["fhirServers"],
  framework: nist("AC-3", "Access Enforcement"),
  remediation: [
    "Set what the message names to a value that does not depend on what the update makes.",
    "Take out a kind of object that is not evaluated, and what changes an object that the stack does not have.",
  ],
  cannotPrevent: "an unreadable declaration, whose root component holds nothing yet",
  before: unknownAccess,
  check(resources, report) {
    reportUnknownAccess(resources, report);
  },
};
