import type * as pulumi from "@pulumi/pulumi";
import { restrictedContainer, restrictedPod, UNPRIVILEGED_USER } from "../kubernetes/pod-security.ts";

/** The pod of a server that takes HTTPS alone, as pure data. */

/** A directory of the container with content of a ConfigMap or a Secret. */
export interface MountedFiles {
  readonly name: string;
  readonly mountPath: string;
  readonly configMap?: pulumi.Input<string>;
  readonly secret?: pulumi.Input<string>;
  /** Keys to mount; all when absent. */
  readonly keys?: readonly string[];
}

/** What the pod is made from. */
export interface HttpsServerArgs {
  /** Name of the container. */
  readonly name: string;
  readonly image: pulumi.Input<string>;
  readonly serviceAccount: pulumi.Input<string>;
  readonly command: string[];
  /** Port of the container. */
  readonly port: number;
  readonly files: readonly MountedFiles[];
  /** A directory of the container that the server writes to. */
  readonly run: string;
}

/** The pod's spec, within Kubernetes' Pod Security Standard "restricted" and with a read-only root file system. */
export function httpsServerPod(args: HttpsServerArgs) {
  const pod = restrictedPod(args.serviceAccount, UNPRIVILEGED_USER);
  const probe = { tcpSocket: { port: "https" }, periodSeconds: 5 };
  return {
    ...pod,
    securityContext: { ...pod.securityContext, fsGroup: UNPRIVILEGED_USER },
    containers: [
      {
        name: args.name,
        image: args.image,
        command: args.command,
        ports: [{ name: "https", containerPort: args.port, protocol: "TCP" }],
        readinessProbe: probe,
        livenessProbe: { ...probe, periodSeconds: 20, failureThreshold: 6 },
        resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { cpu: "500m", memory: "256Mi" } },
        volumeMounts: [
          ...args.files.map(({ name, mountPath }) => ({ name, mountPath, readOnly: true })),
          { name: "run", mountPath: args.run },
        ],
        securityContext: restrictedContainer(),
      },
    ],
    volumes: [...args.files.map(volume), { name: "run", emptyDir: { sizeLimit: "64Mi" } }],
  };
}

function volume({ name, configMap, secret, keys }: MountedFiles) {
  const items = keys && { items: keys.map((key) => ({ key, path: key })) };
  return configMap === undefined
    ? { name, secret: { secretName: secret, ...items } }
    : { name, configMap: { name: configMap, ...items } };
}
