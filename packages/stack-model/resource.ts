import type { Properties } from "./property-value.ts";

/** A resource as a guardrail sees it. */
export interface Resource {
  readonly urn: string;
  /** Pulumi's type token, `gcp:kms/cryptoKey:CryptoKey`. */
  readonly type: string;
  readonly name: string;
  /** The inputs, as the provider completed them; outputs only for what the program reads and does not make. */
  readonly props: Properties;
  /** Whether the resource is protected from deletion; false where it is not said. */
  readonly protect?: boolean;
  /** URN of the provider; absent for components and for providers themselves. */
  readonly provider?: string;
  /** The inputs of that provider; absent where they are not known here. */
  readonly providerInputs?: Properties;
  /** URN of the parent; absent for the stack itself, and always for a resource guardrail. */
  readonly parent?: string;
  /** URNs of the resources that this one is made from; absent for a resource guardrail. */
  readonly dependencies?: readonly string[];
}

/**
 * Takes a violation that a stack guardrail found.
 *
 * @param level `advisory` where it stops no update, whatever the guardrail's enforcement is; the guardrail's own when absent
 */
export type StackReport = (message: string, resource?: Resource, level?: "advisory") => void;
