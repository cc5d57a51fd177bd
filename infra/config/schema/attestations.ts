import { z } from "zod";
import { base64, image } from "./names.ts";

/** One attestation of the file that a signing stack hands to a runtime stack. */
export const attestation = z.strictObject({
  image,
  keyId: z.string({ error: "is missing: the id of the key that signed" }).min(1),
  payload: base64,
  signature: base64,
});

/** The whole file: what `pulumi stack output attestations --json` prints in the signing stack. */
export const attestations = z.array(attestation);
