/** An error that ends the preview: one that the engine reports too, or a limit of embedded mode. */
export class EngineError extends Error {
  /** URN of the resource, if it is about one. */
  readonly urn?: string;

  constructor(message: string, urn?: string) {
    super(message);
    this.name = "EngineError";
    if (urn !== undefined) this.urn = urn;
  }
}

/** An invalid request, which the program gets as an error, as from the engine. */
export class InvalidArgument extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InvalidArgument";
  }
}

/** A request that failed; the program gets the error, as from the engine, and may handle it. */
export class FailedRequest extends Error {
  constructor(message: string) {
    super(message);
    this.name = "FailedRequest";
  }
}

/** The error for a feature of the engine that embedded mode lacks. */
export function unsupported(what: string, why: string, urn?: string): EngineError {
  return new EngineError(`Embedded mode does not support ${what}: ${why}. Preview with the Pulumi CLI.`, urn);
}
