import type { ReportViolation } from "@pulumi/policy";
import { type Configuration, exemptedPrefix } from "@attested-fhir/policy-config";
import type { Guardrail } from "../guardrail.ts";

/**
 * What the policy host (@pulumi/policy 1.21) takes in place of a message, although its types do not say so: a violation
 * with an enforcement level of its own. A host that took it for a message would report it as mandatory.
 */
type ReportAtLevel = (violation: {
  readonly message: string;
  readonly urn?: string | undefined;
  readonly enforcementLevel: "advisory";
}) => void;

/**
 * Reports the violations of a guardrail: one that the configuration exempts as an advisory one, with who exempts it, why
 * and until when.
 *
 * @param urn of the resource that violations without one are about
 */
export function exempting(
  { name, description }: Guardrail,
  { exemptions }: Configuration,
  urn: string | undefined,
  report: ReportViolation,
): ReportViolation {
  if (exemptions.all.length === 0) return report;
  return (message, at) => {
    const about = at ?? urn;
    const exemption = about === undefined ? undefined : exemptions.use(name, about);
    if (exemption === undefined) report(message, at);
    else {
      const text = `${description}\n${exemptedPrefix(exemption)}${message}`;
      (report as unknown as ReportAtLevel)({ message: text, urn: at, enforcementLevel: "advisory" });
    }
  };
}
