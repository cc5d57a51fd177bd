/** What ends a preview for a reason that the engine would give too, or that is embedded mode's own. */
export class EngineError extends Error {
  /** URN of the resource that it is about, where there is one. */
  readonly urn?: string;

  constructor(message: string, urn?: string) {
    super(message);
    this.name = "EngineError";
    if (urn !== undefined) this.urn = urn;
  }
}

/** What the program asked for is not as the protocol has it; the program is told, as by the engine. */
export class InvalidArgument extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InvalidArgument";
  }
}

/** What the program asked for cannot be done; the program is told, as by the engine, and may go on. */
export class FailedRequest extends Error {
  constructor(message: string) {
    super(message);
    this.name = "FailedRequest";
  }
}

/** The refusal of something that the engine can do and embedded mode cannot. */
export function unsupported(what: string, why: string, urn?: string): EngineError {
  return new EngineError(`Embedded mode does not support ${what}: ${why}. Preview with the Pulumi CLI.`, urn);
}
