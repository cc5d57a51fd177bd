import { type Attestation, attestationFault, pinnedImage } from "@attested-fhir/attestation";
import { type DeclaredKey, faultOf, said, UNKNOWN } from "@attested-fhir/stack-model";

/** Says in one sentence why an attestation does not hold against declared keys, or nothing when it does. */
export function declaredFault(attestation: Attestation, keys: readonly DeclaredKey[]): string | undefined {
  const image = faultOf(() => pinnedImage(attestation.image));
  if (image !== undefined) return `its image ${image}`;
  const known = keys.flatMap(({ id, pem }) => (pem === UNKNOWN ? [] : [{ id, pem }]));
  const named = keys.filter(({ id }) => id === attestation.keyId);
  if (named.some(({ pem }) => pem === UNKNOWN)) return `its key ${attestation.keyId} is ${said(UNKNOWN)}`;
  let fault: string | undefined;
  const unusable = faultOf(() => (fault = attestationFault(attestation, known)));
  return unusable === undefined ? fault : `its key ${attestation.keyId} ${unusable}`;
}
