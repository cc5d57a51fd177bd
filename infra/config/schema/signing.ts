import { z } from "zod";
import { attestorKey } from "@attested-fhir/attestation";
import { attestorId, dataLocation, image, keyName, noteId, base64, projectNumber } from "./names.ts";

/** The signing layer's part of a stack: the key, the note, the attestor and the images to sign. */

export const signingKey = z.strictObject({
  keyRing: keyName,
  key: keyName,
  location: dataLocation,
  version: z.int().positive().default(1),
  protectionLevel: z.enum(["SOFTWARE", "HSM"]).default("HSM"),
  protect: z.boolean().default(true),
  adopt: z.boolean().default(false),
});
export type SigningKeyConfig = z.infer<typeof signingKey>;

export const note = z.strictObject({
  id: noteId,
  hint: z.string().min(1).max(64).default("Attestor note"),
});

/** A PKIX public key in PEM; the id that attestations name it by is the RFC 6920 name unless given. */
export const publicKey = z.strictObject({
  id: z.string().min(1).optional(),
  pem: z.string().superRefine((pem, context) => {
    try {
      attestorKey(pem);
    } catch (error) {
      context.addIssue({ code: "custom", message: (error as Error).message });
    }
  }),
});

export const attestor = z.strictObject({
  id: attestorId,
  publicKeys: z.array(publicKey).default([]),
  verifierProjects: z.array(projectNumber).default([]),
});

const signature = z.strictObject({
  keyId: z.string().min(1).optional(),
  payload: base64.optional(),
  signature: base64,
});

export const imageToSign = z.strictObject({
  image,
  owner: z.string({ error: "is missing: say who answers for the image" }).min(1),
  reason: z.string({ error: "is missing: say why the image is signed" }).min(1),
  signature: signature.optional(),
});
export type ImageToSign = z.infer<typeof imageToSign>;
