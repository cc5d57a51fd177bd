/** FHIR resources as data: which ones can be registered, and what they are called. */

/** A FHIR resource with what its URL is made of. */
export interface FhirRecord {
  /** Type of the resource, `Patient`. */
  readonly resourceType: string;
  /** Logical id, 1 to 64 letters, digits, `-` and `.`. */
  readonly id: string;
  readonly [element: string]: unknown;
}

/** Labels of the pods that register records, which policies select them by. */
export const REGISTRATION = { org: "registration", class: "registration-record" };

const ID = /^[A-Za-z0-9\-.]{1,64}$/;
const TYPE = /^[A-Z][A-Za-z]{0,63}$/;

/**
 * A logical id, as FHIR R5 defines the data type `id`. The ids `.` and `..`, which the definition admits too,
 * are rejected: in a URL they would name another path.
 *
 * @returns the issue, to follow the name of the value; undefined for an id.
 */
export function idIssue(value: unknown): string | undefined {
  if (value === undefined) return "is missing: give a FHIR id";
  if (typeof value === "string" && ID.test(value) && !/^\.{1,2}$/.test(value)) return undefined;
  return `= ${JSON.stringify(value)}: is not a FHIR id: 1 to 64 letters, digits, - and .`;
}

/**
 * A value read from a file, as a FHIR resource to register.
 *
 * @throws Error naming the element that is wrong and what is allowed.
 */
export function fhirRecord(value: unknown): FhirRecord {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error("the record is not a FHIR resource: give a JSON object");
  }
  const { resourceType, id } = value as Record<string, unknown>;
  if (typeof resourceType !== "string" || !TYPE.test(resourceType)) {
    throw new Error(
      `the record's resourceType = ${JSON.stringify(resourceType)}: is not a FHIR resource type, such as Patient`,
    );
  }
  const issue = idIssue(id);
  if (issue !== undefined) throw new Error(`the record's id ${issue}`);
  return value as FhirRecord;
}

/** Where a record is on its server, `Patient/DarthVader`. */
export function recordPath({ resourceType, id }: FhirRecord): string {
  return `${resourceType}/${id}`;
}

/** A Kubernetes name for what registers a record, `register-patient-darthvader`, of at most 50 characters. */
export function readableName(record: FhirRecord): string {
  const readable = recordPath(record)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-");
  return `register-${readable}`.slice(0, 50).replace(/-$/, "");
}
