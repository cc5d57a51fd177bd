import * as pulumi from "@pulumi/pulumi";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import { contentHash } from "../fhir/content-hash.ts";
import { BUNDLE_FILE, type OpaBundle } from "./opa-bundle.ts";
import { OPA_GRPC_PORT, OPA_LABELS, OPA_NAME, opaConfig, opaPodSpec } from "./opa-server-spec.ts";

export interface OpaServerArgs {
  /** Image of OPA with its Envoy plugin, `openpolicyagent/opa:VERSION-envoy-static`, by digest, once it is attested. */
  image: pulumi.Input<string>;
  /** The namespace, once its network policies are applied. */
  namespace: pulumi.Input<string>;
  /** How many pods decide; with more than one, a disruption budget keeps all but one. */
  replicas: number;
  /** The policy. */
  bundle: OpaBundle;
}

/**
 * OPA, which decides on DICOMweb requests for Envoy, by gRPC. It loads nothing but the signed bundle, serves its API on
 * its loopback only, and logs its decisions without the requests.
 *
 * Source: OPA's documentation, "Envoy", "Decision Logs" and "Security"; Kubernetes' Pod Security Standard "restricted".
 */
export class OpaServer extends pulumi.ComponentResource {
  /** Host of the Service, within its cluster, once a pod is ready. */
  declare readonly host: pulumi.Output<string>;

  constructor(name: string, args: OpaServerArgs, opts: pulumi.ComponentResourceOptions) {
    const { image, namespace, replicas, bundle } = args;
    super("attested-fhir:dicom:OpaServer", name, { image, namespace, replicas }, opts);
    const account = new ServiceAccount(
      `${name}-account`,
      { metadata: { namespace, name: OPA_NAME }, automountServiceAccountToken: false },
      { parent: this },
    );
    const config = this.config(name, args);
    const deployment = new Deployment(
      `${name}-deployment`,
      {
        metadata: { namespace, name: OPA_NAME, labels: OPA_LABELS },
        spec: {
          replicas,
          selector: { matchLabels: OPA_LABELS },
          template: {
            metadata: { labels: OPA_LABELS },
            spec: opaPodSpec({
              image,
              serviceAccount: account.metadata.name,
              config: config.metadata.name,
              bundle: bundle.configMap,
            }),
          },
        },
      },
      { parent: this },
    );
    if (replicas > 1) this.disruptionBudget(name, namespace);
    const service = new Service(
      `${name}-service`,
      {
        metadata: { namespace: deployment.metadata.namespace, name: OPA_NAME, labels: OPA_LABELS },
        spec: {
          type: "ClusterIP",
          selector: OPA_LABELS,
          ports: [{ name: "grpc", port: OPA_GRPC_PORT, targetPort: "grpc", protocol: "TCP" }],
        },
      },
      { parent: this },
    );
    this.host = pulumi.interpolate`${service.metadata.name}.${service.metadata.namespace}.svc`;
    this.registerOutputs({ host: this.host });
  }

  private config(name: string, { namespace, bundle }: OpaServerArgs): ConfigMap {
    const text = bundle.publicKey.apply((key) => JSON.stringify(opaConfig(key, `/bundle/${BUNDLE_FILE}`)));
    return new ConfigMap(
      `${name}-config`,
      {
        metadata: { namespace, name: text.apply((content) => `${name}-config-${contentHash(content)}`) },
        immutable: true,
        data: { "opa.json": text },
      },
      { parent: this },
    );
  }

  private disruptionBudget(name: string, namespace: pulumi.Input<string>): PodDisruptionBudget {
    return new PodDisruptionBudget(
      `${name}-budget`,
      {
        metadata: { namespace, name: OPA_NAME },
        spec: { maxUnavailable: 1, selector: { matchLabels: OPA_LABELS } },
      },
      { parent: this },
    );
  }
}
