import { hasDeclaration } from "@attested-fhir/stack-model";
import { pulumiDocs } from "../../frameworks.ts";
import { type StackGuardrail, theRoot } from "../../guardrail.ts";

/** The guardrail on providers: each resource is made by an identity that the stack names. */

/** The end of a default provider's URN: its name is `default`, or `default_9_35_0` with the version. */
const DEFAULT = /::pulumi:providers:(?<plugin>[^:]+)::default(?:_[^:]*)?$/;

export const noDefaultProvider: StackGuardrail = {
  kind: "stack",
  name: "no-default-provider",
  description:
    "Every resource names an explicit provider, since a default provider uses the ambient credentials; advisory in a stack without a root component.",
  severity: "high",
  enforcement: "mandatory",
  framework: pulumiDocs("Resource options: provider", "disable-default-providers"),
  remediation: [
    "Give the resource, or the component around it, an explicit provider.",
    'Keep pulumi:disable-default-providers at ["*"], so that Pulumi refuses the next one by itself.',
  ],
  cannotPrevent: "a resource that is registered before the root component, which then is refused",
  before: { types: [/^/], related: theRoot },
  check(resources, report, { trust }) {
    const isOwn = hasDeclaration(resources) || Object.keys(trust).length > 0;
    for (const resource of resources) {
      const plugin = DEFAULT.exec(resource.provider ?? "")?.groups?.plugin;
      const message = `provider is the default provider of ${plugin ?? ""}, not an explicit one`;
      if (plugin !== undefined) report(message, resource, isOwn ? undefined : "advisory");
    }
  },
};
