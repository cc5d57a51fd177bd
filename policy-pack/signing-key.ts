import { declared, withDeclaration } from "./declaration.ts";
import { checkov, googleApi } from "./framework.ts";
import type { ResourceGuardrail, StackGuardrail } from "./guardrail.ts";
import { CRYPTO_KEY } from "./token.ts";
import { at, said } from "./value.ts";

/** Guardrails on the keys in Cloud KMS that sign attestations. */

const PURPOSES = ["ENCRYPT_DECRYPT", "RAW_ENCRYPT_DECRYPT", "ASYMMETRIC_DECRYPT", "MAC"];
const ALGORITHMS = ["EC_SIGN_P256_SHA256", "EC_SIGN_P384_SHA384"];

export const signingKeyElliptic: ResourceGuardrail = {
  kind: "resource",
  name: "signing-key-elliptic",
  description: "Every signing key in Cloud KMS is elliptic, P-256 or P-384.",
  severity: "high",
  enforcement: "mandatory",
  framework: googleApi("Cloud KMS API", "v1", "CryptoKeyVersionAlgorithm"),
  remediation: [
    "Set versionTemplate.algorithm to EC_SIGN_P256_SHA256 (or EC_SIGN_P384_SHA384).",
    "A key that exists keeps its algorithm: make a new key, and sign the images again with it.",
  ],
  types: [CRYPTO_KEY],
  check({ props }, report) {
    const purpose = at(props, "purpose");
    // The API's own default; it encrypts.
    if (purpose === undefined || (typeof purpose === "string" && PURPOSES.includes(purpose))) return;
    const algorithm = at(props, "versionTemplate", "algorithm");
    if (purpose !== "ASYMMETRIC_SIGN") report(`purpose is ${said(purpose)}: say what the key is for`);
    else if (typeof algorithm !== "string" || !ALGORITHMS.includes(algorithm)) {
      report(`versionTemplate.algorithm is ${said(algorithm)}, not ${ALGORITHMS.join(" or ")}`);
    }
  },
};

export const signingKeyProtected: StackGuardrail = {
  kind: "stack",
  name: "signing-key-protected",
  description: "Where duties are separate, every signing key is in a hardware security module and protected from deletion.",
  severity: "high",
  enforcement: "mandatory",
  framework: checkov("CKV_GCP_82", "Ensure KMS keys are protected from deletion"),
  remediation: [
    "Set versionTemplate.protectionLevel to HSM; a key that exists keeps its level, so make a new one.",
    "Set the resource option protect on the key.",
  ],
  check(resources, report) {
    const keys = resources.filter(({ type, props }) => type === CRYPTO_KEY && at(props, "purpose") === "ASYMMETRIC_SIGN");
    // A stack without a root component separates no duties that this pack could know of.
    if (keys.length === 0 || ("fault" in declared(resources) && !resources.some(({ type }) => type === "")))
      return;
    withDeclaration(resources, ["separateDuties"], report, ({ separateDuties }) => {
      if (!separateDuties) return;
      for (const key of keys) {
        const level = at(key.props, "versionTemplate", "protectionLevel");
        if (level !== "HSM") report(`versionTemplate.protectionLevel is ${said(level)}, not HSM`, key);
        if (key.protect !== true) report("the key is not protected from deletion", key);
      }
    });
  },
};
