import type { ReadRecords } from "../fhir-records.ts";
import type { ConfigIssue, Partially } from "../errors.ts";
import type { StackFileData } from "../schema/stack.ts";

/** The well-formed parts of a stack file. */
export type Draft = Partially<StackFileData>;

/** What the checks need in addition to the stack file. */
export interface CheckContext {
  /** The current time, which an expiry is compared with. */
  readonly now: Date;
  /** The records that the stack registers, as their files have them. */
  readonly records: ReadRecords["records"];
}

/** A constraint between keys. It looks only at keys that are well formed, so that one error never hides another. */
export type Check = (draft: Draft, context: CheckContext) => ConfigIssue[];

/** An issue of one key. */
export function configIssue(path: readonly PropertyKey[], message: string): ConfigIssue {
  return { path, message };
}
