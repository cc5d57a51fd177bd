import {
  ANY,
  CLUSTER_LABEL,
  isLabelValue,
  isSelectorKey,
  K8S,
  NAMESPACE_LABEL,
  NAMESPACE_LABELS_PREFIX,
  RESERVED,
} from "../identity/labels.ts";
import type { Options, Version } from "../options.ts";
import { rejectPolicy } from "./invalid-policy-error.ts";
import {
  namesKey,
  OPERATORS,
  parseSelector,
  requirementsOf,
  type Selector,
  type SelectorObject,
  withExpressions,
  withLabel,
} from "../identity/selectors.ts";

/**
 * Reads a selector of a policy.
 *
 * Source: pkg/policy/api/selector.go, `sanitize`.
 *
 * @throws InvalidPolicyError when Cilium would not take it
 */
export function checkedSelector(object: SelectorObject, at: string, version: Version): Selector {
  for (const [key, value] of Object.entries(object.matchLabels ?? {})) {
    checkKey(key, `${at}.matchLabels`, version);
    checkValue(value, `${at}.matchLabels`);
  }
  for (const [index, { key, operator, values = [] }] of (object.matchExpressions ?? []).entries()) {
    const here = `${at}.matchExpressions[${index}]`;
    if (!OPERATORS.some((known) => known === operator)) {
      rejectPolicy(here, `operator "${operator}" is none of ${OPERATORS.join(", ")}`);
    }
    const compares = operator === "In" || operator === "NotIn";
    if (compares && values.length === 0) rejectPolicy(here, `${operator} needs at least one value`);
    if (!compares && values.length > 0) rejectPolicy(here, `${operator} takes no values`);
    checkKey(key, here, version);
    for (const value of values) checkValue(value, here);
  }
  return parseSelector(object, version);
}

function checkKey(key: string, at: string, version: Version): void {
  if (isSelectorKey(key, version)) return;
  const limit = version === "1.16" ? ", of at most 63 characters with its source before it" : "";
  rejectPolicy(at, `"${key}" is not the key of a label${limit}`);
}

function checkValue(value: string, at: string): void {
  if (!isLabelValue(value)) rejectPolicy(at, `"${value}" is not the value of a label`);
}

const NAMESPACE = { source: K8S, key: NAMESPACE_LABEL };
const CLUSTER = { source: K8S, key: CLUSTER_LABEL };

/** Whom a policy applies to. That of a namespace never applies outside of it, whatever its selector says. */
export function inOwnNamespace(subject: Selector, namespace: string): Selector {
  return namespace === "" ? subject : withLabel(subject, NAMESPACE, namespace);
}

/** What must be known of the policy to read its peers. */
export interface PeerScope {
  readonly namespace: string;
  /** Whether the policy is about pods that have no labels yet. */
  readonly selectsInit: boolean;
  readonly options: Options;
}

/** Whether a policy is about pods that have no labels yet. */
export function selectsInit(subject: Selector | undefined): boolean {
  return (
    subject !== undefined &&
    requirementsOf(subject).some(({ key }) => key.source === RESERVED && key.key === "init")
  );
}

/**
 * Pods as peers. A policy of a namespace means pods of its own, one of the cluster means pods of any; either can name
 * another namespace, or what Cilium itself names. `NotIn` with the namespace's label names it, too: that also selects
 * what has no namespace, the world and the hosts.
 *
 * Source: pkg/k8s/apis/cilium.io/utils/utils.go, `getEndpointSelector`.
 */
export function scopedPeer(peer: Selector, scope: PeerScope, reservedAsIs = true): Selector {
  const { namespace, options } = scope;
  const isReserved = requirementsOf(peer).some(({ key }) => key.source === RESERVED);
  if (reservedAsIs && isReserved) return peer;
  return inLocalCluster(inNamespaceOf(peer, namespace, scope.selectsInit), options);
}

function inNamespaceOf(peer: Selector, namespace: string, init: boolean): Selector {
  if (namesKey(peer, NAMESPACE_LABEL, K8S)) return peer;
  if (namespace === "") {
    return init ? peer : withExpressions(peer, [{ key: NAMESPACE, operator: "Exists", values: [] }]);
  }
  const namesNamespaceLabels = requirementsOf(peer).some(
    ({ key }) => (key.source === K8S || key.source === ANY) && key.key.startsWith(NAMESPACE_LABELS_PREFIX),
  );
  return namesNamespaceLabels ? peer : withLabel(peer, NAMESPACE, namespace);
}

/** Nodes as peers. 1.16.0 takes whatever has the labels, pods of any namespace included. */
export function nodePeer(peer: Selector, options: Options): Selector {
  if (options.firstPatch) return peer;
  const remote = { source: RESERVED, key: "remote-node" };
  return inLocalCluster(withExpressions(peer, [{ key: remote, operator: "Exists", values: [] }]), options);
}

function inLocalCluster(peer: Selector, { version, defaultLocalCluster, clusterName }: Options): Selector {
  if (version !== "1.20" || !defaultLocalCluster || namesKey(peer, CLUSTER_LABEL, K8S)) return peer;
  return withLabel(peer, CLUSTER, clusterName);
}
