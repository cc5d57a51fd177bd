import { parseAttestorKey } from "@attested-fhir/attestation";
import { errorMessage, formatValue, UNKNOWN, type PropertyValue } from "@attested-fhir/stack-model";
import { covers } from "./image-allow-list.ts";
import type { Trust, TrustedKey } from "./trust-schema.ts";

/**
 * Whether the pack's configuration pins attestors, their notes and keys, signers and unattested images. Where it pins none
 * of a sort, what the program declares is trusted.
 */

/** Says in one sentence why an attestor is not trusted, or nothing where it is, or where no attestors are pinned. */
export function attestorFault({ attestors }: Trust, name: PropertyValue): string | undefined {
  if (attestors === undefined || attestors.some((pinned) => pinned.name === name)) return undefined;
  return `the attestor ${text(name)} is not pinned: the pack's configuration pins ${list(attestors.map((one) => one.name))}`;
}

/** The same about the note of an attestor that is pinned; a note that the update still has to name passes the preview. */
export function noteFault(
  { attestors }: Trust,
  name: PropertyValue,
  note: PropertyValue,
): string | undefined {
  const pinned = attestors?.find((one) => one.name === name)?.note;
  if (pinned === undefined || note === UNKNOWN || note === pinned) return undefined;
  return `the note ${text(note)} of the attestor ${text(name)} is not the pinned one: the pack's configuration pins ${pinned}`;
}

/**
 * The same about a key of an attestor that is pinned. What the update itself makes is not known in a preview: it is
 * evaluated by the update, before the attestor has the key.
 */
export function keyFault(
  { attestors }: Trust,
  name: PropertyValue,
  { id, pem }: { readonly id: PropertyValue; readonly pem: PropertyValue },
): string | undefined {
  const pinned = attestors?.find((one) => one.name === name)?.publicKeys;
  if (pinned === undefined) return undefined;
  const named = typeof id === "string" ? pinned.filter((key) => key.id === id) : pinned;
  const called = `the key ${typeof id === "string" ? id : `(its id is ${formatValue(id)})`} of the attestor ${text(name)}`;
  const pins = `the pack's configuration pins ${list(pinned.map((key) => key.id))}`;
  if (named.length === 0) return `${called} is not pinned: ${pins}`;
  if (pem === UNKNOWN || named.some((key) => matches(key, id, pem))) return undefined;
  return `${called} has another public key than the pinned one: ${fingerprint(pem)}, and ${pins} with ${list(named.map((key) => fingerprint(key.pem)))}`;
}

/** Whether a public key is the pinned one; by its id alone only where the pin holds nothing more. */
function matches(pinned: TrustedKey, id: PropertyValue, pem: PropertyValue): boolean {
  if (pinned.pem === undefined) return id === pinned.id || id === UNKNOWN;
  return fingerprint(pem) === fingerprint(pinned.pem);
}

/** A public key in a message, and what tells it from another: RFC 6920 of its DER form, which no line break changes. */
function fingerprint(pem: PropertyValue): string {
  if (typeof pem !== "string") return `a public key that is ${formatValue(pem)}`;
  let read = "a text that is not a public key";
  errorMessage(() => (read = parseAttestorKey(pem).namedInformation));
  return read;
}

/** Says in one sentence why a principal may not sign, or nothing where it may, or where no signers are pinned. */
export function signerFault({ signers }: Trust, signer: PropertyValue): string | undefined {
  if (signers === undefined || signers.some((pinned) => pinned === signer)) return undefined;
  return `the signer ${text(signer)} is not pinned: the pack's configuration pins ${list(signers)}`;
}

/** The same about an image, or a pattern of images, that runs without an attestation. */
export function unattestedFault({ unattestedImages }: Trust, pattern: PropertyValue): string | undefined {
  if (unattestedImages === undefined) return undefined;
  if (typeof pattern === "string" && unattestedImages.some((pinned) => covers(pinned, pattern)))
    return undefined;
  return `${text(pattern)} may not run without an attestation: the pack's configuration exempts ${list(unattestedImages)}`;
}

function text(value: PropertyValue): string {
  return typeof value === "string" ? value : `(${formatValue(value)})`;
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}
