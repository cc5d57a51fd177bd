import { GATEWAY_LABELS } from "../../../components/smart/web-gateway-labels.ts";
import { recordPath } from "../../../components/fhir/fhir-record.ts";
import type { StackConfig } from "../stack-config.ts";
import { grantsApply } from "../effective-grants.ts";
import { type ConfigIssue, suggestion } from "../errors.ts";

/** Grants and clients that are well formed and match nothing, mostly because of a typo. */

/** Grants to organisations that no client belongs to. Clients of other stacks are not known here. */
export function grantsHaveClients({ grants, fhirClients, smart }: StackConfig): ConfigIssue[] {
  const gateway = smart === undefined ? [] : [GATEWAY_LABELS.org];
  const orgs = [...new Set([...Object.values(fhirClients).map(({ org }) => org), ...gateway])];
  return grants.flatMap(({ org }, index) => {
    if (orgs.includes(org)) return [];
    const message = `is not the org of any client in fhirClients${suggestion(org, orgs)}`;
    return [{ path: ["grants", index, "org"], message }];
  });
}

/** Clients whose requests are all denied. */
export function clientsHaveGrants(config: StackConfig): ConfigIssue[] {
  if (!grantsApply(config)) return [];
  const orgs = [...new Set(config.grants.map(({ org }) => org))];
  return Object.entries(config.fhirClients).flatMap(([name, { org }]) => {
    if (orgs.includes(org)) return [];
    const message = `has no grant, so every request of this client is denied${suggestion(org, orgs)}`;
    return [{ path: ["fhirClients", name, "org"], message }];
  });
}

/**
 * Grants on records that nothing else in the stack names. A record is named where it is registered, where a record
 * that is registered refers to it, where a client requests it, and where it is granted to another organisation.
 */
export function grantedRecordsAreNamedElsewhere({
  grants,
  fhirClients,
  fhirRecords,
}: StackConfig): ConfigIssue[] {
  const named = new Set([
    ...fhirRecords.flatMap(({ record }) => [recordPath(record), ...referencesIn(record)]),
    ...Object.values(fhirClients).map(({ patient: id }) => `Patient/${id}`),
  ]);
  return grants.flatMap((grant, index) => {
    const path = recordPath(grant);
    const others = grants.filter(({ org }) => org !== grant.org).map(recordPath);
    if (named.has(path) || others.includes(path)) return [];
    const message = `${path} is neither registered by fhirRecords nor named by a client, a registered record or a grant to another organisation${suggestion(path, [...named])}`;
    return [{ path: ["grants", index, "id"], message }];
  });
}

/** The relative references in a record, `Patient/DarthVader`; a version after them is left out. */
function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) => {
    if (key !== "reference" || typeof part !== "string") return referencesIn(part);
    const [reference] = /^[A-Za-z]+\/[A-Za-z0-9.-]{1,64}/.exec(part) ?? [];
    return reference === undefined ? [] : [reference];
  });
}
