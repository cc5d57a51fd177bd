/** The public API: images, payloads, keys and signatures. */

export { type Attestation, attestationError, type PinnedKey, verifySignature } from "./attestation.ts";
export { parseImage, parsePinnedImage, registryHost } from "./image-reference.ts";
export { parseAttestorKey } from "./attestor-key.ts";
export { attestationPayload, payloadMismatch, resourceUri } from "./payload.ts";
