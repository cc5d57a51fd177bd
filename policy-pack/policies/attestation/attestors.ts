import { parseAttestorKey } from "@attested-fhir/attestation";
import {
  propertyAt,
  ATTESTOR,
  errorMessage,
  listItems,
  type PinnedAttestor,
  type Resource,
  ROOT,
  formatValue,
  UNKNOWN,
  type PropertyValue,
  withDeclaration,
} from "@attested-fhir/stack-model";
import { googleApiDocs } from "../../frameworks.ts";
import type { ResourceGuardrail } from "../../guardrail.ts";
import { attestationMismatch } from "./verify-attestation.ts";

/** Guardrails on attestors and on the attestations that a stack is given as data. */

export const attestationVerifies: ResourceGuardrail = {
  kind: "resource",
  name: "attestation-verifies",
  description: "Every attestation that the stack is given verifies against a pinned public key.",
  severity: "critical",
  enforcement: "mandatory",
  needs: ["attestors", "attestations"],
  framework: googleApiDocs("Binary Authorization API", "v1", "attestors.validateAttestationOccurrence"),
  remediation: [
    "Copy the attestation again, unchanged, from where the image was signed.",
    "If it is unchanged, ask those who sign whether the key was changed, and pin the new key only on their word.",
  ],
  types: [ROOT],
  check(root, report) {
    withDeclaration([root], ["attestors", "attestations"], report, ({ attestors, attestations }) => {
      const keys = attestors.flatMap(({ publicKeys }) => publicKeys);
      for (const attestation of attestations) {
        const fault = attestationMismatch(attestation, keys);
        if (fault !== undefined) report(`the attestation of ${attestation.image} does not hold: ${fault}`);
      }
    });
  },
};

export const attestorKeyStrong: ResourceGuardrail = {
  kind: "resource",
  name: "attestor-key-strong",
  description:
    "Every attestor has a public key, and each of its keys is PKIX and elliptic, P-256 or stronger.",
  severity: "high",
  enforcement: "mandatory",
  framework: googleApiDocs(
    "Binary Authorization API",
    "v1",
    "AttestorPublicKey",
    "pkixPublicKey.signatureAlgorithm",
  ),
  remediation: [
    "Make a key with the algorithm EC_SIGN_P256_SHA256 (or P-384), in Cloud KMS or with openssl.",
    "Give the attestor its public key as pkixPublicKey, with the matching signatureAlgorithm.",
    "Sign the images again with it, and take the old key out.",
  ],
  types: [ATTESTOR, ROOT],
  check(resource, report) {
    if (resource.type === ATTESTOR) checkAttestor(resource, report);
    else {
      withDeclaration([resource], ["attestors"], report, ({ attestors }) => {
        for (const attestor of attestors) checkPinned(attestor, report);
      });
    }
  },
};

type Report = (message: string) => void;

function checkPinned({ name, publicKeys }: PinnedAttestor, report: Report): void {
  if (publicKeys.length === 0)
    report(`no public key of ${name} is pinned, so nothing can be verified against it`);
  for (const { id, pem } of publicKeys) {
    const fault = pem === UNKNOWN ? undefined : errorMessage(() => parseAttestorKey(pem));
    if (fault !== undefined) report(`the pinned key ${id} of ${name} ${fault}`);
  }
}

function checkAttestor({ props }: Resource, report: Report): void {
  const keys = propertyAt(props, "attestationAuthorityNote", "publicKeys");
  if (listItems(keys).length === 0)
    report("the attestor has no public key, so it finds no attestation valid");
  for (const key of listItems(keys)) {
    const id = propertyAt(key, "id");
    const fault = keyFault(key);
    if (fault !== undefined) report(`the key ${typeof id === "string" ? id : "of an unknown id"} ${fault}`);
  }
}

/** Google's names of the algorithms; each has two. */
const ALGORITHMS = /^EC(?:DSA|_SIGN)_(?:P256_SHA256|P384_SHA384|P521_SHA512)$/;

function keyFault(key: PropertyValue): string | undefined {
  if (typeof propertyAt(key, "asciiArmoredPgpPublicKey") === "string") return "is a PGP key: use a PKIX one";
  const algorithm = propertyAt(key, "pkixPublicKey", "signatureAlgorithm");
  if (typeof algorithm !== "string" || !ALGORITHMS.test(algorithm)) {
    return `has a signatureAlgorithm that is ${formatValue(algorithm)}, not ECDSA_P256_SHA256 or stronger`;
  }
  const pem = propertyAt(key, "pkixPublicKey", "publicKeyPem");
  if (pem === UNKNOWN) return undefined;
  if (typeof pem !== "string") return `has a publicKeyPem that is ${formatValue(pem)}`;
  return (
    errorMessage(() => parseAttestorKey(pem)) ?? mismatch(parseAttestorKey(pem).signatureAlgorithm, algorithm)
  );
}

function mismatch(actual: string, stated: string): string | undefined {
  return stated.replace("EC_SIGN", "ECDSA") === actual
    ? undefined
    : `is ${actual}, but is given as ${stated}`;
}
