import { PolicyPack } from "@pulumi/policy";
import { watchConfiguration } from "./crossguard/configure.ts";
import { guardrails } from "./list.ts";
import { toPolicies } from "./crossguard/adapter.ts";
import "./crossguard/deserialize-once.ts";

/** Serves the guardrails to the Pulumi engine: `pulumi preview --policy-pack policy-pack`. */
new PolicyPack("attested-fhir", {
  enforcementLevel: "mandatory",
  policies: toPolicies(
    guardrails,
    watchConfiguration(guardrails, () => new Date()),
  ),
});
