import type { Version } from "../options.ts";

/**
 * Which labels of a pod are part of its identity, by default. A policy that selects by another label selects nothing.
 *
 * Source: pkg/labelsfilter/filter.go, `defaultLabelPrefixCfg` and `filterLabels`.
 */

/** What a label begins with that counts although it also begins with something that does not. */
const INCLUDED = [
  "io.kubernetes.pod.namespace",
  "io.cilium.k8s.namespace.labels",
  "app.kubernetes.io",
  "io.cilium.k8s.policy.cluster",
];

const IGNORED = [
  "io.kubernetes",
  "kubernetes.io",
  "statefulset.kubernetes.io/pod-name",
  "apps.kubernetes.io/pod-index",
  "batch.kubernetes.io/job-completion-index",
  "batch.kubernetes.io/controller-uid",
  "k8s.io",
  "pod-template-generation",
  "pod-template-hash",
  "controller-revision-hash",
  "controller-uid",
  "annotation",
  "etcd_node",
];

const BETA = /^.*beta\.kubernetes\.io/;

/** Whether a label is part of the identity of the pod that has it. */
export function isIdentityLabel(key: string, version: Version): boolean {
  const lengths = (prefixes: readonly string[]) =>
    prefixes.filter((prefix) => key.startsWith(prefix)).map(({ length }) => length);
  const beta = BETA.exec(key)?.[0].length;
  const ignored = [
    // The pattern `annotation.*` matches all of the key.
    ...lengths(IGNORED).map((length) => (key.startsWith("annotation") ? key.length : length)),
    ...(beta === undefined ? [] : [beta]),
    ...(version === "1.20" ? lengths(["topology.kubernetes.io"]) : []),
  ];
  if (ignored.length === 0) return true;
  return Math.max(0, ...lengths(INCLUDED)) > Math.min(...ignored);
}
