import type { AnalyzerResourceOptions } from "@pulumi/pulumi/proto/analyzer_pb.js";

/** What the recorder writes of a resource that it was shown by itself, or as a part of the stack. */
export type Recorded = RecordedResource | RecordedPart;

export type RecordedOptions = AnalyzerResourceOptions.AsObject;

interface Common {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of the provider. */
  readonly provider?: string | undefined;
  readonly options?: RecordedOptions | undefined;
}

export interface RecordedResource extends Common {
  readonly kind: "resource";
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface RecordedPart extends Common {
  readonly kind: "stack";
  readonly parent: string;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}
