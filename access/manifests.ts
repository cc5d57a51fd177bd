import { parsePrefix, type Prefix } from "./cidr.ts";
import type { NamedPort, Workload } from "./cluster.ts";
import { PROTOCOLS } from "./ports.ts";
import type { CidrGroups, Service, ServicePort } from "./services.ts";

/** What Kubernetes objects say that decides about requests: the seam between manifests, clusters, stacks and us. */

/** An object of Kubernetes, as YAML or JSON has it. */
export interface KubernetesObject {
  readonly apiVersion?: string | undefined;
  readonly kind?: string | undefined;
  readonly metadata?:
    | {
        readonly name?: string | undefined;
        readonly generateName?: string | undefined;
        readonly namespace?: string | undefined;
        readonly labels?: Readonly<Record<string, string>> | null | undefined;
        readonly ownerReferences?: readonly object[] | null | undefined;
      }
    | undefined;
  readonly [key: string]: unknown;
}

/** What a cluster is made of, as far as it decides about requests. */
export interface ClusterInput {
  readonly workloads: readonly Workload[];
  readonly services: readonly Service[];
  /** CiliumNetworkPolicy, CiliumClusterwideNetworkPolicy and NetworkPolicy objects. */
  readonly policies: readonly KubernetesObject[];
  readonly cidrGroups: CidrGroups;
}

interface PodSpec {
  readonly serviceAccountName?: string | null;
  readonly hostNetwork?: boolean | null;
  readonly containers?: readonly { readonly ports?: readonly ContainerPort[] | null }[] | null;
}

interface ContainerPort {
  readonly name?: string | null;
  readonly containerPort?: number | null;
  readonly protocol?: string | null;
}

interface PodTemplate {
  readonly metadata?: KubernetesObject["metadata"];
  readonly spec?: PodSpec | null;
}

const POLICIES = ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy", "NetworkPolicy"];
const WITH_TEMPLATE = [
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "ReplicaSet",
  "ReplicationController",
  "Job",
];

/**
 * Reads objects of Kubernetes. Lists are taken apart; kinds that say nothing about requests are passed over.
 *
 * @param namespace where objects go that name no namespace, as with `kubectl apply --namespace`
 */
export function clusterInput(objects: readonly KubernetesObject[], namespace = "default"): ClusterInput {
  const all = objects.flatMap(itemsOf);
  const ofKind = (...kinds: readonly string[]) => all.filter(({ kind = "" }) => kinds.includes(kind));
  const namespaceLabels = new Map(
    ofKind("Namespace").map(({ metadata }) => [metadata?.name ?? "", metadata?.labels ?? {}]),
  );
  const read = [...ofKind(...WITH_TEMPLATE, "CronJob", "Pod")].flatMap((object) =>
    workloadOf(object, namespace, namespaceLabels),
  );
  return {
    workloads: withoutCopies(read),
    services: ofKind("Service").map((object) => serviceOf(object, namespace)),
    policies: ofKind(...POLICIES).map((policy) => inNamespace(policy, namespace)),
    cidrGroups: new Map(
      ofKind("CiliumCIDRGroup").map((group) => [group.metadata?.name ?? "", blocksOf(group)]),
    ),
  };
}

/** What a list is made of; anything else is itself. */
export function itemsOf(object: KubernetesObject): KubernetesObject[] {
  const { kind = "", apiVersion } = object;
  if (!kind.endsWith("List") || !Array.isArray(object.items)) return [object];
  const items: readonly KubernetesObject[] = object.items;
  // `kubectl get --raw` leaves out the kind of the items.
  const own = { kind: kind.slice(0, -"List".length), apiVersion };
  return items.flatMap((item) => itemsOf({ ...own, ...item }));
}

function inNamespace(policy: KubernetesObject, namespace: string): KubernetesObject {
  if (policy.kind === "CiliumClusterwideNetworkPolicy" || policy.metadata?.namespace) return policy;
  return { ...policy, metadata: { ...policy.metadata, namespace } };
}

/** A workload, and whether something else made it. */
interface Found {
  readonly workload: Workload;
  readonly isOwned: boolean;
}

function workloadOf(
  object: KubernetesObject,
  defaultNamespace: string,
  namespaceLabels: ReadonlyMap<string, Readonly<Record<string, string>>>,
): Found[] {
  const { metadata = {} } = object;
  const template = templateOf(object);
  if (template === undefined) return [];
  const { spec } = template;
  const namespace = metadata.namespace ?? defaultNamespace;
  const workload: Workload = {
    name: metadata.name ?? metadata.generateName ?? "",
    namespace,
    labels: template.metadata?.labels ?? {},
    namespaceLabels: namespaceLabels.get(namespace),
    serviceAccount: spec?.serviceAccountName ?? "default",
    hostNetwork: spec?.hostNetwork ?? false,
    ports: (spec?.containers ?? []).flatMap(({ ports }) => (ports ?? []).flatMap(portOf)),
  };
  return [{ workload, isOwned: (metadata.ownerReferences ?? []).length > 0 }];
}

function templateOf(object: KubernetesObject): PodTemplate | undefined {
  if (object.kind === "Pod") return object;
  const spec = object.spec as
    { template?: PodTemplate; jobTemplate?: { spec?: { template?: PodTemplate } } } | undefined;
  return object.kind === "CronJob" ? spec?.jobTemplate?.spec?.template : spec?.template;
}

function portOf({ name, containerPort, protocol }: ContainerPort): NamedPort[] {
  const known = PROTOCOLS.find((it) => it === (protocol ?? "TCP"));
  if (known === undefined || !containerPort) return [];
  return [{ name: name ?? "", port: containerPort, protocol: known }];
}

/** In a running cluster a Deployment is there three times: itself, its ReplicaSets, its pods. */
function withoutCopies(found: readonly Found[]): Workload[] {
  const roots = new Set(found.filter(({ isOwned }) => !isOwned).map(({ workload }) => likeness(workload)));
  const kept = new Set<string>();
  return found
    .filter(({ workload, isOwned }) => {
      if (!isOwned) return true;
      const like = likeness(workload);
      if (roots.has(like) || kept.has(like)) return false;
      kept.add(like);
      return true;
    })
    .map(({ workload }) => workload);
}

/** What is the same for a workload and what it made. */
function likeness(workload: Workload): string {
  const { namespace, serviceAccount, hostNetwork, ports, labels } = workload;
  const own = Object.entries(labels).filter(([key]) => !TEMPLATE_LABELS.has(key));
  return JSON.stringify([namespace, serviceAccount, hostNetwork, ports, own.sort()]);
}

/** Labels that controllers add to their pods. */
const TEMPLATE_LABELS = new Set([
  "pod-template-hash",
  "controller-revision-hash",
  "pod-template-generation",
  "statefulset.kubernetes.io/pod-name",
  "apps.kubernetes.io/pod-index",
  "controller-uid",
  "job-name",
  "batch.kubernetes.io/controller-uid",
  "batch.kubernetes.io/job-name",
]);

function serviceOf({ metadata = {}, spec }: KubernetesObject, defaultNamespace: string): Service {
  const { selector, ports } = (spec ?? {}) as {
    selector?: Readonly<Record<string, string>> | null;
    ports?:
      readonly { name?: string; protocol?: string; port?: number; targetPort?: number | string }[] | null;
  };
  return {
    namespace: metadata.namespace ?? defaultNamespace,
    name: metadata.name ?? "",
    labels: metadata.labels ?? {},
    selector: selector ?? {},
    ports: (ports ?? []).map(({ name = "", protocol = "TCP", port = 0, targetPort = port }): ServicePort => ({
      name,
      protocol,
      port,
      targetPort,
    })),
  };
}

function blocksOf({ spec }: KubernetesObject): Prefix[] {
  const { externalCIDRs } = (spec ?? {}) as { externalCIDRs?: readonly string[] | null };
  return (externalCIDRs ?? []).flatMap((text) => parsePrefix(text) ?? []);
}
