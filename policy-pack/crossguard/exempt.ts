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

/** Takes a violation: the message, the URN of the resource where it is another, and the level where it is another. */
export type Report = (message: string, urn?: string, level?: "advisory") => void;

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
): Report {
  const seen = new Set<string>();
  return (given, at, level) => {
    const message = shortened(given);
    const about = at ?? urn;
    // Several ways may lead to the same violation.
    if (seen.has(`${about ?? ""} ${message}`)) return;
    seen.add(`${about ?? ""} ${message}`);
    const exemption = about === undefined ? undefined : exemptions.use(name, about);
    const prefix = exemption === undefined ? "" : exemptedPrefix(exemption);
    if (exemption === undefined && level === undefined) report(message, at);
    else {
      const text = `${description}\n${prefix}${message}`;
      (report as unknown as ReportAtLevel)({ message: text, urn: at, enforcementLevel: "advisory" });
    }
  };
}

/** The longest message: a value that is part of it may have any length. */
const LONGEST = 2000;

function shortened(message: string): string {
  if (message.length <= LONGEST) return message;
  return `${message.slice(0, LONGEST)}… (${message.length} characters)`;
}
