import { type PinnedImage, parsePinnedImage } from "./image-reference.ts";

/**
 * The payload that an attestation signs, in the "simple signing" form that Binary Authorization reads.
 * The bytes are those that `gcloud container binauthz create-signature-payload` prints, so that a
 * signature made from that command's output verifies here as well.
 */

/** The only `critical.type` that Binary Authorization takes. */
export const PAYLOAD_TYPE = "Google cloud binauthz container signature";

/** Builds the payload for one image. Sign exactly these bytes; a space more and the signature is another. */
export function attestationPayload(image: PinnedImage): string {
  const payload = {
    critical: {
      identity: { "docker-reference": image.repository },
      image: { "docker-manifest-digest": image.digest },
      type: PAYLOAD_TYPE,
    },
  };
  return `${JSON.stringify(payload, null, 2)}\n`;
}

/** The resource URI of the occurrence that carries an image's attestation. */
export function resourceUri(image: PinnedImage): string {
  return `https://${image.repository}@${image.digest}`;
}

interface Payload {
  critical?: null | {
    identity?: null | { "docker-reference"?: unknown };
    image?: null | { "docker-manifest-digest"?: unknown };
    type?: unknown;
  };
}

function parsePayload(text: string): Payload | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Why a payload does not match the image, in one sentence; undefined when it matches. */
export function payloadMismatch(payload: string, image: string): string | undefined {
  const { repository, digest } = parsePinnedImage(image);
  const critical = parsePayload(payload)?.critical;
  if (!critical) return "its payload is not the JSON of a container signature";
  const said = {
    type: critical.type,
    reference: critical.identity?.["docker-reference"],
    digest: critical.image?.["docker-manifest-digest"],
  };
  if (said.type !== PAYLOAD_TYPE)
    return `its payload has the type ${JSON.stringify(said.type)}, not "${PAYLOAD_TYPE}"`;
  if (said.reference !== repository) return `its payload is for the image ${JSON.stringify(said.reference)}`;
  if (said.digest !== digest) return `its payload is for the digest ${JSON.stringify(said.digest)}`;
  return undefined;
}
