/** The public API: images, payloads, keys and signatures. */

export { type Attestation, attestationFault, type PinnedKey, verifies } from "./attestation.ts";
export { parseImage, pinnedImage, registryOf } from "./image.ts";
export { attestorKey } from "./key.ts";
export { attestationPayload, resourceUri } from "./payload.ts";
