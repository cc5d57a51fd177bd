import { generateKeyPairSync, sign } from "node:crypto";
import { Attestor } from "@pulumi/gcp/binaryauthorization/attestor.js";
import { Policy } from "@pulumi/gcp/binaryauthorization/policy.js";
import { Note } from "@pulumi/gcp/containeranalysis/note.js";
import { Occurence } from "@pulumi/gcp/containeranalysis/occurence.js";
import { Provider } from "@pulumi/gcp/provider.js";
import { parsePinnedImage } from "../../../../packages/attestation/image-reference.ts";
import { attestationPayload } from "../../../../packages/attestation/payload.ts";
import { DIGEST, REPOSITORY, workload } from "../workload.ts";

/** The attacker's own note, attestor and key, and an attestation of the attacker's image made with them. */
const project = "attacker-project";
const image = `${REPOSITORY}@${DIGEST}`;
const options = { provider: new Provider("google", { project }) };
const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const payload = Buffer.from(attestationPayload(parsePinnedImage(image)));
const noteName = `projects/${project}/notes/own`;

new Note(
  "note",
  { project, name: "own", attestationAuthority: { hint: { humanReadableName: "own" } } },
  options,
);
new Attestor(
  "attestor",
  {
    project,
    name: "own",
    attestationAuthorityNote: {
      noteReference: noteName,
      publicKeys: [
        {
          id: "own",
          pkixPublicKey: {
            publicKeyPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
            signatureAlgorithm: "ECDSA_P256_SHA256",
          },
        },
      ],
    },
  },
  options,
);
const attested = new Occurence(
  "attestation",
  {
    project,
    noteName,
    resourceUri: `https://${image}`,
    attestation: {
      serializedPayload: payload.toString("base64"),
      signatures: [{ publicKeyId: "own", signature: sign("sha256", payload, privateKey).toString("base64") }],
    },
  },
  options,
);
const policy = new Policy(
  "policy",
  {
    project,
    defaultAdmissionRule: {
      evaluationMode: "REQUIRE_ATTESTATION",
      enforcementMode: "ENFORCED_BLOCK_AND_AUDIT_LOG",
      requireAttestationsBies: ["own"],
    },
  },
  options,
);
workload([attested, policy]);
