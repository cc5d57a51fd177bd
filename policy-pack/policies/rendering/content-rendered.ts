import { unseenContent } from "@attested-fhir/stack-model";
import { nist } from "../../frameworks.ts";
import type { StackGuardrail } from "../../guardrail.ts";

/** The guardrail by which nothing counts as compliant that no guardrail has seen. */
export const contentRendered: StackGuardrail = {
  kind: "stack",
  name: "content-rendered",
  description:
    "Everything that charts, kustomizations, manifests, GitOps resources and remote components deploy is in the stack, where guardrails evaluate it.",
  severity: "critical",
  enforcement: "mandatory",
  framework: nist("CM-3", "Configuration Change Control"),
  remediation: [
    "For a chart, a kustomization or a remote component, preview with the Pulumi CLI, whose providers render it.",
    "Otherwise render it (helm template, kustomize build) and apply the manifests as resources of the stack.",
    "What is reviewed elsewhere can be exempted by URN, with owner, reason and expiry, in stacks/policy.<stack>.json.",
  ],
  cannotPrevent: "what is deployed without being rendered: that nothing is rendered shows at the end",
  check(resources, report) {
    for (const { resource, reason } of unseenContent(resources)) {
      report(
        `not rendered: ${reason}, so no guardrail has evaluated what ${resource.type} ${JSON.stringify(resource.name)} deploys`,
        resource,
      );
    }
  },
};
