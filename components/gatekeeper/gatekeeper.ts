import * as pulumi from "@pulumi/pulumi";
import { CiliumNetworkPolicy } from "@pulumi/kubernetes-cilium/cilium/v2/ciliumNetworkPolicy.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import { after } from "../after.ts";
import { gatekeeperPolicySpec } from "./gatekeeper-policy.ts";
import { requireChartArchive } from "../kubernetes/chart-archive.ts";
import { RESTRICTED_NAMESPACE } from "../kubernetes/pod-security.ts";
import { gatekeeperValues } from "./gatekeeper-values.ts";

/** The version of Gatekeeper that is installed. */
export const GATEKEEPER_VERSION = "3.23.1";

/** The namespace that Gatekeeper runs in. */
export const GATEKEEPER_NAMESPACE = "gatekeeper-system";

export interface GatekeeperArgs {
  /** Image of Gatekeeper 3.23.1, `openpolicyagent/gatekeeper@sha256:…`, by digest; once it is attested. */
  image: pulumi.Input<string>;
  /** Image with its CRDs, `openpolicyagent/gatekeeper-crds@sha256:…`, by digest; once it is attested. */
  crdsImage: pulumi.Input<string>;
  /**
   * Path of the chart's archive, `gatekeeper-3.23.1.tgz`, for machines without internet; a relative one starts from the
   * directory of the program's main file. Defaults to the chart in Gatekeeper's repository.
   */
  chart?: string | undefined;
  /** How many pods answer the webhook. Defaults to 3. */
  replicas?: number | undefined;
  /**
   * What the API server does with a request for which no pod answers the webhook: `Fail` refuses it, `Ignore` admits it.
   * Defaults to `Fail`. Requests for other kinds than Namespace and Gatekeeper's own never reach the webhook.
   */
  failurePolicy?: "Fail" | "Ignore" | undefined;
  /**
   * Known once the cluster serves Cilium's policies; with it, a policy allows the pods to talk to the API server, and it to
   * them, before they run. Defaults to none: for a cluster without Cilium's policies.
   */
  ciliumPoliciesReady?: pulumi.Input<readonly string[]> | undefined;
  /** Labels of the namespace, besides those of Pod Security Admission. Defaults to none. */
  namespaceLabels?: Readonly<Record<string, pulumi.Input<string>>> | undefined;
}

const CHART = { chart: "gatekeeper", product: "Gatekeeper", version: GATEKEEPER_VERSION };
const REPOSITORY = "https://open-policy-agent.github.io/gatekeeper/charts";

/**
 * Gatekeeper in `gatekeeper-system`, from its Helm chart, with the validating webhook and audit.
 *
 * Source: seed 003, "Kubernetes Policy Management"; Gatekeeper documentation, "Installation" and "Failing Closed"; the
 * chart's values.yaml.
 *
 * @throws ResourceError when the chart's archive does not exist, or is named after another version
 */
export class Gatekeeper extends pulumi.ComponentResource {
  /** The namespace, once it exists. */
  declare readonly namespace: pulumi.Output<string>;
  /** Name of the Helm release, once Gatekeeper's pods are ready and its CRDs are served. */
  declare readonly ready: pulumi.Output<string>;

  constructor(name: string, args: GatekeeperArgs, opts: pulumi.ComponentResourceOptions) {
    const { ciliumPoliciesReady, ...inputs } = args;
    const { replicas = 3, failurePolicy = "Fail" } = args;
    super("attested-fhir:gatekeeper:Gatekeeper", name, { ...inputs, replicas, failurePolicy }, opts);
    requireChartArchive(args.chart, CHART, this);
    const namespace = this.createNamespace(name, args);
    const policies =
      ciliumPoliciesReady === undefined ? [] : [this.networkPolicy(name, namespace, ciliumPoliciesReady)];
    const release = new Release(
      `${name}-release`,
      {
        name: after("gatekeeper", policies),
        namespace,
        ...(args.chart === undefined
          ? { chart: "gatekeeper", repositoryOpts: { repo: REPOSITORY } }
          : { chart: args.chart }),
        version: GATEKEEPER_VERSION,
        values: gatekeeperValues({ ...args, replicas, failurePolicy }),
        maxHistory: 10,
      },
      { parent: this },
    );

    this.namespace = namespace;
    this.ready = release.name;
    this.registerOutputs({ namespace: this.namespace, ready: this.ready });
  }

  private createNamespace(name: string, { namespaceLabels }: GatekeeperArgs): pulumi.Output<string> {
    const labels = {
      ...RESTRICTED_NAMESPACE,
      ...namespaceLabels,
      // Gatekeeper's webhook must not be called for its own namespace.
      "admission.gatekeeper.sh/ignore": "no-self-managing",
    };
    const metadata = { name: GATEKEEPER_NAMESPACE, labels };
    return new Namespace(`${name}-namespace`, { metadata }, { parent: this }).metadata.name;
  }

  /** @returns the policy's name, once it is applied */
  private networkPolicy(
    name: string,
    namespace: pulumi.Output<string>,
    ready: pulumi.Input<readonly string[]>,
  ): pulumi.Output<string> {
    const metadata = { namespace, name: after("gatekeeper", [ready]) };
    return new CiliumNetworkPolicy(
      `${name}-policy`,
      { metadata, spec: gatekeeperPolicySpec() },
      { parent: this },
    ).metadata.name;
  }
}
