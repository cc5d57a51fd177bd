import { type Attestation, attestationError, parsePinnedImage } from "@attested-fhir/attestation";
import { type DeclaredKey, errorMessage, formatValue, UNKNOWN } from "@attested-fhir/stack-model";

/** Says in one sentence why an attestation does not hold against declared keys, or nothing when it does. */
export function attestationMismatch(
  attestation: Attestation,
  keys: readonly DeclaredKey[],
): string | undefined {
  const image = errorMessage(() => parsePinnedImage(attestation.image));
  if (image !== undefined) return `its image ${image}`;
  const known = keys.flatMap(({ id, pem }) => (pem === UNKNOWN ? [] : [{ id, pem }]));
  const named = keys.filter(({ id }) => id === attestation.keyId);
  if (named.some(({ pem }) => pem === UNKNOWN))
    return `its key ${attestation.keyId} is ${formatValue(UNKNOWN)}`;
  let fault: string | undefined;
  const unusable = errorMessage(() => (fault = attestationError(attestation, known)));
  return unusable === undefined ? fault : `its key ${attestation.keyId} ${unusable}`;
}
