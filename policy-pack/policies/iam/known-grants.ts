import { formatValue, propertyAt, type Resource, UNKNOWN } from "@attested-fhir/stack-model";
import { nist } from "../../frameworks.ts";
import type { StackGuardrail } from "../../guardrail.ts";
import { GRANTING, iamGrants } from "./iam-grants.ts";

/** The guardrail on grants whose role or member the update itself makes: what they are taken from has to be known. */

const CUSTOM_ROLE = /^gcp:(?:projects|organizations)\/iAMCustomRole:IAMCustomRole$/;
/** What has an email of its own, and is no more than one member. */
const ACCOUNT = /^gcp:(?:serviceaccount\/account:Account|projects\/serviceIdentity:ServiceIdentity)$/;

export const grantsKnown: StackGuardrail = {
  kind: "stack",
  name: "grants-known",
  description:
    "The role and the members of every grant are known before the update, or are a custom role and service accounts that the stack makes.",
  severity: "high",
  enforcement: "mandatory",
  framework: nist("AC-6", "Least Privilege"),
  remediation: [
    "Set the role and the members to texts that do not depend on what the update makes: serviceAccount:ID@PROJECT.iam.gserviceaccount.com.",
    "Or take the role from a custom role of the same stack, and the members from its service accounts.",
  ],
  cannotPrevent: "nothing: in an update every role and member is known before its grant is created",
  check(resources, report) {
    const byUrn = new Map(resources.map((one) => [one.urn, one]));
    for (const grant of resources.filter(({ type }) => GRANTING.test(type))) {
      const sources = (grant.dependencies ?? []).flatMap((urn) => byUrn.get(urn) ?? []);
      for (const message of unknownParts(grant, sources)) report(message, grant);
    }
  },
};

/** @param sources the resources that the grant is made from */
function unknownParts(grant: Resource, sources: readonly Resource[]): readonly string[] {
  if (propertyAt(grant.props, "policyData") === UNKNOWN)
    return [`policyData is ${formatValue(UNKNOWN)}, not a policy whose bindings can be evaluated`];
  const unknown = (value: unknown) => value === UNKNOWN;
  const accounts = sources.filter(({ type }) => ACCOUNT.test(type));
  return iamGrants(grant).flatMap(({ role, members }) => [
    ...(unknown(role) && !sources.some(({ type }) => CUSTOM_ROLE.test(type))
      ? [`role is ${formatValue(UNKNOWN)}, and no custom role of the stack is among its dependencies`]
      : []),
    ...(members.filter(unknown).length > accounts.length
      ? [
          `a member of ${formatValue(role)} is ${formatValue(UNKNOWN)}, and no service account of the stack is among its dependencies`,
        ]
      : []),
  ]);
}
