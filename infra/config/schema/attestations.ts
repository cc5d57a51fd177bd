import { z } from "zod";
import { base64Schema, imageSchema } from "./names.ts";

/** One attestation of the file that a signing stack hands to a runtime stack. */
export const attestationSchema = z.strictObject({
  image: imageSchema.describe("The image that was signed."),
  keyId: z
    .string({ error: "is missing: the id of the key that signed" })
    .min(1)
    .describe("The id of the pinned key that signed."),
  payload: base64Schema.describe("The payload that was signed."),
  signature: base64Schema.describe("The signature, in DER form."),
});

/** The whole file: what `pulumi stack output attestations --json` prints in the signing stack. */
export const attestationsSchema = z.array(attestationSchema);
