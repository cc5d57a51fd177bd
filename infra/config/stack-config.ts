import type { Attestation } from "@attested-fhir/attestation";
import type { RecordToRegister } from "./fhir-records.ts";
import type { StackFileData } from "./schema/stack.ts";

/** A validated stack: its file, with the attestations and records that the file names. */
export type StackConfig = Omit<StackFileData, "attestations" | "fhirRecords"> & {
  readonly attestations: readonly Attestation[];
  readonly fhirRecords: readonly RecordToRegister[];
};
