import * as pulumi from "@pulumi/pulumi";
import { Attestor as BinaryAuthorizationAttestor } from "@pulumi/gcp/binaryauthorization/attestor.js";
import { AttestorIamMember } from "@pulumi/gcp/binaryauthorization/attestorIamMember.js";
import { NoteIamMember } from "@pulumi/gcp/containeranalysis/noteIamMember.js";
import { IAMMember } from "@pulumi/gcp/projects/iammember.js";
import { after } from "../after.ts";

/** A public key of an attestor. */
export interface AttestorPublicKey {
  /** The id that attestations name the key by. */
  id: pulumi.Input<string>;
  /** PKIX, PEM. */
  pem: pulumi.Input<string>;
  /** `ECDSA_P256_SHA256` or stronger. */
  signatureAlgorithm: pulumi.Input<string>;
}

export interface AttestorArgs {
  /** The project of the role attestor, its APIs enabled. */
  project: pulumi.Input<string>;
  /** The attestor's id. */
  attestorId: pulumi.Input<string>;
  /** The note that attestations are attached to, `projects/PROJECT/notes/ID`; its project is another. */
  noteName: pulumi.Input<string>;
  /** The keys that signatures are verified with; at least one. */
  publicKeys: readonly AttestorPublicKey[];
  /** Who may verify by this attestor: Binary Authorization service agents of deployer projects, by a name of ours. */
  verifiers: Readonly<Record<string, pulumi.Input<string>>>;
  /** The principal that signs, as an IAM member. */
  signer: pulumi.Input<string>;
  /** The project of the role attestation, its APIs enabled. */
  attestationProject: pulumi.Input<string>;
  /** The identities that act in each role's project. */
  providers: {
    attestor: pulumi.ProviderResource;
    note: pulumi.ProviderResource;
    attestation: pulumi.ProviderResource;
  };
}

/**
 * The attestor: the note whose attestations count, the keys that they are verified with, who may verify by
 * it, and the signer's rights to attach to the note and to write occurrences.
 *
 * Source: Binary Authorization API v1 `projects.attestors`; the tutorial's `attestors create`,
 * `public-keys add` and `add-iam-policy-binding`. The tutorial leaves the signer's rights to its single
 * operator, who owns every project.
 *
 * @throws ResourceError when there is no public key: such an attestor allows no image.
 */
export class Attestor extends pulumi.ComponentResource {
  /** Name of the attestor, `projects/PROJECT/attestors/ID`, once the verifiers may read it. */
  declare readonly attestorName: pulumi.Output<string>;
  /** The note, once the signer may attach to it and write occurrences in the attestation project. */
  declare readonly attachableNote: pulumi.Output<string>;

  constructor(name: string, args: AttestorArgs, opts: pulumi.ComponentResourceOptions) {
    const { providers, ...inputs } = args;
    super("attested-fhir:gcp:Attestor", name, inputs, opts);
    if (args.publicKeys.length === 0)
      throw new pulumi.ResourceError("publicKeys is empty: an attestor needs at least one", this);
    const attestor = this.attestor(name, args);
    const verifiers = Object.entries(args.verifiers).map(([verifier, member]) =>
      this.verifier(name, verifier, member, attestor, providers.attestor),
    );
    const rights = this.signerRights(name, args);

    const verifiable = verifiers.map((verifier) => verifier.role);
    this.attestorName = pulumi.interpolate`projects/${attestor.project}/attestors/${after(attestor.name, verifiable)}`;
    this.attachableNote = after(args.noteName, rights);
    this.registerOutputs({ attestorName: this.attestorName });
  }

  private attestor(name: string, { project, attestorId, noteName, publicKeys, providers }: AttestorArgs) {
    return new BinaryAuthorizationAttestor(
      `${name}-attestor`,
      {
        project,
        name: attestorId,
        attestationAuthorityNote: {
          noteReference: noteName,
          publicKeys: publicKeys.map(({ id, pem, signatureAlgorithm }) => ({
            id,
            pkixPublicKey: { publicKeyPem: pem, signatureAlgorithm },
          })),
        },
      },
      { parent: this, provider: providers.attestor },
    );
  }

  private verifier(
    name: string,
    verifier: string,
    member: pulumi.Input<string>,
    attestor: BinaryAuthorizationAttestor,
    provider: pulumi.ProviderResource,
  ): AttestorIamMember {
    return new AttestorIamMember(
      `${name}-verifier-${verifier}`,
      {
        project: attestor.project,
        attestor: attestor.name,
        role: "roles/binaryauthorization.attestorsVerifier",
        member,
      },
      { parent: this, provider },
    );
  }

  private signerRights(name: string, { noteName, signer, attestationProject, providers }: AttestorArgs) {
    const note = pulumi.output(noteName);
    const attacher = new NoteIamMember(
      `${name}-note-attacher`,
      {
        project: note.apply((value) => value.split("/")[1] ?? ""),
        note: note.apply((value) => value.split("/")[3] ?? ""),
        role: "roles/containeranalysis.notes.attacher",
        member: signer,
      },
      { parent: this, provider: providers.note },
    );
    const editor = new IAMMember(
      `${name}-occurrence-editor`,
      { project: attestationProject, role: "roles/containeranalysis.occurrences.editor", member: signer },
      { parent: this, provider: providers.attestation },
    );
    return [attacher.role, editor.role];
  }
}
