import { z } from "zod";
import { exemptionIssue, regexIssue } from "@attested-fhir/required-labels";
import { imageSchema, labelValueSchema, text } from "./names.ts";

/** The label that every namespace of the stack's clusters must carry, and what enforces it. */

/** A prefix, a DNS name, and a name. Source: Kubernetes documentation, "Labels and Selectors". */
const LABEL_KEY = /^(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/;

/** The issue that a function finds in a text, as the schema's. */
function checkedBy(issueOf: (value: string) => string | undefined) {
  return z.string().superRefine((value, context) => {
    const issue = issueOf(value);
    if (issue !== undefined) context.addIssue({ code: "custom", message: issue });
  });
}

const gatekeeperSchema = z.strictObject({
  image: imageSchema.describe("Image of Gatekeeper 3.23.1, `openpolicyagent/gatekeeper`."),
  crdsImage: imageSchema.describe("Image with Gatekeeper's CRDs, `openpolicyagent/gatekeeper-crds`."),
  replicas: z.int().min(1).max(10).default(3).describe("How many pods answer the webhook."),
  chart: text(/^\S*gatekeeper-[\d.]+\.tgz$/, "the path of gatekeeper-VERSION.tgz")
    .optional()
    .describe(
      "The chart's archive, for machines without internet. Defaults to the chart in Gatekeeper's repository.",
    ),
});

export const requiredLabelsSchema = z.strictObject({
  key: text(LABEL_KEY, "the key of a Kubernetes label").describe(
    "Key of the label that every namespace must carry.",
  ),
  value: labelValueSchema.describe("Value of the label on the namespaces that this stack creates."),
  allowedRegex: checkedBy(regexIssue).meta({
    shape: "RE2 regular expression, anchored as a whole: `^(one|two)$`",
    description: "Expression that every value of the label must match. `value` must match it.",
  }),
  message: z
    .string()
    .min(1)
    .optional()
    .describe("The message of a refusal. Defaults to one that names key and expression."),
  engine: z
    .enum(["validatingAdmissionPolicy", "gatekeeper"])
    .default("validatingAdmissionPolicy")
    .describe("What evaluates the rule: the API server itself, or Gatekeeper by its webhook."),
  enforcement: z
    .enum(["deny", "dryrun"])
    .default("deny")
    .describe("Whether namespaces that violate the rule are refused, or only reported."),
  failurePolicy: z
    .enum(["Fail", "Ignore"])
    .default("Fail")
    .describe("Whether a namespace is refused or admitted while the rule cannot be evaluated."),
  exemptNamespaces: z.array(checkedBy(exemptionIssue)).default([]).meta({
    shape: "list of names, or of their beginnings with `*`",
    description:
      "Namespaces that the rule does not apply to, besides Kubernetes' own, `cilium.systemNamespaces`, and on GKE `gke-managed-*` and `gmp-*`.",
  }),
  gatekeeper: gatekeeperSchema.optional().describe("Gatekeeper, where `engine` is `gatekeeper`."),
});

export type RequiredLabelsConfig = z.infer<typeof requiredLabelsSchema>;
