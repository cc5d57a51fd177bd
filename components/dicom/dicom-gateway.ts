import * as pulumi from "@pulumi/pulumi";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import { contentHash } from "../fhir/content-hash.ts";
import { restrictedContainer, restrictedPod, UNPRIVILEGED_USER } from "../kubernetes/pod-security.ts";
import { envoyConfig, GATEWAY_PORT, READY_PORT, type Upstream } from "./envoy-config.ts";
import { OPA_GRPC_PORT } from "./opa-server-spec.ts";
import type { TokenIssuer } from "./policy-settings.ts";

/** Labels of the gateway's pods. */
export const GATEWAY_LABELS = {
  "app.kubernetes.io/name": "dicom-gateway",
  "app.kubernetes.io/part-of": "dicom",
};

/** Name of the gateway's Service, ServiceAccount and Deployment. */
export const GATEWAY_NAME = "dicom-gateway";

export interface DicomGatewayArgs {
  /** Image of Envoy, by digest, once it is attested. */
  image: pulumi.Input<string>;
  /** The namespace, once its network policies are applied. */
  namespace: pulumi.Input<string>;
  /** How many pods serve; with more than one, a disruption budget keeps all but one. */
  replicas: number;
  /** The issuer of tokens. */
  issuer: TokenIssuer;
  /** Host of OPA's Service. */
  opaHost: string;
  /** Where allowed requests go. */
  upstream: pulumi.Input<Upstream>;
  /** The Google service account that the gateway acts for, by email, once it may; none when absent. */
  googleServiceAccount?: pulumi.Input<string> | undefined;
}

/**
 * The DICOMweb gateway, an Envoy: it verifies the token against the issuer's keys, asks OPA by gRPC, and lets a request
 * through to the upstream only where both agree. Where the issuer or OPA cannot be reached, it denies. The user's token
 * does not reach the upstream.
 *
 * Source: MetaCell's exploration of OPA for DICOMweb stores, whose gateway was GoGatekeeper; Envoy's API v3; Kubernetes'
 * Pod Security Standard "restricted".
 */
export class DicomGateway extends pulumi.ComponentResource {
  /** Base URL of the gateway within its cluster, once a pod is ready. */
  declare readonly url: pulumi.Output<string>;

  constructor(name: string, args: DicomGatewayArgs, opts: pulumi.ComponentResourceOptions) {
    const { image, namespace, replicas } = args;
    super("attested-fhir:dicom:DicomGateway", name, { image, namespace, replicas }, opts);
    const account = this.account(name, args);
    const config = this.config(name, args);
    const deployment = new Deployment(
      `${name}-deployment`,
      {
        metadata: { namespace, name: GATEWAY_NAME, labels: GATEWAY_LABELS },
        spec: {
          replicas,
          selector: { matchLabels: GATEWAY_LABELS },
          template: {
            metadata: { labels: GATEWAY_LABELS },
            spec: gatewayPodSpec(image, account.metadata.name, config.metadata.name),
          },
        },
      },
      { parent: this },
    );
    if (replicas > 1) this.disruptionBudget(name, namespace);
    const service = this.service(name, deployment.metadata.namespace);
    this.url = pulumi.interpolate`http://${service.metadata.name}.${service.metadata.namespace}.svc:${GATEWAY_PORT}`;
    this.registerOutputs({ url: this.url });
  }

  private account(name: string, { namespace, googleServiceAccount }: DicomGatewayArgs): ServiceAccount {
    const annotations =
      googleServiceAccount === undefined
        ? {}
        : { annotations: { "iam.gke.io/gcp-service-account": googleServiceAccount } };
    return new ServiceAccount(
      `${name}-account`,
      { metadata: { namespace, name: GATEWAY_NAME, ...annotations }, automountServiceAccountToken: false },
      { parent: this },
    );
  }

  private config(name: string, { namespace, issuer, opaHost, upstream }: DicomGatewayArgs): ConfigMap {
    const text = pulumi
      .output(upstream)
      .apply((to) => JSON.stringify(envoyConfig({ issuer, opaHost, opaPort: OPA_GRPC_PORT, upstream: to })));
    return new ConfigMap(
      `${name}-config`,
      {
        metadata: { namespace, name: text.apply((content) => `${name}-config-${contentHash(content)}`) },
        immutable: true,
        data: { "envoy.json": text },
      },
      { parent: this },
    );
  }

  private service(name: string, namespace: pulumi.Input<string>): Service {
    return new Service(
      `${name}-service`,
      {
        metadata: { namespace, name: GATEWAY_NAME, labels: GATEWAY_LABELS },
        spec: {
          type: "ClusterIP",
          selector: GATEWAY_LABELS,
          ports: [{ name: "http", port: GATEWAY_PORT, targetPort: "http", protocol: "TCP" }],
        },
      },
      { parent: this },
    );
  }

  private disruptionBudget(name: string, namespace: pulumi.Input<string>): PodDisruptionBudget {
    return new PodDisruptionBudget(
      `${name}-budget`,
      {
        metadata: { namespace, name: GATEWAY_NAME },
        spec: { maxUnavailable: 1, selector: { matchLabels: GATEWAY_LABELS } },
      },
      { parent: this },
    );
  }
}

function gatewayPodSpec(
  image: pulumi.Input<string>,
  serviceAccount: pulumi.Input<string>,
  config: pulumi.Input<string>,
) {
  return {
    ...restrictedPod(serviceAccount, UNPRIVILEGED_USER),
    containers: [
      {
        name: "envoy",
        image,
        // Past the image's entrypoint, which would change users.
        command: ["envoy"],
        args: ["--config-path", "/config/envoy.json", "--disable-hot-restart", "--log-level", "warn"],
        ports: [
          { name: "http", containerPort: GATEWAY_PORT, protocol: "TCP" },
          { name: "ready", containerPort: READY_PORT, protocol: "TCP" },
        ],
        readinessProbe: {
          httpGet: { path: "/ready", port: "ready" },
          periodSeconds: 5,
          failureThreshold: 2,
        },
        livenessProbe: { tcpSocket: { port: "ready" }, periodSeconds: 20, failureThreshold: 3 },
        resources: {
          requests: { cpu: "100m", memory: "128Mi" },
          limits: { cpu: "2", memory: "512Mi" },
        },
        volumeMounts: [{ name: "config", mountPath: "/config", readOnly: true }],
        securityContext: restrictedContainer(),
      },
    ],
    volumes: [{ name: "config", configMap: { name: config } }],
  };
}
