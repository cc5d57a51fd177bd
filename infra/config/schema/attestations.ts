import { z } from "zod";
import { base64Schema, imageSchema } from "./names.ts";

/** One attestation of the file that a signing stack hands to a runtime stack. */
export const attestationSchema = z.strictObject({
  image: imageSchema,
  keyId: z.string({ error: "is missing: the id of the key that signed" }).min(1),
  payload: base64Schema,
  signature: base64Schema,
});

/** The whole file: what `pulumi stack output attestations --json` prints in the signing stack. */
export const attestationsSchema = z.array(attestationSchema);
