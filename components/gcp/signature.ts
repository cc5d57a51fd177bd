import * as pulumi from "@pulumi/pulumi";
import { providerText } from "./dynamic-provider.ts";

export interface SignatureArgs {
  /** `projects/P/locations/L/keyRings/R/cryptoKeys/K/cryptoKeyVersions/N`. */
  keyVersion: pulumi.Input<string>;
  /** The payload to sign, base64. */
  payload: pulumi.Input<string>;
  /** The public key that the signature must verify against, PEM. */
  publicKey: pulumi.Input<string>;
  /** The service account that signs; the caller itself when absent. */
  serviceAccount?: pulumi.Input<string> | undefined;
  /** The address of the Cloud KMS API, ending in `/v1/`; Google's public one when absent. */
  endpoint?: pulumi.Input<string> | undefined;
}

/**
 * A signature by a Cloud KMS key version: made once, verified before it is stored, kept in the state.
 * Another payload or key version makes another; nothing else signs again.
 *
 * Source: Cloud KMS API v1 `cryptoKeyVersions.asymmetricSign`.
 */
export class Signature extends pulumi.CustomResource {
  /** The DER signature, base64. */
  declare readonly signature: pulumi.Output<string>;

  constructor(
    name: string,
    args: SignatureArgs,
    opts: pulumi.CustomResourceOptions & { provider: pulumi.ProviderResource },
  ) {
    const __provider = providerText("#key-operations", "signPayload", ["keyVersion", "payload"]);
    super("pulumi-nodejs:dynamic/kms:Signature", name, { ...args, signature: undefined, __provider }, opts);
  }
}
