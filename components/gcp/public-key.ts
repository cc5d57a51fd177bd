import * as pulumi from "@pulumi/pulumi";
import { providerText } from "./dynamic-provider.ts";

export interface PublicKeyArgs {
  /** `projects/P/locations/L/keyRings/R/cryptoKeys/K/cryptoKeyVersions/N`. */
  keyVersion: pulumi.Input<string>;
  /** The service account that reads it; the caller itself when absent. */
  serviceAccount?: pulumi.Input<string> | undefined;
  /** The address of the Cloud KMS API, ending in `/v1/`; Google's public one when absent. */
  endpoint?: pulumi.Input<string> | undefined;
}

/**
 * The public key of a Cloud KMS key version, fetched when it is created and kept in the state: a key
 * version never changes, so no preview has to fetch it, as the provider's own function would.
 *
 * Source: Cloud KMS API v1 `cryptoKeyVersions.getPublicKey`.
 */
export class PublicKey extends pulumi.CustomResource {
  /** PKIX, PEM. */
  declare readonly pem: pulumi.Output<string>;
  /** The key version, as given. */
  declare readonly keyVersion: pulumi.Output<string>;

  constructor(
    name: string,
    args: PublicKeyArgs,
    opts: pulumi.CustomResourceOptions & { provider: pulumi.ProviderResource },
  ) {
    const __provider = providerText("#key-operations", "fetchPublicKey", ["keyVersion"]);
    super("pulumi-nodejs:dynamic/kms:PublicKey", name, { ...args, pem: undefined, __provider }, opts);
  }
}
