import assert from "node:assert/strict";
import { AttestationNote } from "../../../components/gcp/attestation-note.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";

const AGENT = "serviceAccount:service-1@gcp-sa-binaryauthorization.iam.gserviceaccount.com";

const note = (opts: Options) =>
  new AttestationNote(
    "note",
    { project: "note-project", noteId: "note-id", hint: "Attestor note", occurrenceViewer: AGENT },
    opts,
  );

describe("AttestationNote", () => {
  it("declares the note with its hint, and lets the attestor's agent read its occurrences", async () => {
    const { inputs, result } = await declared(note);
    assert.deepEqual(inputs, {
      "gcp:containeranalysis/note:Note note-note": {
        project: "note-project",
        name: "note-id",
        attestationAuthority: { hint: { humanReadableName: "Attestor note" } },
      },
      "gcp:containeranalysis/noteIamMember:NoteIamMember note-occurrence-viewer": {
        project: "note-project",
        note: "note-id",
        role: "roles/containeranalysis.notes.occurrences.viewer",
        member: AGENT,
      },
    });
    assert.equal(await known(result.noteName), "projects/note-project/notes/note-id");
  });

  it("outputs its name only once its occurrences may be read", async () => {
    const program = (opts: Options) => new Probe("other", note(opts).noteName, opts);
    const viewer = "gcp:containeranalysis/noteIamMember:NoteIamMember";
    assert.deepEqual(await waitingFor(viewer, program), ["other"]);
    assert.deepEqual(await waitingFor("gcp:containeranalysis/note:Note", program), [
      "note-occurrence-viewer",
      "other",
    ]);
  });
});
