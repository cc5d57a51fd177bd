import { parsePrefix, type Prefix } from "../identity/cidr.ts";
import type { NamedPort, Workload } from "../verdict/policy-repository.ts";
import { PROTOCOLS } from "../api/ports.ts";
import type { CidrGroups, Service, ServicePort } from "../api/services.ts";

/** The parts of Kubernetes objects that affect requests: the input from manifests, clusters and stacks alike. */

/** An object of Kubernetes, as YAML or JSON has it. */
export interface KubernetesObject {
  readonly apiVersion?: string | undefined;
  readonly kind?: string | undefined;
  readonly metadata?:
    | {
        readonly name?: string | undefined;
        readonly generateName?: string | undefined;
        readonly namespace?: string | undefined;
        readonly labels?: Labels | null | undefined;
        readonly ownerReferences?: readonly object[] | null | undefined;
      }
    | null
    | undefined;
  readonly [key: string]: unknown;
}

/** Labels by key; one without a value has the empty one. */
type Labels = Readonly<Record<string, string | null>>;

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
  readonly containers?: readonly ({ readonly ports?: readonly ContainerPort[] | null } | null)[] | null;
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

const CORE = ["", "core"];
const APPS = ["apps", "extensions"];
/** The groups of the interfaces by which these kinds are meant: others have a Service or a NetworkPolicy, too. */
const GROUPS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries<readonly string[]>({
    Namespace: CORE,
    Pod: CORE,
    Service: CORE,
    ReplicationController: CORE,
    ConfigMap: CORE,
    Deployment: APPS,
    StatefulSet: APPS,
    DaemonSet: APPS,
    ReplicaSet: APPS,
    Job: ["batch"],
    CronJob: ["batch"],
    NetworkPolicy: ["networking.k8s.io", "extensions"],
    CiliumNetworkPolicy: ["cilium.io"],
    CiliumClusterwideNetworkPolicy: ["cilium.io"],
    CiliumCIDRGroup: ["cilium.io"],
  }),
);

/**
 * Whether an object is one of those that decide about requests, by its kind and the group of its `apiVersion`. Without
 * an `apiVersion`, which no cluster would take, its kind alone says so.
 */
export function isReadKind({ apiVersion, kind = "" }: KubernetesObject): boolean {
  const groups = GROUPS.get(kind);
  if (groups === undefined || apiVersion === undefined) return groups !== undefined;
  const slash = apiVersion.indexOf("/");
  return groups.includes(slash < 0 ? "" : apiVersion.slice(0, slash));
}

/**
 * Reads objects of Kubernetes. Lists are taken apart; kinds that do not affect requests are skipped.
 *
 * @param namespace where objects go that name no namespace, as with `kubectl apply --namespace`
 */
export function clusterInput(objects: readonly KubernetesObject[], namespace = "default"): ClusterInput {
  const all = objects.flatMap(listItems).filter(isReadKind);
  const ofKind = (...kinds: readonly string[]) => all.filter(({ kind = "" }) => kinds.includes(kind));
  const namespaceLabels = new Map(
    ofKind("Namespace").map(({ metadata }) => [metadata?.name ?? "", labelsOf(metadata)]),
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
export function listItems(object: KubernetesObject): KubernetesObject[] {
  const { kind = "", apiVersion } = object;
  if (!kind.endsWith("List") || !Array.isArray(object.items)) return [object];
  const items: readonly (KubernetesObject | null)[] = object.items;
  // `kubectl get --raw` leaves out the kind of the items.
  const own = { kind: kind.slice(0, -"List".length), apiVersion };
  return items.flatMap((item) => listItems({ ...own, ...item }));
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
  const { kind } = object;
  const metadata = object.metadata ?? {};
  const template = templateOf(object);
  const isOwned = (metadata.ownerReferences ?? []).length > 0;
  // What a Deployment leaves of its past has no pods any more.
  const isPast = isOwned && kind === "ReplicaSet" && (object.spec as { replicas?: number }).replicas === 0;
  if (!template || isPast) return [];
  const { spec } = template;
  const namespace = metadata.namespace ?? defaultNamespace;
  const workload: Workload = {
    name: metadata.name ?? metadata.generateName ?? "",
    namespace,
    labels: { ...(kind === "Job" && jobLabels(metadata.name)), ...labelsOf(template.metadata) },
    namespaceLabels: namespaceLabels.get(namespace),
    serviceAccount: spec?.serviceAccountName ?? "default",
    hostNetwork: spec?.hostNetwork ?? false,
    ports: (spec?.containers ?? []).flatMap((container) => (container?.ports ?? []).flatMap(portOf)),
  };
  return [{ workload, isOwned }];
}

function labelsOf(metadata: KubernetesObject["metadata"]): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(metadata?.labels ?? {}).map(([key, value]) => [key, value ?? ""]));
}

/** Labels by which the pods of a job can be selected although its template does not have them. */
function jobLabels(name: string | undefined): Readonly<Record<string, string>> {
  return name === undefined ? {} : { "job-name": name, "batch.kubernetes.io/job-name": name };
}

function templateOf(object: KubernetesObject): PodTemplate | null | undefined {
  if (object.kind === "Pod") return object;
  const spec = object.spec as
    | {
        template?: PodTemplate | null;
        jobTemplate?: { spec?: { template?: PodTemplate | null } | null } | null;
      }
    | null
    | undefined;
  return object.kind === "CronJob" ? spec?.jobTemplate?.spec?.template : spec?.template;
}

function portOf({ name, containerPort, protocol }: ContainerPort): NamedPort[] {
  const known = PROTOCOLS.find((it) => it === (protocol ?? "TCP"));
  if (known === undefined || !containerPort) return [];
  return [{ name: name ?? "", port: containerPort, protocol: known }];
}

/** A running cluster holds a Deployment three times: itself, its ReplicaSets, its pods. */
function withoutCopies(found: readonly Found[]): Workload[] {
  const roots = new Set(found.filter(({ isOwned }) => !isOwned).map(({ workload }) => workloadKey(workload)));
  const kept = new Set<string>();
  return found
    .filter(({ workload, isOwned }) => {
      if (!isOwned) return true;
      const key = workloadKey(workload);
      if (roots.has(key) || kept.has(key)) return false;
      kept.add(key);
      return true;
    })
    .map(({ workload }) => workload);
}

/** The key that a workload shares with the objects that it owns. */
function workloadKey(workload: Workload): string {
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

interface ServiceSpec {
  readonly selector?: Labels | null;
  readonly ports?:
    | readonly {
        readonly name?: string | null;
        readonly protocol?: string | null;
        readonly port?: number | null;
        readonly targetPort?: number | string | null;
      }[]
    | null;
}

function serviceOf(object: KubernetesObject, defaultNamespace: string): Service {
  const metadata = object.metadata ?? {};
  const { selector, ports } = (object.spec ?? {}) as ServiceSpec;
  return {
    namespace: metadata.namespace ?? defaultNamespace,
    name: metadata.name ?? "",
    labels: labelsOf(metadata),
    selector: labelsOf({ labels: selector }),
    ports: (ports ?? []).map(({ name, protocol, port, targetPort }): ServicePort => {
      const own = port ?? 0;
      // Without another, or with 0, it is the port of the service.
      const other = targetPort === 0 || targetPort === "" ? undefined : targetPort;
      return { name: name ?? "", protocol: protocol ?? "TCP", port: own, targetPort: other ?? own };
    }),
  };
}

function blocksOf({ spec }: KubernetesObject): Prefix[] {
  const { externalCIDRs } = (spec ?? {}) as { externalCIDRs?: readonly string[] | null };
  return (externalCIDRs ?? []).flatMap((text) => parsePrefix(text) ?? []);
}
