import { type FhirRecord, fhirRecord, readableName, recordPath } from "../../components/fhir/fhir-record.ts";
import type { ConfigIssue, Partially } from "./errors.ts";
import type { StackFileData } from "./schema/stack.ts";

/** A record to register, read from its file, and the credentials to register it with. */
export interface RecordToRegister {
  readonly record: FhirRecord;
  /** The Secret with the header to authenticate with; nothing is sent where it is absent. */
  readonly authorization?: { readonly secret: string; readonly key: string } | undefined;
}

/** The records of a stack, and the issues of their files. */
export interface ReadRecords {
  /** In the stack's order; undefined where a record could not be read. */
  readonly records: readonly (RecordToRegister | undefined)[];
  readonly issues: readonly ConfigIssue[];
}

/**
 * Reads the records that a stack registers from files in the directory of the stack files.
 *
 * @param directory the directory of the stack files, for messages: `stacks/`
 */
export function readRecords(
  listed: Partially<StackFileData>["fhirRecords"],
  directory: string,
  readStackDirFile: (name: string) => unknown,
): ReadRecords {
  const records: (RecordToRegister | undefined)[] = [];
  const issues: ConfigIssue[] = [];
  for (const [index, { file, authorization }] of (listed ?? []).entries()) {
    const read =
      file === undefined ? undefined : readRecord(`${directory}${file}`, () => readStackDirFile(file));
    const issue = typeof read === "string" ? read : read && clash(read, records);
    if (issue !== undefined) issues.push({ path: ["fhirRecords", index, "file"], message: issue });
    records.push(
      typeof read === "object"
        ? { record: read, authorization: authorization as RecordToRegister["authorization"] }
        : undefined,
    );
  }
  return { records, issues };
}

/** The record of a file, or a message on what is wrong with the file. */
function readRecord(file: string, read: () => unknown): FhirRecord | string {
  try {
    const data = read();
    return data === undefined ? `names a file that does not exist: ${file}` : fhirRecord(data);
  } catch (error) {
    return `names a file that cannot be used: ${(error as Error).message}`;
  }
}

/** Two records must differ in their path on the server, and their jobs in name. */
function clash(record: FhirRecord, earlier: ReadRecords["records"]): string | undefined {
  const path = recordPath(record);
  const name = readableName(record);
  const other = earlier.find((one) => one !== undefined && readableName(one.record) === name);
  if (other === undefined) return undefined;
  const otherPath = recordPath(other.record);
  if (otherPath === path) return `holds ${path}, which another file holds already`;
  return `holds ${path}, whose job would have the name of the one for ${otherPath}: ${name}`;
}
