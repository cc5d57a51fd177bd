import type { Grant } from "../components/cilium/grant.ts";
import { REGISTRATION } from "../components/fhir/registration.ts";
import type { StackConfig } from "./config.ts";

/**
 * The grants in force: those that the stack declares, and for each record that it registers one to change that
 * record, for the job that does so. Where nothing is denied and nothing granted there are no policies, and nobody
 * needs a grant.
 */
export function grantsInForce({ grants, fhirRecords, fhirServer, denyAll }: StackConfig): Grant[] {
  if (fhirServer === undefined || (grants.length === 0 && !denyAll)) return [];
  const registrations = fhirRecords.map(({ record }): Grant => ({
    org: REGISTRATION.org,
    resourceType: record.resourceType,
    id: record.id,
    interactions: ["update"],
    server: fhirServer.name,
  }));
  return [...grants, ...registrations];
}
