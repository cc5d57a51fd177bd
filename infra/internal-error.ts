/** A state that validation excludes: a bug in attested-fhir, not in the stack. */
export class InternalError extends Error {
  /** @param what what is wrong and where: `projects.kms is missing` */
  constructor(what: string) {
    super(
      `${what}: this is a bug in attested-fhir, since validation should have reported it. Please report it.`,
    );
    this.name = "InternalError";
  }
}
