import { INTERACTIONS, type Interaction } from "@attested-fhir/cilium-access/probes";

/** Grants: who may do what with which record, as a stack declares it. Pure data and its checks. */

export { INTERACTIONS, type Interaction };

/** Allows the pods of an organisation some interactions with one record of one server, and nothing else. */
export interface Grant {
  /** The organisation: the value of the label `org` of its pods. */
  readonly org: string;
  /** The record's type, `Patient`. */
  readonly resourceType: string;
  /** The record's id, 1 to 64 letters, digits, `-` and `.`. */
  readonly id: string;
  /** What may be done with the record; at least one. */
  readonly interactions: readonly Interaction[];
  /** Name of the server that holds the record. */
  readonly server: string;
  /** Name of the policy that allows the egress of the organisation's pods. Defaults to `fhir-` and the organisation. */
  readonly policy?: string | undefined;
}

/** An invalid value: where it is, and a message that states what would be valid. */
export interface GrantIssue {
  /** The keys that lead to the value: `["grants", 0, "id"]`. */
  readonly path: readonly PropertyKey[];
  /** Completes the sentence that the value begins: "is not …". */
  readonly message: string;
}

/** The syntax of a Kubernetes label value. */
export const LABEL_VALUE = /^[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/;

const POLICY_NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;
const RESOURCE_TYPE = /^[A-Z][A-Za-z]{0,63}$/;
// FHIR R5, datatypes, id.
const ID = /^[A-Za-z0-9.-]{1,64}$/;

/** A description of the grant, for messages. */
export function describeGrant({ org, resourceType, id, server }: Grant): string {
  return `the grant of ${resourceType}/${id} on ${server} to ${org}`;
}

/** The name of the policy that allows the egress of a grant's organisation. */
export function grantPolicyName({ org, policy }: Grant): string {
  return policy ?? `fhir-${org}`;
}

/** The issues of a grant's form, each with the key of the grant that it is about. */
export function grantIssues(grant: Grant): GrantIssue[] {
  const fault = (key: keyof Grant, message: string): GrantIssue => ({ path: [key], message });
  return [
    ...(LABEL_VALUE.test(grant.org) ? [] : [fault("org", "is not the value of a Kubernetes label")]),
    ...(RESOURCE_TYPE.test(grant.resourceType)
      ? []
      : [fault("resourceType", "is not a FHIR resource type: an upper-case letter, then letters")]),
    ...idFaults(grant.id).map((message) => fault("id", message)),
    ...interactionFaults(grant.interactions).map((message) => fault("interactions", message)),
    ...policyNameFaults(grant).map((message) => fault("policy", message)),
  ];
}

function idFaults(id: string): string[] {
  if (!ID.test(id)) return ['is not a FHIR id: 1 to 64 letters, digits, "-" and "."'];
  // Envoy normalizes paths before it matches them, so no rule would ever match such a record.
  return id === "." || id === ".." ? ["is a relative path segment in a URL, not a record"] : [];
}

function interactionFaults(interactions: readonly string[]): string[] {
  const allowed = INTERACTIONS.join(", ");
  if (interactions.length === 0) return [`is empty: name at least one of ${allowed}`];
  const known: readonly string[] = INTERACTIONS;
  return interactions
    .filter((interaction) => !known.includes(interaction))
    .map((interaction) => `contains "${interaction}", which is not one of ${allowed}`);
}

function policyNameFaults(grant: Grant): string[] {
  const name = grantPolicyName(grant);
  if (POLICY_NAME.test(name)) return [];
  return [
    grant.policy === undefined
      ? `is missing, and "${name}" is not a valid policy name: lower-case letters, digits, "-" and "."`
      : 'is not a valid policy name: lower-case letters, digits, "-" and "."',
  ];
}
