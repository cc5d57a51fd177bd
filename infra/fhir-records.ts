import { type FhirRecord, fhirRecord, recordPath } from "../components/fhir/fhir-record.ts";
import type { Mistake, Partially } from "./mistakes.ts";
import type { StackFile } from "./schema/stack.ts";

/** A record to register, read from its file, and what it takes to be let in. */
export interface RecordToRegister {
  readonly record: FhirRecord;
  /** The Secret with the header to authenticate with; nothing is sent where it is absent. */
  readonly authorization?: { readonly secret: string; readonly key: string } | undefined;
}

/** The records of a stack, and what is wrong with their files. */
export interface ReadRecords {
  readonly records: readonly RecordToRegister[];
  readonly mistakes: readonly Mistake[];
}

/** Reads the records that a stack registers from the files beside the stack files. */
export function readRecords(
  listed: Partially<StackFile>["fhirRecords"],
  beside: string,
  readBeside: (name: string) => unknown,
): ReadRecords {
  const records: RecordToRegister[] = [];
  const mistakes: Mistake[] = [];
  for (const [index, { file, authorization }] of (listed ?? []).entries()) {
    if (file === undefined) continue;
    const fault = (message: string) => mistakes.push({ path: ["fhirRecords", index, "file"], message });
    try {
      const data = readBeside(file);
      if (data === undefined) fault(`names a file that does not exist: ${beside}${file}`);
      else {
        const record = fhirRecord(data);
        if (records.some((other) => recordPath(other.record) === recordPath(record)))
          fault(`holds ${recordPath(record)}, which another file holds already`);
        records.push({ record, authorization: authorization as RecordToRegister["authorization"] });
      }
    } catch (error) {
      fault(`names a file that cannot be used: ${(error as Error).message}`);
    }
  }
  return { records, mistakes };
}
