import { pulumiDocs } from "../../frameworks.ts";
import type { ResourceGuardrail } from "../../guardrail.ts";

/** The guardrail on providers: each resource is made by an identity that the stack names. */

/** The end of a default provider's URN: its name is `default`, or `default_9_35_0` with the version. */
const DEFAULT = /::pulumi:providers:(?<plugin>[^:]+)::default(?:_[^:]*)?$/;

export const noDefaultProvider: ResourceGuardrail = {
  kind: "resource",
  name: "no-default-provider",
  description: "Every resource names an explicit provider: a default provider uses the ambient credentials.",
  severity: "high",
  enforcement: "mandatory",
  framework: pulumiDocs("Resource options: provider", "disable-default-providers"),
  remediation: [
    "Give the resource, or the component around it, an explicit provider.",
    'Keep pulumi:disable-default-providers at ["*"], so that Pulumi refuses the next one by itself.',
  ],
  types: [/^/],
  check({ provider = "" }, report) {
    const plugin = DEFAULT.exec(provider)?.groups?.plugin;
    if (plugin !== undefined)
      report(`it is made by the default provider of ${plugin}: give it an explicit one`);
  },
};
