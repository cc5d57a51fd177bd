import {
  type Peer,
  type PolicyEntry,
  CLUSTER_LABEL,
  K8S,
  labelValue,
  type ClusterModel,
  NAMESPACE_LABEL,
  NAMESPACE_LABELS_PREFIX,
  namespaceName,
  externalPeer,
  podIdentity,
  type Requirement,
  requirementsOf,
  RESERVED,
  type Selector,
  SERVICE_ACCOUNT_LABEL,
  worldPeers,
} from "@attested-fhir/cilium-access";
import type { DeclaredGrant, DeclaredServer, PlannedServer } from "@attested-fhir/stack-model";

/** The clients that are probed against a FHIR server: the stack's own pods, and any that an error in a policy could allow. */

/** Who is no pod and still sends packets. A server's own node is not among them: it always reaches its pods. */
const OUTSIDE = ["remote-node", "kube-apiserver", "ingress", "health", "init", "unmanaged"];

/** What is granted in the stack, as far as it says who may ask. */
export interface GrantScope {
  readonly fhirServers: readonly DeclaredServer[];
  readonly grants: readonly DeclaredGrant[];
  readonly systemNamespaces: readonly string[];
}

/**
 * The clients to probe: all workloads of the cluster, the server's own pods among them; for each organisation with
 * a grant another pod of it, here and in another namespace; pods of no known workload, also of system namespaces; for
 * each peer that the server's policies let in a pod that is just like it; and what is no pod.
 */
export function candidateClients(
  { server, actor, cluster }: PlannedServer,
  parties: GrantScope,
): readonly Peer[] {
  const { model } = cluster;
  const { namespace } = server;
  const pod = (name: string, of: string, labels: Readonly<Record<string, string>> = {}) =>
    podWith(name, of, labels, model);
  const orgs = new Set(parties.grants.map(({ org }) => org));
  const elsewhere = `${namespace}-other`;
  return [
    ...model.workloads,
    ...[...orgs].flatMap((org) => [
      pod(`another pod of ${org}`, namespace, { org }),
      pod(`a pod of ${org} in another namespace`, elsewhere, { org }),
    ]),
    pod("a pod without labels", namespace),
    pod("a pod of another namespace", elsewhere),
    ...parties.systemNamespaces.map((system) => pod(`a pod of ${system}`, system)),
    ...admittedPeers(actor, model).flatMap((peer) =>
      matchingPods(peer, [namespace, elsewhere, ...parties.systemNamespaces], model),
    ),
    ...worldPeers(model),
    ...OUTSIDE.flatMap((name) => externalPeer(name, model) ?? []),
  ];
}

/**
 * The organisation whose grants apply to a client: that of a pod in the server's own namespace, unless it is a
 * FHIR server's, which are known by the label `class`.
 */
export function grantedOrg(
  client: Peer,
  server: DeclaredServer,
  { fhirServers }: GrantScope,
): string | undefined {
  const [party, another] = client.parties;
  if (party === undefined || another !== undefined) return undefined;
  const { identity } = party;
  if (identity.kind !== "pod" || namespaceName(identity) !== server.namespace) return undefined;
  const label = (key: string) => labelValue(identity, { source: K8S, key })?.value;
  const isServer = fhirServers.some(({ labels }) => labels.class === label("class"));
  return isServer ? undefined : label("org");
}

/** @param labels as Cilium names them, its own for service accounts and the labels of namespaces among them */
function podWith(
  name: string,
  namespace: string,
  labels: Readonly<Record<string, string>>,
  model: ClusterModel,
): Peer {
  const { [SERVICE_ACCOUNT_LABEL]: serviceAccount = "default", [CLUSTER_LABEL]: cluster, ...others } = labels;
  const { clusterName } = model.options;
  const inherited = Object.entries(others).filter(([key]) => key.startsWith(NAMESPACE_LABELS_PREFIX));
  const namespaceLabels = Object.fromEntries(
    inherited.map(([key, value]) => [key.slice(NAMESPACE_LABELS_PREFIX.length), value]),
  );
  const options = { ...model.options, clusterName: cluster ?? clusterName };
  const identity = podIdentity({ namespace, labels: others, namespaceLabels, serviceAccount }, options);
  // What a pod of another cluster may send, that cluster's policies say, and they are not known here.
  const own = options.clusterName === clusterName ? identity : ({ ...identity, kind: "unmanaged" } as const);
  return { name, namespace, parties: [{ identity: own, ports: [] }], ports: [] };
}

/** Whom rules let in at a server, by labels. Whom Cilium itself names is asked about in any case. */
function admittedPeers({ parties }: Peer, { cluster }: ClusterModel): Selector[] {
  const clauses: readonly PolicyEntry[] = parties.flatMap(
    ({ identity }) => cluster.policyOf(identity).ingress.entries,
  );
  const selectors = clauses
    .filter(({ entry }) => !entry.deny)
    .flatMap(({ peers }) => peers.flatMap((peer) => (peer.kind === "labels" ? [peer.selector] : [])))
    .filter((one) => requirementsOf(one).every((each) => !asks(each) || each.key.source !== RESERVED));
  return [...new Map(selectors.map((one) => [one.id, one])).values()];
}

/** Whether a requirement asks for a label, and not for its absence. */
function asks({ operator }: Requirement): boolean {
  return operator === "In" || operator === "Exists";
}

/** Pods that a selector selects: for the values that it names, and in each namespace where it names none. */
function matchingPods(selector: Selector, namespaces: readonly string[], model: ClusterModel): Peer[] {
  const all = requirementsOf(selector);
  const values = new Map<string, readonly string[]>();
  for (const { key } of all.filter(asks)) {
    const alike = all.filter((other) => other.key.key === key.key);
    values.set(key.key, valuesFor(alike));
  }
  values.delete(NAMESPACE_LABEL);
  const places = namespacesFor(
    all.filter(({ key }) => key.key === NAMESPACE_LABEL),
    namespaces,
  );
  return combinations([...values]).flatMap((labels) => {
    const text = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    const name = text.length === 0 ? "any pod" : `a pod with ${text.join(", ")}`;
    return places.map((namespace) => podWith(`${name} in ${namespace}`, namespace, labels, model));
  });
}

/** The namespaces that requirements name; where they name none, those that they do not refuse. */
function namespacesFor(
  requirements: readonly Requirement[],
  namespaces: readonly string[],
): readonly string[] {
  const is = (wanted: Requirement["operator"]) => requirements.some(({ operator }) => operator === wanted);
  if (is("In")) return valuesFor(requirements);
  const refused = requirements.flatMap(({ operator, values }) => (operator === "NotIn" ? values : []));
  const others = namespaces.filter((namespace) => !refused.includes(namespace));
  return is("NotIn") ? [...others, ...valuesFor(requirements)] : others;
}

/** Values of a label that all requirements on it take: those that they name, or one that none of them refuses. */
function valuesFor(requirements: readonly Requirement[]): readonly string[] {
  const of = (wanted: Requirement["operator"]) => requirements.filter(({ operator }) => operator === wanted);
  const refused = new Set(of("NotIn").flatMap(({ values }) => values));
  const [first, ...others] = of("In").map(({ values }) => values);
  if (first !== undefined) {
    return first.filter((value) => !refused.has(value) && others.every((list) => list.includes(value)));
  }
  let value = "any";
  while (refused.has(value)) value += "-other";
  return [value];
}

/** More are not asked about: then one value is changed at a time. */
const MANY = 200;

/** All combinations of the labels' values, where there are not too many. */
function combinations(labels: readonly (readonly [string, readonly string[]])[]): Record<string, string>[] {
  const count = labels.reduce((product, [, values]) => product * values.length, 1);
  if (count <= MANY) {
    return labels.reduce<Record<string, string>[]>(
      (made, [key, values]) => made.flatMap((one) => values.map((value) => ({ ...one, [key]: value }))),
      [{}],
    );
  }
  const first = Object.fromEntries(labels.map(([key, [value = ""]]) => [key, value]));
  return [
    first,
    ...labels.flatMap(([key, [, ...values]]) => values.map((value) => ({ ...first, [key]: value }))),
  ];
}
