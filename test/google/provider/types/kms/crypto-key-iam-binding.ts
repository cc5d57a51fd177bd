import { bindingFields, iamBinding } from "../../iam.ts";
import { required } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";

export const cryptoKeyIamBinding: ResourceType = {
  token: "gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding",
  evidence: { plan: "recorded", replaces: "recorded", lifecycle: "recorded" },
  fields: bindingFields({ cryptoKeyId: required({ replaces: true }) }),
  lifecycle: iamBinding({ api: "kms", resource: "{cryptoKeyId}", get: "GET" }),
};
