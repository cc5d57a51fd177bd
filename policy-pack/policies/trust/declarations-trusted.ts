import { trustedDeclarations, trustedText } from "@attested-fhir/policy-config";
import { pulumiDocs } from "../../frameworks.ts";
import type { StackGuardrail } from "../../guardrail.ts";

/** The guardrail that lists, once for each run, what the pack trusts for want of a pin. */
export const declarationsTrusted: StackGuardrail = {
  kind: "stack",
  name: "declarations-trusted",
  description: "The pack's configuration pins everything that the pack would otherwise trust as declared.",
  severity: "low",
  enforcement: "advisory",
  informs: true,
  framework: pulumiDocs("Policy pack configuration", "--policy-pack-config"),
  remediation: [
    "Pin what is listed in stacks/policy.<stack>.json, and have other people own that file than the program.",
  ],
  cannotPrevent: "nothing: it only informs",
  check(resources, report, { trust }) {
    const trusted = trustedDeclarations(resources, trust);
    if (trusted.length > 0) report(trustedText(trusted));
  },
};
