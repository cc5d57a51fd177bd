import * as pulumi from "@pulumi/pulumi";
import { CryptoKey } from "@pulumi/gcp/kms/cryptoKey.js";
import { CryptoKeyIAMBinding } from "@pulumi/gcp/kms/cryptoKeyIAMBinding.js";
import { KeyRing } from "@pulumi/gcp/kms/keyRing.js";
import { importExisting } from "./import-existing.ts";

export interface EncryptionKeyArgs {
  /** The project of the data that the key encrypts, its APIs enabled. */
  project: pulumi.Input<string>;
  /** The location of the data: key and data must share it. */
  location: string;
  /** `SOFTWARE` or `HSM`. */
  protectionLevel: pulumi.Input<string>;
  /** Days after which a new version takes over; at most 90. */
  rotationDays: number;
  /** The id of the project, when key ring and key exist already and are imported. */
  adoptFrom?: string | undefined;
  /** The service agents that encrypt and decrypt with it, as IAM members. */
  users: readonly pulumi.Input<string>[];
}

const SECONDS_A_DAY = 86_400;

/**
 * A key of the stack's own for data at rest (CMEK), rotated by Cloud KMS, for the named service agents only.
 * It outlives the stack: without it the data could no longer be read.
 *
 * Source: Cloud KMS API v1; CIS Google Cloud Foundations (rotation within 90 days).
 */
export class EncryptionKey extends pulumi.ComponentResource {
  /** Name of the key, `projects/…/cryptoKeys/…`, once the agents may use it. */
  declare readonly keyName: pulumi.Output<string>;

  constructor(name: string, args: EncryptionKeyArgs, opts: pulumi.ComponentResourceOptions) {
    super("attested-fhir:gcp:EncryptionKey", name, args, opts);
    const ring = new KeyRing(
      `${name}-ring`,
      { project: args.project, location: args.location, name },
      { parent: this, protect: true, retainOnDelete: true, ...importExisting(args, `keyRings/${name}`) },
    );
    const key = new CryptoKey(
      `${name}-key`,
      {
        keyRing: ring.id,
        name,
        purpose: "ENCRYPT_DECRYPT",
        rotationPeriod: `${String(args.rotationDays * SECONDS_A_DAY)}s`,
        versionTemplate: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel: args.protectionLevel },
        destroyScheduledDuration: "2592000s",
        skipInitialVersionCreation: false,
      },
      {
        parent: this,
        protect: true,
        retainOnDelete: true,
        ...importExisting(args, `keyRings/${name}/cryptoKeys/${name}`),
      },
    );
    const users = new CryptoKeyIAMBinding(
      `${name}-users`,
      { cryptoKeyId: key.id, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", members: [...args.users] },
      { parent: this },
    );
    this.keyName = users.cryptoKeyId;
    this.registerOutputs({ keyName: this.keyName });
  }
}
