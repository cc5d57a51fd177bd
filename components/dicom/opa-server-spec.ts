import type * as pulumi from "@pulumi/pulumi";
import { restrictedContainer, restrictedPod, UNPRIVILEGED_USER } from "../kubernetes/pod-security.ts";
import { BUNDLE_ALGORITHM } from "./bundle.ts";

/** OPA's configuration and pod, as pure data. */

/** The port on which OPA's Envoy plugin answers by gRPC. */
export const OPA_GRPC_PORT = 9191;

/** The port of OPA's health and metrics; the API that can change policies listens on the pod's loopback only. */
export const OPA_DIAGNOSTIC_PORT = 8282;

/** Labels of OPA's pods. */
export const OPA_LABELS = { "app.kubernetes.io/name": "dicom-opa", "app.kubernetes.io/part-of": "dicom" };

/** Name of OPA's Service, ServiceAccount and Deployment. */
export const OPA_NAME = "dicom-opa";

/** Host of OPA's Service within its cluster. */
export function opaHost(namespace: string): string {
  return `${OPA_NAME}.${namespace}.svc`;
}

const KEY_ID = "bundle";

/**
 * OPA's configuration: the bundle, which it loads only where its signature is by the key; the decision for Envoy; decisions
 * in its log, which the bundle's own mask keeps free of tokens and of patients' data.
 *
 * Source: OPA's documentation, "Configuration Reference" and "Envoy".
 */
export function opaConfig(publicKey: string, bundle: string) {
  return {
    bundles: { dicom: { resource: `file://${bundle}`, signing: { keyid: KEY_ID } } },
    keys: { [KEY_ID]: { algorithm: BUNDLE_ALGORITHM, key: publicKey } },
    decision_logs: { console: true, mask_decision: "/system/log/mask" },
    plugins: {
      envoy_ext_authz_grpc: {
        addr: `:${OPA_GRPC_PORT}`,
        path: "metacell/dicomweb/sources/authz/response",
        "dry-run": false,
        "enable-reflection": false,
        "skip-request-body-parse": true,
      },
    },
  };
}

export interface OpaPodArgs {
  image: pulumi.Input<string>;
  serviceAccount: pulumi.Input<string>;
  /** Name of the ConfigMap with the configuration. */
  config: pulumi.Input<string>;
  /** Name of the ConfigMap with the bundle. */
  bundle: pulumi.Input<string>;
}

/** OPA's pod, within Kubernetes' Pod Security Standard "restricted" and with nothing to write. */
export function opaPodSpec({ image, serviceAccount, config, bundle }: OpaPodArgs) {
  return {
    ...restrictedPod(serviceAccount, UNPRIVILEGED_USER),
    containers: [
      {
        name: "opa",
        image,
        args: [
          "run",
          "--server",
          "--addr=localhost:8181",
          `--diagnostic-addr=:${OPA_DIAGNOSTIC_PORT}`,
          "--config-file=/config/opa.json",
          "--skip-version-check",
          "--log-format=json",
        ],
        ports: [
          { name: "grpc", containerPort: OPA_GRPC_PORT, protocol: "TCP" },
          { name: "diagnostic", containerPort: OPA_DIAGNOSTIC_PORT, protocol: "TCP" },
        ],
        readinessProbe: {
          httpGet: { path: "/health?bundles&plugins", port: "diagnostic" },
          periodSeconds: 5,
          failureThreshold: 2,
        },
        livenessProbe: {
          httpGet: { path: "/health", port: "diagnostic" },
          periodSeconds: 20,
          failureThreshold: 3,
        },
        resources: {
          requests: { cpu: "100m", memory: "64Mi" },
          limits: { cpu: "1", memory: "256Mi" },
        },
        volumeMounts: [
          { name: "config", mountPath: "/config", readOnly: true },
          { name: "bundle", mountPath: "/bundle", readOnly: true },
        ],
        securityContext: restrictedContainer(),
      },
    ],
    volumes: [
      { name: "config", configMap: { name: config } },
      { name: "bundle", configMap: { name: bundle } },
    ],
  };
}
