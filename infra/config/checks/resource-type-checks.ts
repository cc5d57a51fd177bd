import {
  type FhirVersion,
  resourceTypeFault,
  versionInPath,
} from "../../../components/fhir/resource-types.ts";
import { recordPath } from "../../../components/fhir/fhir-record.ts";
import type { ReadRecords } from "../fhir-records.ts";
import type { ConfigIssue, Partially } from "../errors.ts";
import type { StackFileData } from "../schema/stack.ts";

/** Resource types that the FHIR server does not have: a grant of such a type would match nothing. */

type Draft = Partially<StackFileData>;

/** The FHIR version of a server: `fhirVersion`, or else the last segment of its base path. */
export function fhirVersionOf({ fhirVersion, basePath }: Partially<StackFileData["fhirServer"]> = {}):
  FhirVersion | undefined {
  return fhirVersion ?? (basePath === undefined ? undefined : versionInPath(basePath));
}

/** Grants and records must name resource types of the server's version. */
export function resourceTypesAreFhirs(
  { fhirServer, grants = [] }: Draft,
  { records }: { readonly records: ReadRecords["records"] },
): ConfigIssue[] {
  const version = fhirVersionOf(fhirServer);
  // The schema reports a missing version.
  if (version === undefined) return [];
  return [
    ...grants.flatMap(({ resourceType }, index) => {
      const fault = resourceType === undefined ? undefined : resourceTypeFault(resourceType, version);
      return fault === undefined ? [] : [{ path: ["grants", index, "resourceType"], message: fault }];
    }),
    ...records.flatMap((read, index) => {
      const fault = read === undefined ? undefined : resourceTypeFault(read.record.resourceType, version);
      if (read === undefined || fault === undefined) return [];
      const message = `holds ${recordPath(read.record)}, whose resourceType ${fault}`;
      return [{ path: ["fhirRecords", index, "file"], message }];
    }),
  ];
}
