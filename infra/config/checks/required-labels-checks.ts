import { labelViolation } from "@attested-fhir/required-labels";
import { type Check, configIssue } from "./check.ts";

/** Constraints between the keys of `requiredLabels`. */

/** The stack's own namespaces must satisfy the rule that the stack enforces. */
const ownNamespacesSatisfyTheRule: Check = ({ requiredLabels }) => {
  const { key, value, allowedRegex } = requiredLabels ?? {};
  if (key === undefined || value === undefined || allowedRegex === undefined) return [];
  if (labelViolation({ key, allowedRegex }, new Map([[key, value]])) === undefined) return [];
  const why = `does not match allowedRegex = ${allowedRegex}, so the stack's own namespaces would be refused`;
  return [configIssue(["requiredLabels", "value"], why)];
};

const gatekeeperIsGivenWhereItRuns: Check = ({ requiredLabels }) => {
  if (requiredLabels?.engine === undefined) return [];
  const { engine, gatekeeper } = requiredLabels;
  if (engine === "gatekeeper" && gatekeeper === undefined) {
    return [configIssue(["requiredLabels", "gatekeeper"], "is missing: engine gatekeeper needs its images")];
  }
  if (engine !== "gatekeeper" && gatekeeper !== undefined) {
    const why = `is without effect with engine ${engine}: leave it out, or set engine: gatekeeper`;
    return [configIssue(["requiredLabels", "gatekeeper"], why)];
  }
  return [];
};

/** Every check of `requiredLabels` across keys. */
export const REQUIRED_LABELS_CHECKS: readonly Check[] = [
  ownNamespacesSatisfyTheRule,
  gatekeeperIsGivenWhereItRuns,
];
