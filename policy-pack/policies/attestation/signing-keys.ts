import {
  propertyAt,
  CRYPTO_KEY,
  isBelowRoot,
  ROOT,
  formatValue,
  withDeclaration,
} from "@attested-fhir/stack-model";
import { checkov, googleApiDocs, nist } from "../../frameworks.ts";
import { type ResourceGuardrail, type StackGuardrail, theRoot } from "../../guardrail.ts";
import { withPinnedDeclaration } from "../trust/declared-pins.ts";
import { GRANTING, iamGrants } from "../iam/iam-grants.ts";
import { signerFault } from "@attested-fhir/policy-config";

/** Guardrails on signing: the keys in Cloud KMS, and who may make attestations. */

const PURPOSES = ["ENCRYPT_DECRYPT", "RAW_ENCRYPT_DECRYPT", "ASYMMETRIC_DECRYPT", "MAC"];
const ALGORITHMS = ["EC_SIGN_P256_SHA256", "EC_SIGN_P384_SHA384"];

export const signingKeyElliptic: ResourceGuardrail = {
  kind: "resource",
  name: "signing-key-elliptic",
  description: "Every signing key of the root component in Cloud KMS is elliptic, P-256 or P-384.",
  severity: "high",
  enforcement: "mandatory",
  framework: googleApiDocs("Cloud KMS API", "v1", "CryptoKeyVersionAlgorithm"),
  remediation: [
    "Set versionTemplate.algorithm to EC_SIGN_P256_SHA256 (or EC_SIGN_P384_SHA384).",
    "A key that exists keeps its algorithm: make a new key, and sign the images again with it.",
  ],
  types: [CRYPTO_KEY],
  check(key, report) {
    // What a key of another program signs is not known; the keys of attestors are evaluated as such.
    if (!isBelowRoot(key)) return;
    const { props } = key;
    const purpose = propertyAt(props, "purpose");
    // The API's own default; it encrypts.
    if (purpose === undefined || (typeof purpose === "string" && PURPOSES.includes(purpose))) return;
    const algorithm = propertyAt(props, "versionTemplate", "algorithm");
    if (purpose !== "ASYMMETRIC_SIGN") report(`purpose is ${formatValue(purpose)}: say what the key is for`);
    else if (typeof algorithm !== "string" || !ALGORITHMS.includes(algorithm)) {
      report(`versionTemplate.algorithm is ${formatValue(algorithm)}, not ${ALGORITHMS.join(" or ")}`);
    }
  },
};

export const signingKeyProtected: StackGuardrail = {
  kind: "stack",
  name: "signing-key-protected",
  description:
    "Where duties are separate, every signing key is in a hardware security module and protected from deletion.",
  severity: "high",
  enforcement: "mandatory",
  needs: ["separateDuties"],
  framework: checkov("CKV_GCP_82", "Ensure KMS keys are protected from deletion"),
  remediation: [
    "Set versionTemplate.protectionLevel to HSM; a key that exists keeps its level, so make a new one.",
    "Set the resource option protect on the key.",
  ],
  cannotPrevent: "a resource that is registered before the root component, which then is refused",
  before: { types: [CRYPTO_KEY], related: theRoot },
  check(resources, report, { trust }) {
    const keys = resources.filter(
      ({ type, props }) => type === CRYPTO_KEY && propertyAt(props, "purpose") === "ASYMMETRIC_SIGN",
    );
    if (keys.length === 0) return;
    withPinnedDeclaration(resources, trust, ["separateDuties"], report, ({ separateDuties }) => {
      if (!separateDuties) return;
      for (const key of keys) {
        const level = propertyAt(key.props, "versionTemplate", "protectionLevel");
        if (level !== "HSM") report(`versionTemplate.protectionLevel is ${formatValue(level)}, not HSM`, key);
        if (key.protect !== true) report("the key is not protected from deletion", key);
      }
    });
  },
};

/** The roles that an attestation takes: to sign with a key, to attach to a note, to write an occurrence. */
const SIGNING_ROLES = [
  "roles/cloudkms.signer",
  "roles/cloudkms.signerVerifier",
  "roles/cloudkms.cryptoOperator",
  "roles/containeranalysis.notes.attacher",
  "roles/containeranalysis.occurrences.editor",
];

export const onlySignerSigns: StackGuardrail = {
  kind: "stack",
  name: "only-signer-signs",
  description: "What it takes to make an attestation is granted to the declared signer alone.",
  severity: "critical",
  enforcement: "mandatory",
  needs: ["signer"],
  framework: nist("AC-6", "Least Privilege"),
  remediation: [
    "Take the grant back, and let the declared signer make the attestation.",
    "If another principal is to sign from now on, declare it as the stack's signer.",
  ],
  cannotPrevent: "a resource that is registered before the root component, which then is refused",
  before: { types: [GRANTING], related: theRoot },
  check(resources, report, { trust }) {
    const grants = resources
      .filter(({ type }) => GRANTING.test(type))
      .flatMap((resource) => iamGrants(resource).map((grant) => ({ resource, ...grant })))
      .filter(({ role }) => typeof role === "string" && SIGNING_ROLES.includes(role));
    if (grants.length === 0) return;
    const check = (signer: string | undefined) => {
      for (const { resource, role, members } of grants) {
        for (const member of members) {
          if (typeof member !== "string") {
            report(
              `${formatValue(role)} is granted to a member that is ${formatValue(member)}: name it`,
              resource,
            );
            continue;
          }
          const granted = `${formatValue(role)} is granted to ${member}`;
          const unpinned = signerFault(trust, member);
          if (unpinned !== undefined) report(`${granted}, but ${unpinned}`, resource);
          else if (signer !== undefined && member !== signer)
            report(`${granted}, not to the signer ${signer}`, resource);
        }
      }
    };
    if (trust.signers !== undefined && !resources.some(({ type }) => type === ROOT)) check(undefined);
    else
      withDeclaration(resources, ["signer"], report, ({ signer }) => {
        check(signer);
      });
  },
};
