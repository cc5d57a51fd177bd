import type { Json, JsonObject } from "./json.ts";

/** The statuses of Google's APIs that this server answers with, and the HTTP code of each (google.rpc.Code). */
const CODES = {
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  ABORTED: 409,
  ALREADY_EXISTS: 409,
  INTERNAL: 500,
  UNIMPLEMENTED: 501,
} as const;

/** A status of Google's APIs, by its canonical name. */
export type Status = keyof typeof CODES;

/** A refusal in the form of Google's APIs. Thrown by whatever handles a request; the server answers with it. */
export class GoogleError extends Error {
  readonly status: Status;
  /** `google.rpc` details, each with its `@type`. */
  readonly details: readonly Json[];

  constructor(status: Status, message: string, details: readonly Json[] = []) {
    super(message);
    this.name = "GoogleError";
    this.status = status;
    this.details = details;
  }

  /** The HTTP code of the answer. */
  get code(): number {
    return CODES[this.status];
  }

  /** The answer's body: `{error: {code, message, status, details?}}`. */
  toBody(): JsonObject {
    const details = this.details.length > 0 ? { details: [...this.details] } : {};
    return { error: { code: this.code, message: this.message, status: this.status, ...details } };
  }
}

/** The refusal of a field of the request, with the `BadRequest` detail that client libraries print. */
export function badField(field: string, description: string): GoogleError {
  const violation = { field, description };
  return new GoogleError("INVALID_ARGUMENT", description, [
    { "@type": "type.googleapis.com/google.rpc.BadRequest", fieldViolations: [violation] },
  ]);
}

/** The refusal of a name that nothing is stored under. */
export function notFound(name: string): GoogleError {
  return new GoogleError("NOT_FOUND", `${name} not found.`);
}

/** The refusal of something that this simulation does not know how to answer truthfully. */
export function unimplemented(what: string): GoogleError {
  return new GoogleError("UNIMPLEMENTED", `The simulated control plane does not answer ${what}.`);
}
