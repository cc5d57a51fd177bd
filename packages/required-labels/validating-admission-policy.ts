import { type RequiredLabel, requirementMessage } from "./required-label.ts";

/**
 * The requirement for the API server itself, in CEL, without a webhook.
 *
 * Source: Kubernetes documentation, "Validating Admission Policy"; CEL's language definition (string literals, `matches`).
 */

/** The ValidatingAdmissionPolicy's spec, which requires a label of every namespace that is not exempt. */
export function validatingAdmissionPolicySpec(
  label: RequiredLabel,
  failurePolicy: "Fail" | "Ignore",
  exemptions: readonly string[],
) {
  const key = literal(label.key);
  return {
    failurePolicy,
    matchConstraints: {
      resourceRules: [
        { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["namespaces"] },
      ],
    },
    matchConditions: [{ name: "not-exempt", expression: notExempt(exemptions) }],
    validations: [
      {
        expression:
          `has(object.metadata.labels) && ${key} in object.metadata.labels && ` +
          `object.metadata.labels[${key}].matches(${literal(label.allowedRegex)})`,
        message: requirementMessage(label),
        reason: "Forbidden",
      },
    ],
  };
}

function notExempt(exemptions: readonly string[]): string {
  const names = exemptions.filter((exemption) => !exemption.endsWith("*"));
  const prefixes = exemptions.filter((exemption) => exemption.endsWith("*"));
  return (
    [
      ...(names.length > 0 ? [`!(object.metadata.name in [${names.map(literal).join(", ")}])`] : []),
      ...prefixes.map((prefix) => `!object.metadata.name.startsWith(${literal(prefix.slice(0, -1))})`),
    ].join(" && ") || "true"
  );
}

/** A text as a string literal of CEL, whose escapes JSON's are a part of. */
function literal(text: string): string {
  return JSON.stringify(text);
}
