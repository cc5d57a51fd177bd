import { type RequiredLabel, requirementMessage } from "./required-label.ts";

/**
 * The requirement for Gatekeeper: the ConstraintTemplate with the rule in Rego, and the Constraint with its parameters,
 * named as in Gatekeeper's policy library.
 *
 * Source: seed 003; Gatekeeper documentation, "Constraint Templates" and "How to use Gatekeeper".
 */

/** The kind that the template defines, and that its Constraints have. */
export const CONSTRAINT_KIND = "K8sRequiredLabels";

/** Name of the template; Gatekeeper requires the kind in lower case. */
export const TEMPLATE_NAME = "k8srequiredlabels";

const REGO = `package k8srequiredlabels

violation contains {"msg": input.parameters.message} if {
	some label in input.parameters.labels
	not satisfied(label)
}

satisfied(label) if {
	value := input.review.object.metadata.labels[label.key]
	regex.match(label.allowedRegex, value)
}
`;

/** What Gatekeeper does with a violation: refuse the request, or report it in the Constraint's status only. */
export type ConstraintEnforcement = "deny" | "dryrun";

/** The ConstraintTemplate's spec. */
export function constraintTemplate() {
  return {
    crd: {
      spec: {
        names: { kind: CONSTRAINT_KIND },
        validation: { openAPIV3Schema: PARAMETERS },
      },
    },
    targets: [
      {
        target: "admission.k8s.gatekeeper.sh",
        code: [{ engine: "Rego", source: { version: "v1", rego: REGO } }],
      },
    ],
  };
}

const PARAMETERS = {
  type: "object",
  required: ["message", "labels"],
  properties: {
    message: { type: "string", description: "The message of a refusal." },
    labels: {
      type: "array",
      minItems: 1,
      description: "The labels that an object must carry.",
      items: {
        type: "object",
        required: ["key", "allowedRegex"],
        properties: {
          key: { type: "string", description: "Key of the label." },
          allowedRegex: { type: "string", description: "RE2 regular expression for the value." },
        },
      },
    },
  },
};

/** The Constraint's spec, as Gatekeeper takes it. */
export interface ConstraintSpec {
  readonly enforcementAction: ConstraintEnforcement;
  readonly match: {
    readonly kinds: readonly { readonly apiGroups: readonly string[]; readonly kinds: readonly string[] }[];
    readonly excludedNamespaces: readonly string[];
  };
  readonly parameters: {
    readonly message: string;
    readonly labels: readonly { readonly key: string; readonly allowedRegex: string }[];
  };
}

/** The Constraint that requires a label of every namespace that is not exempt. */
export function constraintSpec(
  label: RequiredLabel,
  enforcementAction: ConstraintEnforcement,
  exemptions: readonly string[],
): ConstraintSpec {
  return {
    enforcementAction,
    match: {
      kinds: [{ apiGroups: [""], kinds: ["Namespace"] }],
      excludedNamespaces: exemptions,
    },
    parameters: {
      message: requirementMessage(label),
      labels: [{ key: label.key, allowedRegex: label.allowedRegex }],
    },
  };
}
