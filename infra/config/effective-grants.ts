import type { Grant } from "../../components/cilium/grant.ts";
import type { FhirRecord } from "../../components/fhir/fhir-record.ts";
import { REGISTRATION } from "../../components/fhir/registration.ts";
import type { StackConfig } from "./stack-config.ts";

/** What of a stack says whether requests need a grant; parts that are wrong are missing. */
interface Denial {
  readonly grants?: readonly unknown[] | undefined;
  readonly denyAll?: boolean | undefined;
  readonly cilium?: { readonly policyEnforcementMode?: string | undefined } | undefined;
}

/**
 * Whether anything is denied that no grant allows: everything is, by denyAll or by Cilium itself, or requests to the
 * server are, which the first grant closes to all others.
 */
export function grantsApply({ grants = [], denyAll, cilium }: Denial): boolean {
  return grants.length > 0 || denyAll === true || cilium?.policyEnforcementMode === "always";
}

/** What the job that registers a record may do: change that record, and nothing else. */
export function registrationGrant({ resourceType, id }: FhirRecord, server: string): Grant {
  return { org: REGISTRATION.org, resourceType, id, interactions: ["update"], server };
}

/**
 * The grants in force: those that the stack declares, and one for each record that it registers. Where nothing is
 * denied there are no policies, and nobody needs a grant.
 */
export function effectiveGrants(config: StackConfig): Grant[] {
  const { grants, fhirRecords, fhirServer } = config;
  if (fhirServer === undefined || !grantsApply(config)) return [];
  return [...grants, ...fhirRecords.map(({ record }) => registrationGrant(record, fhirServer.name))];
}
