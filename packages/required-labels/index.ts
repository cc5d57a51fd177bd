export { labelViolation, regexIssue, type RequiredLabel, requirementMessage } from "./required-label.ts";
export { exemptionIssue, isExempt, SYSTEM_NAMESPACES } from "./exempt-namespaces.ts";
export {
  type ConstraintEnforcement,
  constraintSpec,
  CONSTRAINT_KIND,
  type ConstraintSpec,
  constraintTemplate,
  TEMPLATE_NAME,
} from "./constraint.ts";
export { validatingAdmissionPolicySpec } from "./validating-admission-policy.ts";
