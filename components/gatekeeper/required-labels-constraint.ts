import * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import {
  CONSTRAINT_KIND,
  type ConstraintEnforcement,
  constraintSpec,
  constraintTemplate,
  TEMPLATE_NAME,
} from "@attested-fhir/required-labels";
import { after } from "../after.ts";

export interface RequiredLabelsConstraintArgs {
  /** Name of the Constraint, `all-must-have-product`; once Gatekeeper is ready. */
  constraintName: pulumi.Input<string>;
  /** Known once Gatekeeper is ready, and its CRDs are served. */
  gatekeeperReady: pulumi.Input<unknown>;
  /** Key of the label that every namespace must carry. */
  key: string;
  /** RE2 regular expression for its whole value, `^(celegans|neuroglass|cloudharness)$`. */
  allowedRegex: string;
  /** The message of a refusal. Defaults to one that names key and expression. */
  message?: string | undefined;
  /** `deny` refuses requests; `dryrun` only reports violations in the Constraint's status. Defaults to `deny`. */
  enforcement?: ConstraintEnforcement | undefined;
  /** Namespaces that the Constraint does not apply to: names, or their beginnings with `*`. */
  exemptNamespaces: readonly string[];
}

/**
 * Gatekeeper's ConstraintTemplate `k8srequiredlabels`, and the Constraint that requires a label of every namespace. The
 * Constraint is created once Gatekeeper has created its CRD from the template.
 *
 * Source: seed 003, `all-must-have-product`; Gatekeeper documentation, "How to use Gatekeeper".
 */
export class RequiredLabelsConstraint extends pulumi.ComponentResource {
  /** Name of the Constraint, once it is applied. */
  declare readonly constraintName: pulumi.Output<string>;

  constructor(name: string, args: RequiredLabelsConstraintArgs, opts: pulumi.ComponentResourceOptions) {
    const { gatekeeperReady, ...inputs } = args;
    const { constraintName, enforcement = "deny", exemptNamespaces, ...label } = inputs;
    super("attested-fhir:gatekeeper:RequiredLabelsConstraint", name, { ...inputs, enforcement }, opts);
    const template = new CustomResource(
      `${name}-template`,
      {
        apiVersion: "templates.gatekeeper.sh/v1",
        kind: "ConstraintTemplate",
        metadata: {
          name: after(TEMPLATE_NAME, [gatekeeperReady]),
          // Gatekeeper reports that it has created the CRD of the Constraint.
          annotations: { "pulumi.com/waitFor": "jsonpath={.status.created}=true" },
        },
        spec: constraintTemplate(),
      },
      { parent: this },
    );
    const constraint = new CustomResource(
      `${name}-constraint`,
      {
        apiVersion: "constraints.gatekeeper.sh/v1beta1",
        kind: CONSTRAINT_KIND,
        metadata: { name: after(constraintName, [template.id]) },
        spec: constraintSpec(label, enforcement, exemptNamespaces),
      },
      { parent: this, dependsOn: [template] },
    );
    this.constraintName = constraint.metadata.name;
    this.registerOutputs({ constraintName: this.constraintName });
  }
}
