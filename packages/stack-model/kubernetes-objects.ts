import {
  CILIUM_CONFIG_MAP,
  UNSUPPORTED_KINDS,
  type KubernetesObject,
  SERVICE_ACCOUNT_LABEL,
} from "@attested-fhir/cilium-access";
import type { Resource } from "./resource.ts";
import { NamespaceNames } from "./namespace-names.ts";
import { propertyAt, isProperties, listItems, UNKNOWN, type PropertyValue } from "./property-value.ts";

/** The stack's resources as objects of Kubernetes, as far as they decide about requests, cluster by cluster. */

/** An object, and what of it only shows after the update; such parts are missing in it. */
export interface PlannedObject {
  readonly resource: Resource;
  readonly object: KubernetesObject;
  /** Paths of what is not known: `spec.egress[1].toPorts`. */
  readonly unknown: readonly string[];
  /** Whether this changes parts of an object that is described elsewhere. */
  readonly patch: boolean;
}

/** Policies of Cilium that are resources. */
export const CILIUM_POLICY = /^kubernetes:cilium\.io\/v2:Cilium(?:Clusterwide)?NetworkPolicy(?:Patch|List)?$/;

const POLICY_KINDS = [
  "CiliumNetworkPolicy",
  "CiliumClusterwideNetworkPolicy",
  "CiliumCIDRGroup",
  "NetworkPolicy",
];
const OTHER_KINDS =
  "Namespace|Service|Pod|Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController|Job|CronJob|ConfigMap";
const KIND = new RegExp(
  `^kubernetes:(?<api>[^:]+):(?<kind>${[...POLICY_KINDS, ...UNSUPPORTED_KINDS, OTHER_KINDS].join("|")})(?<suffix>Patch|List)?$`,
);

/** What of each kind decides about requests; of all others, policies and the like, their whole spec does. */
const PARTS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries<readonly string[]>({
    Namespace: ["metadata.labels"],
    Service: ["spec.selector", "spec.ports"],
    ConfigMap: ["data"],
    ...Object.fromEntries(UNSUPPORTED_KINDS.map((kind) => [kind, []])),
    Pod: podParts(""),
    CronJob: podParts("spec.jobTemplate.spec.template."),
  }),
);
const POLICY_PARTS = ["spec", "specs"];
const TEMPLATE_PARTS = podParts("spec.template.");
const WITH_SPEC = /Policy$|CIDRGroup$/;

function podParts(template: string): readonly string[] {
  const parts = ["metadata.labels", "spec.hostNetwork", "spec.serviceAccountName", "spec.containers"];
  return parts.map((part) => `${template}${part}`);
}

/** Of a container, only its ports decide; of a policy, its description does not. */
const CONTAINER = /\.containers\[\d+\]$/;
const RULE = /^specs?(?:\[\d+\])?$/;

/** The label of Cilium's that names a pod's namespace, with a source or without. */
const NAMESPACE_KEY = /(?:^|:)io\.kubernetes\.pod\.namespace$/;

/**
 * Reads the objects of each cluster, a cluster being known by its provider.
 *
 * @param namespaceOfServers the namespace that the stack declares for its FHIR servers, see `NamespaceNames`
 */
export function objectsByCluster(
  resources: readonly Resource[],
  namespaceOfServers: string | undefined,
): ReadonlyMap<string, readonly PlannedObject[]> {
  // The engine tells of resources in no order that means anything.
  const relevant = resources
    .filter(({ type }) => KIND.test(type))
    .sort((one, other) => (one.urn < other.urn ? -1 : Number(one.urn > other.urn)));
  const namespaces = new NamespaceNames(resources, namespaceOfServers);
  const byCluster = Map.groupBy(relevant, ({ provider }) => provider ?? "");
  return new Map(
    [...byCluster].map(([provider, members]) => {
      const seen = members.flatMap((resource) => objectsOf(resource, namespaces)).filter(decides);
      const byAccount = seen.some(({ object }) => JSON.stringify(object).includes(SERVICE_ACCOUNT_LABEL));
      return [provider, byAccount ? seen : seen.map(withoutAccounts)];
    }),
  );
}

/** Of ConfigMaps, that of Cilium's agents decides, and no other. */
function decides({ object: { kind, metadata } }: PlannedObject): boolean {
  return kind !== "ConfigMap" || metadata?.name === CILIUM_CONFIG_MAP;
}

/** Where no policy goes by service accounts, it does not matter which a pod has. */
function withoutAccounts(seen: PlannedObject): PlannedObject {
  return { ...seen, unknown: seen.unknown.filter((path) => !path.endsWith("serviceAccountName")) };
}

function objectsOf(resource: Resource, namespaces: NamespaceNames): PlannedObject[] {
  const { api = "", kind = "", suffix } = KIND.exec(resource.type)?.groups ?? {};
  const all = suffix === "List" ? listItems(propertyAt(resource.props, "items")) : [resource.props];
  return all.map((props) => {
    const reader = new Reader(namespaces.nameFor(resource, propertyAt(props, "metadata", "namespace")));
    const given = kind === "Namespace" ? namespaces.nameOf(resource) : propertyAt(props, "metadata", "name");
    // A name decides about nothing but messages, and Pulumi's own is always there.
    const name = typeof given === "string" ? given : resource.name;
    const object = reader.object(props, { api, kind, name });
    return { resource, object, unknown: reader.unknown, patch: suffix === "Patch" };
  });
}

/** Takes values over, and remembers the paths of those that are not known. */
class Reader {
  readonly unknown: string[] = [];
  private readonly namespace: string | typeof UNKNOWN | undefined;

  constructor(namespace: string | typeof UNKNOWN | undefined) {
    this.namespace = namespace;
  }

  object(
    props: PropertyValue,
    { api, kind, name }: { readonly api: string; readonly kind: string; readonly name: string },
  ): KubernetesObject {
    if (props === UNKNOWN) this.unknown.push("the object");
    if (this.namespace === UNKNOWN) this.unknown.push("metadata.namespace");
    const namespace = typeof this.namespace === "string" ? { namespace: this.namespace } : {};
    const metadata = { name, ...namespace };
    const object: Record<string, unknown> = { apiVersion: api, kind, metadata };
    const parts = PARTS.get(kind) ?? (WITH_SPEC.test(kind) ? POLICY_PARTS : TEMPLATE_PARTS);
    for (const part of parts) {
      const path = part.split(".");
      const value = this.plain(propertyAt(props, ...path), part);
      if (value !== undefined) put(object, path, value);
    }
    return object;
  }

  private plain(value: PropertyValue, path: string): unknown {
    if (value === UNKNOWN) {
      this.unknown.push(path);
      return undefined;
    }
    if (Array.isArray(value)) {
      return (value as readonly PropertyValue[]).map(
        (item, index) => this.plain(item, `${path}[${index}]`) ?? null,
      );
    }
    if (!isProperties(value)) return value ?? undefined;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) =>
          CONTAINER.test(path) ? key === "ports" : !RULE.test(path) || key !== "description",
        )
        .map(([key, one]) => [key, this.entry(key, one, `${path}.${key}`)])
        .filter(([, one]) => one !== undefined),
    );
  }

  /** A peer in a namespace that is not known is in the policy's own, which is made from the same Namespace. */
  private entry(key: string, value: PropertyValue, path: string): unknown {
    const isOwn = value === UNKNOWN && NAMESPACE_KEY.test(key) && typeof this.namespace === "string";
    return isOwn ? this.namespace : this.plain(value, path);
  }
}

function put(object: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const last = path.at(-1) ?? "";
  let holder = object;
  for (const step of path.slice(0, -1)) holder = (holder[step] ??= {}) as Record<string, unknown>;
  holder[last] = value;
}
