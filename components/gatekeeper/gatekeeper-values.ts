import type * as pulumi from "@pulumi/pulumi";

/**
 * The values of Gatekeeper's chart, as pure data: the webhook for namespaces and for Gatekeeper's own kinds only, no
 * mutation, no external data, no jobs after the installation.
 *
 * Source: the chart's values.yaml, 3.23.1.
 */

/** What the values are made from. */
export interface GatekeeperValuesArgs {
  image: pulumi.Input<string>;
  crdsImage: pulumi.Input<string>;
  replicas: number;
  failurePolicy: "Fail" | "Ignore";
}

/** What the webhook is asked about. Everything else is admitted without it, and does not depend on it. */
const WEBHOOK_RULES = [
  { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["namespaces"] },
  {
    apiGroups: ["templates.gatekeeper.sh", "constraints.gatekeeper.sh"],
    apiVersions: ["*"],
    operations: ["CREATE", "UPDATE"],
    resources: ["*"],
  },
];

/** The chart's values. */
export function gatekeeperValues({ image, crdsImage, replicas, failurePolicy }: GatekeeperValuesArgs) {
  return {
    replicas,
    // The chart appends `:RELEASE` where there is one; the reference is whole, with its digest.
    image: { repository: image, release: "" },
    preInstall: { crdRepository: { image: { repository: crdsImage, tag: "" } } },
    validatingWebhookFailurePolicy: failurePolicy,
    // The second webhook is asked about each namespace, too, and would fail closed by default.
    validatingWebhookCheckIgnoreFailurePolicy: failurePolicy,
    validatingWebhookCustomRules: WEBHOOK_RULES,
    disableMutation: true,
    enableExternalData: false,
    // The rule is in Rego. Where the API server evaluates it itself, RequiredLabelsAdmission declares the policy.
    defaultCreateVAPForTemplates: false,
    defaultCreateVAPBindingForConstraints: false,
    enableGeneratorResourceExpansion: false,
    // The component creates the namespace, with its labels.
    postInstall: { labelNamespace: { enabled: false }, probeWebhook: { enabled: false } },
  };
}
