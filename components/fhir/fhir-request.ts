import { type FhirRecord, recordPath } from "./fhir-record.ts";

/**
 * The requests that clients send, as command lines of curl. They use only options of curl 7.55 (2017): the
 * image is the stack's choice.
 */

/**
 * Requests a patient's record by HEAD, as the story does, and prints the status of the response.
 *
 * @param server base URL of the FHIR endpoint, without a slash at its end
 * @param patient a FHIR id
 */
export function readCommand(server: string, patient: string): string[] {
  const path = `Patient/${patient}`;
  return [
    "curl",
    "--head",
    "--silent",
    "--show-error",
    // A dropped request gets no response, so this ends before the next one is due.
    "--max-time",
    "8",
    "--output",
    "/dev/null",
    "--write-out",
    `%{http_code} HEAD ${path}\\n`,
    `${server}/${path}`,
  ];
}

/** Runs a command line repeatedly, 10 seconds apart, whether it succeeds or not. Needs `sh` and `sleep`. */
export function everyTenSeconds(command: readonly string[]): string[] {
  return ["sh", "-c", 'while :; do "$@"; sleep 10; done', "sh", ...command];
}

/** Where the parts of a registration are found. */
export interface PutArgs {
  /** Base URL of the FHIR endpoint, without a slash at its end. */
  readonly server: string;
  /** The resource to register. */
  readonly record: FhirRecord;
  /** Path of the file that holds it as JSON. */
  readonly file: string;
  /** Path of a file of request headers to send along, such as `Authorization`; none when absent. */
  readonly headers?: string | undefined;
}

/**
 * Registers a resource under its own id, which FHIR calls an update and is idempotent. Waits for
 * a server that does not listen yet or is not ready (status 429 and 5xx), for 2 minutes; ends with an
 * error where the server refuses.
 */
export function putCommand({ server, record, file, headers }: PutArgs): string[] {
  const path = recordPath(record);
  return [
    "curl",
    "--request",
    "PUT",
    "--silent",
    "--show-error",
    "--fail",
    "--connect-timeout",
    "5",
    "--max-time",
    "30",
    "--retry",
    "24",
    "--retry-delay",
    "5",
    "--retry-connrefused",
    "--retry-max-time",
    "120",
    "--header",
    "Content-Type: application/fhir+json",
    ...(headers === undefined ? [] : ["--header", `@${headers}`]),
    "--data-binary",
    `@${file}`,
    "--output",
    "/dev/null",
    "--write-out",
    `%{http_code} PUT ${path}\\n`,
    `${server}/${path}`,
  ];
}
