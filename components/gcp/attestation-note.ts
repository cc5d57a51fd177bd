import * as pulumi from "@pulumi/pulumi";
import { Note } from "@pulumi/gcp/containeranalysis/note.js";
import { NoteIamMember } from "@pulumi/gcp/containeranalysis/noteIamMember.js";

export interface AttestationNoteArgs {
  /** The project of the role note, its APIs enabled. */
  project: pulumi.Input<string>;
  /** The note's id. */
  noteId: pulumi.Input<string>;
  /** The attestation hint, what people read as the authority's name: "Attestor note". */
  hint: pulumi.Input<string>;
  /** The attestor project's Binary Authorization service agent, as an IAM member. */
  occurrenceViewer: pulumi.Input<string>;
}

/**
 * The Artifact Analysis note that attestations are attached to, and the permission of the attestor project's
 * Binary Authorization to read them.
 *
 * Source: Container Analysis API v1 `projects.notes.create` and `notes.setIamPolicy`; the tutorial's
 * note_payload.json and iam_request.json. One member is added, where the tutorial replaces the whole policy.
 */
export class AttestationNote extends pulumi.ComponentResource {
  /** Name of the note, `projects/PROJECT/notes/ID`, once its occurrences may be read. */
  declare readonly noteName: pulumi.Output<string>;

  constructor(name: string, args: AttestationNoteArgs, opts: pulumi.ComponentResourceOptions) {
    super("attested-fhir:gcp:AttestationNote", name, args, opts);
    const note = new Note(
      `${name}-note`,
      {
        project: args.project,
        name: args.noteId,
        attestationAuthority: { hint: { humanReadableName: args.hint } },
      },
      { parent: this },
    );
    const viewer = new NoteIamMember(
      `${name}-occurrence-viewer`,
      {
        project: note.project,
        note: note.name,
        role: "roles/containeranalysis.notes.occurrences.viewer",
        member: args.occurrenceViewer,
      },
      { parent: this },
    );
    this.noteName = pulumi.interpolate`projects/${viewer.project}/notes/${note.name}`;
    this.registerOutputs({ noteName: this.noteName });
  }
}
