import type { Grant } from "../../components/cilium/grant.ts";
import { type FhirRecord, REGISTRATION } from "../../components/fhir/fhir-record.ts";
import type { StackConfig } from "./stack-config.ts";

/** The keys of a stack that decide whether requests need a grant; invalid ones are undefined. */
interface Denial {
  readonly grants?: readonly unknown[] | undefined;
  readonly denyAll?: boolean | undefined;
  readonly cilium?: { readonly policyEnforcementMode?: string | undefined } | undefined;
}

/**
 * Whether anything is denied that no grant allows: all traffic, by denyAll or by Cilium's enforcement mode, or requests to the
 * server, for which the first grant turns default deny on.
 */
export function grantsApply({ grants = [], denyAll, cilium }: Denial): boolean {
  return grants.length > 0 || denyAll === true || cilium?.policyEnforcementMode === "always";
}

/** What the job that registers a record may do: change that record, and nothing else. */
export function registrationGrant({ resourceType, id }: FhirRecord, server: string): Grant {
  return { org: REGISTRATION.org, resourceType, id, interactions: ["update"], server };
}

/**
 * The grants in effect: those that the stack declares, and one for each record that it registers. Where nothing is
 * denied there are no policies, and no grant is needed.
 */
export function effectiveGrants(config: StackConfig): Grant[] {
  const { grants, fhirRecords, fhirServer } = config;
  if (fhirServer === undefined || !grantsApply(config)) return [];
  return [...grants, ...fhirRecords.map(({ record }) => registrationGrant(record, fhirServer.name))];
}
