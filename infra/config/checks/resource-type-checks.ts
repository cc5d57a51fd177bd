import {
  type FhirVersion,
  resourceTypeIssue,
  versionInPath,
} from "../../../components/fhir/resource-types.ts";
import { recordPath } from "../../../components/fhir/fhir-record.ts";
import type { Check } from "./check.ts";
import type { Partially } from "../errors.ts";
import type { StackFileData } from "../schema/stack.ts";

/** Resource types that the FHIR server does not have: a grant of such a type would match nothing. */

/** The FHIR version of a server: `fhirVersion`, or else the last segment of its base path. */
export function serverFhirVersion({ fhirVersion, basePath }: Partially<StackFileData["fhirServer"]> = {}):
  FhirVersion | undefined {
  return fhirVersion ?? (basePath === undefined ? undefined : versionInPath(basePath));
}

/** Grants and records must name resource types of the server's version. */
export const resourceTypesAreFhirs: Check = ({ fhirServer, grants = [] }, { records }) => {
  const version = serverFhirVersion(fhirServer);
  // The schema reports a missing version.
  if (version === undefined) return [];
  return [
    ...grants.flatMap(({ resourceType }, index) => {
      const issue = resourceType === undefined ? undefined : resourceTypeIssue(resourceType, version);
      return issue === undefined ? [] : [{ path: ["grants", index, "resourceType"], message: issue }];
    }),
    ...records.flatMap((read, index) => {
      const issue = read === undefined ? undefined : resourceTypeIssue(read.record.resourceType, version);
      if (read === undefined || issue === undefined) return [];
      const message = `holds ${recordPath(read.record)}, whose resourceType ${issue}`;
      return [{ path: ["fhirRecords", index, "file"], message }];
    }),
  ];
};
