import { writeFileSync } from "node:fs";
import { configurationSchema } from "@attested-fhir/policy-config";
import { guardrails } from "../../policy-pack/list.ts";

/** `npm run policy-schema`: writes the JSON schema of the policy pack's configuration from the guardrails. */

const file = new URL("../../stacks/policy.schema.json", import.meta.url);
writeFileSync(file, `${JSON.stringify(configurationSchema(guardrails), undefined, 2)}\n`);
