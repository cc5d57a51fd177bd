import assert from "node:assert/strict";
import { Provider } from "@pulumi/gcp/provider.js";
import { Attestor, type AttestorArgs } from "../../../components/gcp/attestor.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";

const NOTE = "projects/note-project/notes/note-id";
const SIGNER = "serviceAccount:signer@attestation-project.iam.gserviceaccount.com";

const attestor =
  (args: Partial<AttestorArgs> = {}) =>
  ({ transformations }: Options) =>
    new Attestor(
      "attestor",
      {
        project: "attestor-project",
        attestorId: "attestor-id",
        noteName: NOTE,
        publicKeys: [{ id: "key-id", pem: "PEM", signatureAlgorithm: "ECDSA_P256_SHA256" }],
        verifiers: {
          deployer: "serviceAccount:one@example.com",
          100000000005: "serviceAccount:two@example.com",
        },
        signer: SIGNER,
        attestationProject: "attestation-project",
        providers: {
          attestor: new Provider("of-attestor", {}),
          note: new Provider("of-note", {}),
          attestation: new Provider("of-attestation", {}),
        },
        ...args,
      },
      { transformations },
    );

const VERIFIER = {
  project: "attestor-project",
  attestor: "attestor-id",
  role: "roles/binaryauthorization.attestorsVerifier",
};

describe("Attestor", () => {
  it("declares the attestor, who may verify by it, and the signer's two rights", async () => {
    const { inputs } = await declared(attestor());
    assert.deepEqual(inputs, {
      "gcp:binaryauthorization/attestor:Attestor attestor-attestor": {
        project: "attestor-project",
        name: "attestor-id",
        attestationAuthorityNote: {
          noteReference: NOTE,
          publicKeys: [
            {
              id: "key-id",
              pkixPublicKey: { publicKeyPem: "PEM", signatureAlgorithm: "ECDSA_P256_SHA256" },
            },
          ],
        },
      },
      "gcp:binaryauthorization/attestorIamMember:AttestorIamMember attestor-verifier-deployer": {
        ...VERIFIER,
        member: "serviceAccount:one@example.com",
      },
      "gcp:binaryauthorization/attestorIamMember:AttestorIamMember attestor-verifier-100000000005": {
        ...VERIFIER,
        member: "serviceAccount:two@example.com",
      },
      "gcp:containeranalysis/noteIamMember:NoteIamMember attestor-note-attacher": {
        project: "note-project",
        note: "note-id",
        role: "roles/containeranalysis.notes.attacher",
        member: SIGNER,
      },
      "gcp:projects/iAMMember:IAMMember attestor-occurrence-editor": {
        project: "attestation-project",
        role: "roles/containeranalysis.occurrences.editor",
        member: SIGNER,
      },
    });
  });

  it("acts in each role's project with that role's identity", async () => {
    const { all } = await declared(attestor());
    const providers = all.flatMap(({ name, provider }) => (provider ? [[name, provider]] : []));
    assert.deepEqual(Object.fromEntries(providers), {
      "attestor-attestor": "of-attestor",
      "attestor-verifier-deployer": "of-attestor",
      "attestor-verifier-100000000005": "of-attestor",
      "attestor-note-attacher": "of-note",
      "attestor-occurrence-editor": "of-attestation",
    });
  });

  it("takes several public keys", async () => {
    const keys = ["one", "two"].map((id) => ({ id, pem: id, signatureAlgorithm: "ECDSA_P384_SHA384" }));
    const { resource } = await declared(attestor({ publicKeys: keys }));
    assert.deepEqual(resource("attestor-attestor").inputs.attestationAuthorityNote, {
      noteReference: NOTE,
      publicKeys: keys.map(({ id, pem, signatureAlgorithm }) => ({
        id,
        pkixPublicKey: { publicKeyPem: pem, signatureAlgorithm },
      })),
    });
  });

  it("outputs its name and the note", async () => {
    const { result } = await declared(attestor());
    assert.equal(await known(result.attestorName), "projects/attestor-project/attestors/attestor-id");
    assert.equal(await known(result.attachableNote), NOTE);
  });

  it("outputs its name only once its verifiers may read it, and the note only once the signer may attach", async () => {
    const program = (opts: Options) => {
      const { attestorName, attachableNote } = attestor()(opts);
      return [new Probe("policy", attestorName, opts), new Probe("attestation", attachableNote, opts)];
    };
    const verifier = "gcp:binaryauthorization/attestorIamMember:AttestorIamMember";
    assert.deepEqual(await waitingFor(verifier, program), ["policy"]);
    for (const right of [
      "gcp:containeranalysis/noteIamMember:NoteIamMember",
      "gcp:projects/iAMMember:IAMMember",
    ]) {
      assert.deepEqual(await waitingFor(right, program), ["attestation"]);
    }
  });

  it("rejects an attestor without a key", async () => {
    await assert.rejects(declared(attestor({ publicKeys: [] })), {
      message: "publicKeys is empty: an attestor needs at least one",
    });
  });
});
