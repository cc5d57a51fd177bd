import type * as pulumi from "@pulumi/pulumi";
import type { Provider as KubernetesProvider } from "@pulumi/kubernetes/provider.js";
import { SYSTEM_NAMESPACES } from "@attested-fhir/required-labels";
import { Gatekeeper } from "../../components/gatekeeper/gatekeeper.ts";
import { RequiredLabelsAdmission } from "../../components/gatekeeper/required-labels-admission.ts";
import { RequiredLabelsConstraint } from "../../components/gatekeeper/required-labels-constraint.ts";
import type { RequiredLabelsConfig } from "../config/schema/required-labels.ts";
import type { StackConfig } from "../config/stack-config.ts";
import type { LayerContext } from "../layer-context.ts";
import { chartPath } from "./chart-path.ts";
import type { Signing } from "./signing.ts";

/** A cluster of the stack, as its required labels need it. */
export interface LabelledCluster {
  /** Prefix of the resources' names. */
  readonly name: "deployer" | "fhir";
  readonly provider: KubernetesProvider;
  /** Whether GKE manages the cluster, with namespaces of its own. */
  readonly gke: boolean;
  /** Known once the cluster serves Cilium's policies; absent where it has none. */
  readonly ciliumPoliciesReady?: pulumi.Output<readonly string[]>;
}

/** The namespaces that GKE's own agents and managed services create. */
const GKE_NAMESPACES = ["gke-managed-*", "gmp-*"];

/** The required label on the namespaces that the stack creates; undefined where none is required. */
export function namespaceLabels({ requiredLabels }: StackConfig): Record<string, string> | undefined {
  return requiredLabels && { [requiredLabels.key]: requiredLabels.value };
}

/** Namespaces of a cluster that the required label does not apply to. */
export function exemptNamespaces(
  config: StackConfig,
  cluster: Pick<LabelledCluster, "name" | "gke">,
): string[] {
  const exempt = [
    ...SYSTEM_NAMESPACES,
    ...(cluster.gke ? GKE_NAMESPACES : []),
    ...(cluster.name === "fhir" ? config.cilium.systemNamespaces : []),
    ...(config.requiredLabels?.exemptNamespaces ?? []),
  ];
  return [...new Set(exempt)].sort();
}

/**
 * The label that every namespace of a cluster must carry, enforced as the stack says; nothing where it says nothing.
 *
 * @param signed the signing layer, where the same stack builds it
 */
export function requiredLabels(
  context: LayerContext,
  cluster: LabelledCluster,
  signed: Signing | undefined,
): void {
  const { config, parent } = context;
  const settings = config.requiredLabels;
  if (settings === undefined) return;
  const { key, allowedRegex, message, enforcement, failurePolicy } = settings;
  const rule = {
    key,
    allowedRegex,
    message,
    enforcement,
    exemptNamespaces: exemptNamespaces(config, cluster),
  };
  const opts = { parent, provider: cluster.provider };
  const policyName = `all-must-have-${key.replace(/.*\//, "").toLowerCase().replaceAll("_", "-")}`;
  const name = `${cluster.name}-required-labels`;
  if (settings.gatekeeper === undefined) {
    new RequiredLabelsAdmission(name, { ...rule, failurePolicy, policyName }, opts);
    return;
  }
  const gatekeeper = gatekeeperIn(context, cluster, settings, settings.gatekeeper, signed);
  new RequiredLabelsConstraint(
    name,
    { ...rule, constraintName: policyName, gatekeeperReady: gatekeeper.ready },
    opts,
  );
}

function gatekeeperIn(
  { config, parent }: LayerContext,
  { name, provider, ciliumPoliciesReady }: LabelledCluster,
  { failurePolicy }: RequiredLabelsConfig,
  { image, crdsImage, replicas, chart }: NonNullable<RequiredLabelsConfig["gatekeeper"]>,
  signed: Signing | undefined,
): Gatekeeper {
  const attested = (one: string) => signed?.attestedImages.get(one) ?? one;
  return new Gatekeeper(
    `${name}-gatekeeper`,
    {
      image: attested(image),
      crdsImage: attested(crdsImage),
      replicas,
      failurePolicy,
      chart: chartPath(chart),
      ciliumPoliciesReady,
      namespaceLabels: namespaceLabels(config),
    },
    { parent, provider },
  );
}
