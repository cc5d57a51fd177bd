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
  keyRing: keyNameSchema,
  key: keyNameSchema,
  location: dataLocationSchema,
  version: z.int().positive().default(1),
  protectionLevel: z.enum(["SOFTWARE", "HSM"]).default("HSM"),
  protect: z.boolean().default(true),
  adopt: z.boolean().default(false),
});

export const noteSchema = z.strictObject({
  id: noteIdSchema,
  hint: z.string().min(1).max(64).default("Attestor note"),
});

/** A PKIX public key in PEM; the id that attestations name it by is the RFC 6920 name unless given. */
export const publicKeySchema = z.strictObject({
  id: z.string().min(1).optional(),
  pem: z.string().superRefine((pem, context) => {
    try {
      parseAttestorKey(pem);
    } catch (error) {
      context.addIssue({ code: "custom", message: (error as Error).message });
    }
  }),
});

export const attestorSchema = z.strictObject({
  id: attestorIdSchema,
  publicKeys: z.array(publicKeySchema).default([]),
  verifierProjects: z.array(projectNumberSchema).default([]),
});

const signature = z.strictObject({
  keyId: z.string().min(1).optional(),
  payload: base64Schema.optional(),
  signature: base64Schema,
});

export const imageToSignSchema = z.strictObject({
  image: imageSchema,
  owner: z.string({ error: "is missing: say who answers for the image" }).min(1),
  reason: z.string({ error: "is missing: say why the image is signed" }).min(1),
  signature: signature.optional(),
});
export type ImageToSign = z.infer<typeof imageToSignSchema>;
