import { z } from "zod";
import { parseAttestorKey } from "@attested-fhir/attestation";
import {
  attestorIdSchema,
  dataLocationSchema,
  imageSchema,
  keyNameSchema,
  noteIdSchema,
  base64Schema,
  projectNumberSchema,
} from "./names.ts";

/** The signing layer's part of a stack: the key, the note, the attestor and the images to sign. */

export const signingKeySchema = z.strictObject({
  keyRing: keyNameSchema.describe("Name of the key ring."),
  key: keyNameSchema.describe("Name of the key."),
  location: dataLocationSchema.describe("Location of the key ring."),
  version: z
    .int()
    .positive()
    .default(1)
    .describe(
      "The key version that signs. Version 1 comes with the key; make later ones before naming them.",
    ),
  protectionLevel: z
    .enum(["SOFTWARE", "HSM"])
    .default("HSM")
    .describe("Where the private key lives. The level of a key cannot be changed."),
  protect: z
    .boolean()
    .default(true)
    .describe("Whether Pulumi refuses to delete or replace key ring and key."),
  adopt: z.boolean().default(false).describe("Whether key ring and key exist already and are imported."),
});

export const noteSchema = z.strictObject({
  id: noteIdSchema.describe("The note's id."),
  hint: z
    .string()
    .min(1)
    .max(64)
    .default("Attestor note")
    .describe("The name of the authority, for people to read."),
});

/** A PKIX public key in PEM; the id that attestations name it by is the RFC 6920 name unless given. */
export const publicKeySchema = z.strictObject({
  id: z
    .string()
    .min(1)
    .optional()
    .describe(
      "The id that attestations name the key by. Where it is left out: the RFC 6920 name of the key, `ni:///sha-256;…`, which Binary Authorization gives it too.",
    ),
  pem: z
    .string()
    .superRefine((pem, context) => {
      try {
        parseAttestorKey(pem);
      } catch (error) {
        context.addIssue({ code: "custom", message: (error as Error).message });
      }
    })
    .meta({
      shape: "PKIX public key in PEM, elliptic: P-256, P-384 or P-521",
      description: "The public key. A private key is refused.",
    }),
});

export const attestorSchema = z.strictObject({
  id: attestorIdSchema.describe("The attestor's id."),
  publicKeys: z
    .array(publicKeySchema)
    .default([])
    .describe(
      "Public keys managed elsewhere. With one of them, `signingKey` and `projects.kms` must be absent.",
    ),
  verifierProjects: z.array(projectNumberSchema).default([]).meta({
    shape: "list of project numbers",
    description:
      "Numbers of other stacks' projects with clusters, `deployer` and `fhir`, whose Binary Authorization may verify by this attestor.",
  }),
});

const signature = z.strictObject({
  keyId: z
    .string()
    .min(1)
    .optional()
    .describe("The id of the key that signed; the first of `attestor.publicKeys` where it is left out."),
  payload: base64Schema
    .optional()
    .describe(
      "The payload that was signed; the payload that `gcloud container binauthz create-signature-payload` prints where it is left out.",
    ),
  signature: base64Schema.describe(
    "The signature in DER over the payload's hash (SHA-256 for P-256, SHA-384 for P-384, SHA-512 for P-521).",
  ),
});

export const imageToSignSchema = z.strictObject({
  image: imageSchema.describe("The image. Each image once."),
  owner: z
    .string({ error: "is missing: say who answers for the image" })
    .min(1)
    .describe("Who answers for the image."),
  reason: z
    .string({ error: "is missing: say why the image is signed" })
    .min(1)
    .describe("Why the image is signed."),
  signature: signature
    .optional()
    .describe(
      "A signature made with a key managed elsewhere. Required there, refused where `signingKey` signs.",
    ),
});
export type ImageToSign = z.infer<typeof imageToSignSchema>;
