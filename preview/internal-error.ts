import { thrownMessage } from "./user-error.ts";

/** A broken invariant: a bug in attested-fhir that no change to a stack or a command line fixes. */
export class InternalError extends Error {
  /** @param message what was expected and what was found instead */
  constructor(message: string, options?: ErrorOptions) {
    super(
      `Internal error: ${message}\nThis is a bug in attested-fhir. Please open an issue with the command line and this output; leave out secrets.`,
      options,
    );
    this.name = "InternalError";
  }
}

/** Wraps what no code expected to be thrown; an InternalError stays as it is. */
export function toInternalError(thrown: unknown): InternalError {
  return thrown instanceof InternalError
    ? thrown
    : new InternalError(thrownMessage(thrown), { cause: thrown });
}
