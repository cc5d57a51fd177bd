import type { Fields, Evidence } from "./schema.ts";
import type { JsonObject } from "../json.ts";
import type { Configuration } from "./configuration.ts";
import type { GoogleApi } from "./google-api.ts";

/** What an operation on a resource works with. */
export interface Context {
  readonly api: GoogleApi;
  readonly configuration: Configuration;
  readonly type: ResourceType;
}

/** A resource as Google has it: its id, and those of its properties that Google knows. */
export interface Found {
  readonly id: string;
  readonly properties: JsonObject;
}

/** What is done at Google for a resource type. Properties are those of the plan: every input, nothing unknown. */
export interface Lifecycle {
  create(properties: JsonObject, context: Context): Promise<Found>;
  /**
   * @param state the properties in the engine's state; none when a resource is imported.
   * @returns undefined where there is no such resource (any more).
   */
  read(id: string, state: JsonObject, context: Context): Promise<Found | undefined>;
  /** Absent where every change replaces the resource, or concerns the provider alone. */
  update?(id: string, state: JsonObject, properties: JsonObject, context: Context): Promise<Found>;
  delete(id: string, state: JsonObject, context: Context): Promise<void>;
}

/** A resource type that this provider serves. */
export interface ResourceType {
  /** `gcp:kms/keyRing:KeyRing` */
  readonly token: string;
  readonly evidence: {
    /** What Check fills in, and what a preview's Create plans. */
    readonly plan: Evidence;
    /** Which fields replace the resource. */
    readonly replaces: Evidence;
    /** What Create, Read, Update and Delete do; absent where they are not served. */
    readonly lifecycle?: Evidence;
  };
  readonly fields: Fields;
  /** Minutes for each operation, as the provider keeps them in the state. */
  readonly timeouts?: Readonly<Record<string, number>>;
  /** Create, Read, Update and Delete; absent where only previews are served. */
  readonly lifecycle?: Lifecycle;
}
