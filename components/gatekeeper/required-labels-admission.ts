import * as pulumi from "@pulumi/pulumi";
import { ValidatingAdmissionPolicy } from "@pulumi/kubernetes/admissionregistration/v1/validatingAdmissionPolicy.js";
import { ValidatingAdmissionPolicyBinding } from "@pulumi/kubernetes/admissionregistration/v1/validatingAdmissionPolicyBinding.js";
import { type ConstraintEnforcement, validatingAdmissionPolicySpec } from "@attested-fhir/required-labels";

export interface RequiredLabelsAdmissionArgs {
  /** Name of policy and binding, `all-must-have-product`. */
  policyName: pulumi.Input<string>;
  /** Key of the label that every namespace must carry. */
  key: string;
  /** RE2 regular expression for its whole value, `^(celegans|neuroglass|cloudharness)$`. */
  allowedRegex: string;
  /** The message of a refusal. Defaults to one that names key and expression. */
  message?: string | undefined;
  /** `deny` refuses requests; `dryrun` warns the client and adds to the audit event. Defaults to `deny`. */
  enforcement?: ConstraintEnforcement | undefined;
  /** What happens where the expression cannot be evaluated. Defaults to `Fail`. */
  failurePolicy?: "Fail" | "Ignore" | undefined;
  /** Namespaces that the policy does not apply to: names, or their beginnings with `*`. */
  exemptNamespaces: readonly string[];
}

/**
 * A ValidatingAdmissionPolicy that requires a label of every namespace, and its binding: the same rule as
 * RequiredLabelsConstraint, evaluated by the API server itself, so that no webhook runs or fails.
 *
 * Source: Kubernetes documentation, "Validating Admission Policy"; seed 003 for the rule.
 */
export class RequiredLabelsAdmission extends pulumi.ComponentResource {
  /** Name of the policy, once it is bound. */
  declare readonly policyName: pulumi.Output<string>;

  constructor(name: string, args: RequiredLabelsAdmissionArgs, opts: pulumi.ComponentResourceOptions) {
    const { policyName, enforcement = "deny", failurePolicy = "Fail", exemptNamespaces, ...label } = args;
    super(
      "attested-fhir:gatekeeper:RequiredLabelsAdmission",
      name,
      { ...args, enforcement, failurePolicy },
      opts,
    );
    const policy = new ValidatingAdmissionPolicy(
      `${name}-policy`,
      {
        metadata: { name: policyName },
        spec: validatingAdmissionPolicySpec(label, failurePolicy, exemptNamespaces),
      },
      { parent: this },
    );
    const binding = new ValidatingAdmissionPolicyBinding(
      `${name}-binding`,
      {
        metadata: { name: policyName },
        spec: {
          policyName: policy.metadata.name,
          validationActions: enforcement === "deny" ? ["Deny"] : ["Warn", "Audit"],
        },
      },
      { parent: this },
    );
    this.policyName = binding.metadata.name;
    this.registerOutputs({ policyName: this.policyName });
  }
}
