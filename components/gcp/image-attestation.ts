import * as pulumi from "@pulumi/pulumi";
import { Occurence } from "@pulumi/gcp/containeranalysis/occurence.js";
import {
  type Attestation,
  attestationError,
  attestationPayload,
  parsePinnedImage,
  resourceUri,
} from "@attested-fhir/attestation";
import { Signature } from "./signature.ts";

/** A Cloud KMS key that signs. */
export interface KmsSigner {
  /** Name of the key version, `projects/…/cryptoKeyVersions/1`. */
  keyVersion: pulumi.Input<string>;
  /** The id that attestor and attestation name the key by. */
  keyId: pulumi.Input<string>;
  /** The public key that the signature must verify against, PEM. */
  publicKey: pulumi.Input<string>;
  /** The signer's service account, when the stack acts for it; the caller itself when absent. */
  serviceAccount?: pulumi.Input<string> | undefined;
  /** The address of the Cloud KMS API, ending in `/v1/`; Google's public one when absent. */
  endpoint?: pulumi.Input<string> | undefined;
  /** The provider of the dynamic resources. */
  dynamicProvider: pulumi.ProviderResource;
}

/** A signature that was made with a key managed elsewhere. */
export interface ExternalSignature {
  /** Payload, key id and signature. */
  attestation: Attestation;
  /** The attestor's public key of that id, PEM. */
  publicKey: string;
}

export interface ImageAttestationArgs {
  /** The image, `HOST/NAME@sha256:…`. */
  image: string;
  /** The project of the role attestation, its APIs enabled. */
  project: pulumi.Input<string>;
  /** The note to attach to, `projects/PROJECT/notes/ID`, once the signer may do so. */
  noteName: pulumi.Input<string>;
  /** Where the signature comes from: a Cloud KMS key, or an external signature that exists already. */
  signer: KmsSigner | ExternalSignature;
}

/**
 * The attestation of one image: a signature over its payload, and the occurrence that carries it.
 *
 * The signature is made once and kept in the state; another digest is another attestation. It is verified
 * before anything is stored.
 *
 * Source: Container Analysis API v1 `projects.occurrences`, Binary Authorization's attestation format; the
 * tutorial's `gcloud container binauthz attestations sign-and-create`.
 *
 * @throws Error when the image is not pinned by its digest.
 * @throws ResourceError when an external signature does not verify.
 */
export class ImageAttestation extends pulumi.ComponentResource {
  /** The attestation as data, for stacks that only run the image. */
  declare readonly attestation: pulumi.Output<Attestation>;
  /** The image, known to resources only once it is attested. */
  declare readonly attestedImage: pulumi.Output<string>;

  constructor(name: string, args: ImageAttestationArgs, opts: pulumi.ComponentResourceOptions) {
    super(
      "attested-fhir:gcp:ImageAttestation",
      name,
      { image: args.image, project: args.project, noteName: args.noteName },
      opts,
    );
    const { image, signer } = args;
    const signed = "attestation" in signer ? this.verified(signer) : this.sign(name, image, signer);
    const occurrence = new Occurence(
      `${name}-occurrence`,
      {
        project: args.project,
        noteName: args.noteName,
        resourceUri: resourceUri(parsePinnedImage(image)),
        attestation: {
          serializedPayload: signed.payload,
          signatures: [{ publicKeyId: signed.keyId, signature: signed.signature }],
        },
      },
      { parent: this },
    );
    this.attestation = pulumi.output({ image, ...signed });
    this.attestedImage = occurrence.resourceUri.apply(() => image);
    this.registerOutputs({ image, attestation: this.attestation });
  }

  private sign(name: string, image: string, signer: KmsSigner) {
    const payload = Buffer.from(attestationPayload(parsePinnedImage(image))).toString("base64");
    const { signature } = new Signature(
      `${name}-signature`,
      {
        keyVersion: signer.keyVersion,
        payload,
        publicKey: signer.publicKey,
        serviceAccount: signer.serviceAccount,
        endpoint: signer.endpoint,
      },
      { parent: this, provider: signer.dynamicProvider },
    );
    return { keyId: signer.keyId, payload, signature };
  }

  private verified({ attestation, publicKey }: ExternalSignature) {
    const { keyId, payload, signature } = attestation;
    const fault = attestationError(attestation, [{ id: keyId, pem: publicKey }]);
    if (fault !== undefined)
      throw new pulumi.ResourceError(`the attestation of ${attestation.image} is refused: ${fault}`, this);
    return { keyId, payload, signature };
  }
}
