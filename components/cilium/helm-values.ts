import type * as pulumi from "@pulumi/pulumi";
import type { CiliumPart } from "./releases.ts";

/** The values of Cilium's chart, as pure data. Sources: the chart's values.yaml; Cilium's guides for kind and GKE. */

/** The clusters that Cilium is installed on. */
export type Platform =
  | { readonly name: "kind" }
  | {
      readonly name: "gke";
      /** The range of the cluster's pods, in CIDR notation: inside it nothing is masqueraded. */
      readonly podRange: pulumi.Input<string>;
    };

/**
 * What Cilium does with endpoints that no policy selects: `default` allows all traffic, `always` denies it. Cilium has
 * a third mode, `never`, which would ignore every policy.
 */
export type PolicyEnforcementMode = "default" | "always";

/** The taint, `NoExecute` with the value `true`, that keeps pods off a node until Cilium runs there. */
export const AGENT_NOT_READY_TAINT = "node.cilium.io/agent-not-ready";

/** What the values are made from. */
export interface HelmValuesArgs {
  platform: Platform;
  policyEnforcementMode: PolicyEnforcementMode;
  images: Readonly<Record<CiliumPart, pulumi.Input<string>>>;
  /** Whether the chart creates Hubble's certificates in a hook. */
  certificatesByHook: boolean;
}

/** The values with which Cilium enforces policies up to layer 7, and Hubble shows its verdicts. */
export function helmValues(args: HelmValuesArgs) {
  const { platform, policyEnforcementMode, images, certificatesByHook } = args;
  // Replaces registry, name, tag and digest as a whole, so that the values show the very reference that runs.
  const image = (part: CiliumPart) => ({ image: { override: images[part] } });
  return {
    ...image("agent"),
    agentNotReadyTaintKey: AGENT_NOT_READY_TAINT,
    certgen: {
      ...image("certgen"),
      // Helm does not track what a hook creates, and would leave the job behind when Cilium is uninstalled.
      ...(certificatesByHook && {
        annotations: { job: { "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded" } },
      }),
    },
    envoy: { enabled: true, ...image("envoy") },
    hubble: {
      enabled: true,
      relay: { enabled: true, ...image("hubbleRelay") },
      ui: { enabled: true, frontend: image("hubbleUi"), backend: image("hubbleUiBackend") },
      // A job in the cluster makes and renews the keys. `helm`, the chart's default, makes new ones whenever it is
      // rendered, and leaves them in the release.
      tls: { enabled: true, auto: { enabled: true, method: "cronJob" } },
    },
    ipam: { mode: "kubernetes" },
    l7Proxy: true,
    policyAuditMode: false,
    policyEnforcementMode,
    operator: { replicas: platform.name === "kind" ? 1 : 2, ...image("operator") },
    ...(platform.name === "gke" && {
      gke: { enabled: true },
      // Where GKE's nodes have their CNI plugins; the chart's /opt cannot be written there.
      cni: { binPath: "/home/kubernetes/bin" },
      nodeinit: {
        enabled: true,
        reconfigureKubelet: true,
        removeCbrBridge: true,
        ...image("nodeInit"),
      },
      routingMode: "native",
      ipv4NativeRoutingCIDR: platform.podRange,
    }),
  };
}
