import * as pulumi from "@pulumi/pulumi";
import { CryptoKey } from "@pulumi/gcp/kms/cryptoKey.js";
import { CryptoKeyIAMBinding } from "@pulumi/gcp/kms/cryptoKeyIAMBinding.js";
import { KeyRing } from "@pulumi/gcp/kms/keyRing.js";
import { importExisting } from "./import-existing.ts";
import { PublicKey } from "./public-key.ts";

export interface SigningKeyArgs {
  /** The project of the role kms, its APIs enabled. */
  project: pulumi.Input<string>;
  /** Region or multi-region of the key ring, `us-central1`. */
  location: string;
  /** Name of the key ring. */
  keyRing: string;
  /** Name of the key. */
  key: string;
  /** The key version that signs; 1 is the version that comes with the key. */
  version: number;
  /** `SOFTWARE` or `HSM`. */
  protectionLevel: pulumi.Input<string>;
  /** The only principal that may sign, as an IAM member. */
  signer: pulumi.Input<string>;
  /** The signer's service account, when the stack acts for it; the caller itself when absent. */
  signerServiceAccount?: pulumi.Input<string> | undefined;
  /** The id of the project, when key ring and key exist already and are imported. */
  adoptFrom?: string | undefined;
  /** Whether Pulumi refuses to delete or replace key ring and key. */
  protect: boolean;
  /** The address of the Cloud KMS API, ending in `/v1/`; Google's public one when absent. */
  endpoint?: pulumi.Input<string> | undefined;
  /** The provider of the dynamic resources. */
  dynamicProvider: pulumi.ProviderResource;
}

/** Binary Authorization's name for the key's algorithm. */
export const SIGNATURE_ALGORITHM = "ECDSA_P256_SHA256";

/**
 * The key that signs attestations: key ring, elliptic P-256 key, and the permission to sign for one principal.
 *
 * Key ring and key outlive the stack (`retainOnDelete`): Google Cloud never deletes either, and destroying
 * the versions would invalidate every attestation. A stack that is created again imports them.
 *
 * Source: Cloud KMS API v1; the tutorial's `gcloud kms keyrings create` and `gcloud kms keys create
 * --purpose=asymmetric-signing --default-algorithm=ec-sign-p256-sha256`.
 */
export class SigningKey extends pulumi.ComponentResource {
  /** Name of the key version that signs, `projects/…/cryptoKeyVersions/1`. */
  declare readonly keyVersion: pulumi.Output<string>;
  /** The id that attestor and attestation name the key by, `//cloudkms.googleapis.com/v1/projects/…`. */
  declare readonly keyId: pulumi.Output<string>;
  /** The public key, PKIX in PEM. */
  declare readonly publicKey: pulumi.Output<string>;

  constructor(name: string, args: SigningKeyArgs, opts: pulumi.ComponentResourceOptions) {
    const { dynamicProvider, ...inputs } = args;
    super("attested-fhir:gcp:SigningKey", name, inputs, opts);
    const ring = this.keyRing(name, args);
    const key = this.cryptoKey(name, args, ring);
    const signers = new CryptoKeyIAMBinding(
      `${name}-signers`,
      { cryptoKeyId: key.id, role: "roles/cloudkms.signerVerifier", members: [args.signer] },
      { parent: this },
    );

    // Through the binding's own output: the signer reads the key, which needs the binding.
    this.keyVersion = pulumi.interpolate`${signers.cryptoKeyId}/cryptoKeyVersions/${args.version}`;
    this.keyId = pulumi.interpolate`//cloudkms.googleapis.com/v1/${this.keyVersion}`;
    this.publicKey = new PublicKey(
      `${name}-public-key`,
      { keyVersion: this.keyVersion, serviceAccount: args.signerServiceAccount, endpoint: args.endpoint },
      { parent: this, provider: dynamicProvider },
    ).pem;
    this.registerOutputs({ keyVersion: this.keyVersion, keyId: this.keyId, publicKey: this.publicKey });
  }

  private keyRing(name: string, args: SigningKeyArgs): KeyRing {
    return new KeyRing(
      `${name}-ring`,
      { project: args.project, location: args.location, name: args.keyRing },
      {
        parent: this,
        protect: args.protect,
        retainOnDelete: true,
        ...importExisting(args, `keyRings/${args.keyRing}`),
      },
    );
  }

  private cryptoKey(name: string, args: SigningKeyArgs, ring: KeyRing): CryptoKey {
    return new CryptoKey(
      `${name}-key`,
      {
        keyRing: ring.id,
        name: args.key,
        purpose: "ASYMMETRIC_SIGN",
        versionTemplate: { algorithm: "EC_SIGN_P256_SHA256", protectionLevel: args.protectionLevel },
        destroyScheduledDuration: "2592000s",
        skipInitialVersionCreation: false,
      },
      {
        parent: this,
        protect: args.protect,
        retainOnDelete: true,
        ...importExisting(args, `keyRings/${args.keyRing}/cryptoKeys/${args.key}`),
      },
    );
  }
}
