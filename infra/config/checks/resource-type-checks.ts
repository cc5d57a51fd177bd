import {
  type FhirVersion,
  resourceTypeFault,
  versionInPath,
} from "../../../components/fhir/resource-types.ts";
import { recordPath } from "../../../components/fhir/fhir-record.ts";
import type { ReadRecords } from "../fhir-records.ts";
import type { ConfigIssue, Partially } from "../errors.ts";
import type { StackFileData } from "../schema/stack.ts";

/** Resource types that the FHIR server does not have: a typing mistake, which would grant what never exists. */

type Draft = Partially<StackFileData>;

/** The version of FHIR that a server has: the stack's own word, or else what its base path ends in. */
export function fhirVersionOf({ fhirVersion, basePath }: Partially<StackFileData["fhirServer"]> = {}):
  FhirVersion | undefined {
  return fhirVersion ?? (basePath === undefined ? undefined : versionInPath(basePath));
}

/** Grants and records name resource types of the server's version. */
export function resourceTypesAreFhirs(
  { fhirServer, grants = [] }: Draft,
  { records }: { readonly records: ReadRecords["records"] },
): ConfigIssue[] {
  const version = fhirVersionOf(fhirServer);
  // That the version is missing is a mistake of its own.
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
