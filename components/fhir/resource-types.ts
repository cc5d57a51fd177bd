import { readFileSync } from "node:fs";
import { nearest } from "../nearest.ts";

/** FHIR's resource types, by the version of FHIR that defines them. */

/** The versions of FHIR that a server may have: 4.0.1, 4.3.0 and 5.0.0. */
export const FHIR_VERSIONS = ["R4", "R4B", "R5"] as const;

/** A version of FHIR, by the name of its release. */
export type FhirVersion = (typeof FHIR_VERSIONS)[number];

/** The list, one type to a line with the versions that define it; `npm run fhir-types` writes it. */
export const RESOURCE_TYPES_FILE = new URL("resource-types.txt", import.meta.url);

/** Abstract types, Resource and DomainResource for example, have no records and are not among them. */
const RESOURCE_TYPES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  readFileSync(RESOURCE_TYPES_FILE, "utf8")
    .trim()
    .split("\n")
    .map((line) => {
      const [name = "", ...versions] = line.split(" ");
      return [name, new Set(versions)];
    }),
);

/** The resource types that a version of FHIR defines. */
export function resourceTypes(version: FhirVersion): string[] {
  return [...RESOURCE_TYPES].flatMap(([name, versions]) => (versions.has(version) ? [name] : []));
}

/**
 * The issue of a resource type.
 *
 * Source: the FHIR specification, "Resource Types", of each version.
 *
 * @returns the issue, to follow the name of the value: "is not a resource type of FHIR R5: did you mean Patient?";
 *   undefined for a type that the version defines
 */
export function resourceTypeIssue(name: string, version: FhirVersion): string | undefined {
  const versions = RESOURCE_TYPES.get(name);
  if (versions?.has(version) === true) return undefined;
  const issue = `is not a resource type of FHIR ${version}`;
  if (versions !== undefined) return `${issue}, but of ${[...versions].join(" and ")}`;
  const meant = nearest(name, resourceTypes(version));
  return meant === undefined ? issue : `${issue}: did you mean ${meant}?`;
}

/** The version that a base path ends in, as `/intersystems/fhir/r5` does; undefined where it ends in none. */
export function versionInPath(basePath: string): FhirVersion | undefined {
  const last = basePath.slice(basePath.lastIndexOf("/") + 1).toUpperCase();
  return FHIR_VERSIONS.find((version) => version === last);
}
