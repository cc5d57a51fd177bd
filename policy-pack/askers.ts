import { labelOf, namespaceOf, podIdentity } from "../access/identity.ts";
import {
  K8S,
  NAMESPACE_LABEL,
  NAMESPACE_LABELS_PREFIX,
  RESERVED,
  SERVICE_ACCOUNT_LABEL,
} from "../access/labels.ts";
import { type Actor, type Model, outsider, worldOf } from "../access/model.ts";
import type { Clause } from "../access/resolve.ts";
import { type Requirement, requirementsOf, type Selector } from "../access/selectors.ts";
import type { DeclaredGrant, DeclaredServer } from "./declaration.ts";
import type { PolicedServer } from "./policed-clusters.ts";

/** Who might ask a FHIR server: the stack's own pods, and everybody who could be let in by mistake. */

/** Who is no pod and still sends packets. A server's own node is not among them: it always reaches its pods. */
const OUTSIDE = ["remote-node", "kube-apiserver", "ingress", "health", "init", "unmanaged"];

/** What is granted in the stack, as far as it says who may ask. */
export interface Parties {
  readonly fhirServers: readonly DeclaredServer[];
  readonly grants: readonly DeclaredGrant[];
  readonly systemNamespaces: readonly string[];
}

/**
 * Everybody to ask about: all workloads of the cluster, the server's own pods among them; for each organisation with
 * a grant another pod of it, here and in another namespace; pods that nobody knows, also of system namespaces; for
 * each peer that the server's policies let in a pod that is just like it; and what is no pod.
 */
export function askersOf({ server, actor, cluster }: PolicedServer, parties: Parties): readonly Actor[] {
  const { model } = cluster;
  const { namespace } = server;
  const pod = (name: string, of: string, labels: Readonly<Record<string, string>> = {}) =>
    podOf(name, of, labels, model);
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
    ...peersOf(actor, model).flatMap((peer) => likenesses(peer, [namespace, elsewhere], model)),
    ...worldOf(model),
    ...OUTSIDE.flatMap((name) => outsider(name, model) ?? []),
  ];
}

/**
 * The organisation whose grants hold for somebody: that of a pod in the server's own namespace, unless it is a
 * FHIR server's, which are known by the label `class`.
 */
export function orgOf(asker: Actor, server: DeclaredServer, { fhirServers }: Parties): string | undefined {
  const [party, another] = asker.parties;
  if (party === undefined || another !== undefined) return undefined;
  const { identity } = party;
  if (identity.kind !== "pod" || namespaceOf(identity) !== server.namespace) return undefined;
  const label = (key: string) => labelOf(identity, { source: K8S, key })?.value;
  const isServer = fhirServers.some(({ labels }) => labels.class === label("class"));
  return isServer ? undefined : label("org");
}

/** @param labels as Cilium names them, its own for service accounts and the labels of namespaces among them */
function podOf(
  name: string,
  namespace: string,
  labels: Readonly<Record<string, string>>,
  model: Model,
): Actor {
  const { [SERVICE_ACCOUNT_LABEL]: serviceAccount = "default", ...others } = labels;
  const inherited = Object.entries(others).filter(([key]) => key.startsWith(NAMESPACE_LABELS_PREFIX));
  const namespaceLabels = Object.fromEntries(
    inherited.map(([key, value]) => [key.slice(NAMESPACE_LABELS_PREFIX.length), value]),
  );
  const identity = podIdentity({ namespace, labels: others, namespaceLabels, serviceAccount }, model.options);
  return { name, namespace, parties: [{ identity, ports: [] }], ports: [] };
}

/** Whom rules let in at a server, by labels. */
function peersOf({ parties }: Actor, { cluster }: Model): Selector[] {
  const clauses: readonly Clause[] = parties.flatMap(
    ({ identity }) => cluster.policyOf(identity).ingress.clauses,
  );
  const selectors = clauses
    .filter(({ entry }) => !entry.deny)
    .flatMap(({ peers }) => peers.flatMap((peer) => (peer.kind === "labels" ? [peer.selector] : [])))
    .filter((one) => requirementsOf(one).every(({ key }) => key.source !== RESERVED));
  return [...new Map(selectors.map((one) => [one.id, one])).values()];
}

/** Pods that a selector selects: one for each value that it names, and in each namespace where it names none. */
function likenesses(selector: Selector, namespaces: readonly string[], model: Model): Actor[] {
  const required = requirementsOf(selector).filter(
    ({ operator }) => operator === "In" || operator === "Exists",
  );
  const first = Object.fromEntries(required.map((one) => [one.key.key, valuesOf(one)[0] ?? ""]));
  const others = required.flatMap((one) =>
    valuesOf(one)
      .slice(1)
      .map((value) => ({ ...first, [one.key.key]: value })),
  );
  return [first, ...others].flatMap(({ [NAMESPACE_LABEL]: named, ...labels }) => {
    const text = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    const name = text.length === 0 ? "any pod" : `a pod with ${text.join(", ")}`;
    const own = required.some(({ key, operator }) => key.key === NAMESPACE_LABEL && operator === "In");
    return (own && named !== undefined ? [named] : namespaces).map((namespace) =>
      podOf(`${name} in ${namespace}`, namespace, labels, model),
    );
  });
}

function valuesOf({ operator, values }: Requirement): readonly string[] {
  return operator === "Exists" ? ["any"] : values;
}
