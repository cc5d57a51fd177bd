import type { KubernetesObject } from "./manifests.ts";
import { type EnforcementMode, type Options, type Version, VERSIONS } from "./options.ts";

/**
 * How a cluster's Cilium is configured, by the ConfigMap that its agents read.
 *
 * Source: install/kubernetes/cilium/templates/cilium-configmap.yaml.
 */

const MODES: readonly EnforcementMode[] = ["default", "always", "never"];

/** The settings that objects of a cluster hold, where the agents' ConfigMap is among them. */
export function settingsIn(objects: readonly KubernetesObject[]): Partial<Options> {
  const config = objects.find(
    ({ kind, metadata }) => kind === "ConfigMap" && metadata?.name === "cilium-config",
  );
  const data = (config?.data ?? {}) as Readonly<Record<string, string>>;
  const flag = (key: string) => (data[key] === undefined ? undefined : data[key] === "true");
  const found: { readonly [Key in keyof Options]?: Options[Key] | undefined } = {
    enforcement: MODES.find((mode) => mode === data["enable-policy"]),
    auditMode: flag("policy-audit-mode"),
    l7Proxy: flag("enable-l7-proxy"),
    hostFirewall: flag("enable-host-firewall"),
    nodeSelectorLabels: flag("enable-node-selector-labels"),
    clusterName: data["cluster-name"],
    defaultLocalCluster: flag("policy-default-local-cluster"),
    normalizePath: flag("http-normalize-path"),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** The known version that a release belongs to: `v1.16.19` to `1.16`. */
export function versionOf(release: string): Version | undefined {
  return VERSIONS.find(
    (version) => release === version || release.replace(/^v/, "").startsWith(`${version}.`),
  );
}
