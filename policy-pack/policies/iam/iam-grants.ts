import { checkov } from "../../frameworks.ts";
import type { ResourceGuardrail } from "../../guardrail.ts";
import {
  propertyAt,
  listItems,
  type Resource,
  formatValue,
  type PropertyValue,
} from "@attested-fhir/stack-model";

/**
 * Guardrails on grants, in whatever IAM resource they are made. A member that is made by the same update is
 * not known in a preview: it is evaluated during the update, before the grant is made, and in the preview by
 * grants-known.
 */

/** Types of the resources that grant roles: members, bindings and whole policies. */
export const GRANTING = /^gcp:.*(?:IAM|Iam)(?:Member|Binding|Policy)$/;

/** A role and who gets it. */
export interface IamGrant {
  readonly role: PropertyValue;
  readonly members: readonly PropertyValue[];
}

/** The grants of an IAM resource; none that can be seen where a whole policy is not known yet. */
export function iamGrants({ props }: Resource): readonly IamGrant[] {
  const data = propertyAt(props, "policyData");
  if (typeof data === "string") {
    return policyBindings(data).map((binding) => ({
      role: propertyAt(binding, "role"),
      members: listItems(propertyAt(binding, "members")),
    }));
  }
  if (data !== undefined) return [];
  return [
    {
      role: propertyAt(props, "role"),
      members: [...listItems(propertyAt(props, "member")), ...listItems(propertyAt(props, "members"))],
    },
  ];
}

/** The bindings of an IAM policy in JSON. What is no policy has none, and Google refuses it. */
function policyBindings(json: string): readonly PropertyValue[] {
  try {
    return listItems(propertyAt(JSON.parse(json) as PropertyValue, "bindings"));
  } catch {
    return [];
  }
}

const PUBLIC = ["allUsers", "allAuthenticatedUsers"];

export const noPublicMembers: ResourceGuardrail = {
  kind: "resource",
  name: "no-public-members",
  description: "No role is granted to allUsers or allAuthenticatedUsers.",
  severity: "critical",
  enforcement: "mandatory",
  framework: checkov(
    "CKV_GCP_112",
    "Ensure KMS policy should not allow public access; CKV2_GCP_6; CKV_GCP_84; CKV_GCP_99; CKV_GCP_101",
  ),
  remediation: ["Name the principals: serviceAccount:…, group:… or principalSet:…."],
  types: [GRANTING],
  check(resource, report) {
    for (const { role, members } of iamGrants(resource)) {
      for (const member of PUBLIC.filter((one) => members.includes(one))) {
        report(
          `${typeof role === "string" ? role : "a role"} is granted to ${member}, not to named principals`,
        );
      }
    }
  },
};

const BASIC = ["roles/owner", "roles/editor", "roles/viewer"];

export const noBasicRoles: ResourceGuardrail = {
  kind: "resource",
  name: "no-basic-roles",
  description:
    "No basic role (owner, editor, viewer) is granted: each reaches across every service of a project.",
  severity: "high",
  enforcement: "mandatory",
  framework: checkov(
    "CKV_GCP_117",
    "Ensure basic roles are not used at project level; CKV_GCP_115; CKV_GCP_116",
  ),
  remediation: [
    "Grant a predefined or custom role that holds what the principal does, on the resource that it does it to.",
  ],
  types: [GRANTING],
  check(resource, report) {
    for (const { role } of iamGrants(resource)) {
      if (typeof role === "string" && BASIC.includes(role))
        report(`role is ${formatValue(role)}, a basic role, not a predefined or custom one`);
    }
  },
};

const IMPERSONATING = [
  "roles/iam.serviceAccountTokenCreator",
  "roles/iam.serviceAccountOpenIdTokenCreator",
  "roles/iam.serviceAccountUser",
  "roles/iam.workloadIdentityUser",
];

export const noProjectWideImpersonation: ResourceGuardrail = {
  kind: "resource",
  name: "no-project-wide-impersonation",
  description:
    "No role that allows impersonation is granted on all service accounts of a project, folder or organization.",
  severity: "critical",
  enforcement: "mandatory",
  framework: checkov(
    "CKV_GCP_41",
    "Ensure Service Account User and Token Creator are not granted at project level; CKV_GCP_49",
  ),
  remediation: [
    "Grant the role on the one service account that is to be acted for (gcp.serviceaccount.IAMMember).",
  ],
  types: [/^gcp:(?:projects|folder|organizations)\/iAM(?:Member|Binding|Policy):IAM/],
  check(resource, report) {
    for (const { role } of iamGrants(resource)) {
      if (typeof role === "string" && IMPERSONATING.includes(role))
        report(`${role} is granted on all service accounts at once: grant it on one`);
    }
  },
};
