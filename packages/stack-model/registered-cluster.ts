import { clusterModels, type PlannedCluster } from "./cluster-models.ts";
import { CILIUM_CONFIG_MAP } from "@attested-fhir/cilium-access";
import { podSpecs } from "./pod-specs.ts";
import { isProperties, listItems, propertyAt, UNKNOWN, type PropertyValue } from "./property-value.ts";
import type { RegisteredResources } from "./registered-resources.ts";
import type { Resource } from "./resource.ts";
import { HELM_RELEASE, ROOT } from "./type-tokens.ts";

/**
 * The cluster of a workload as it is registered so far, with this one workload. Of the policies it has those that may
 * select the workload's pods, so that its cost does not grow with those that do not.
 *
 * @returns undefined where the workload's namespace is not known yet
 */
export function registeredCluster(
  workload: Resource,
  registered: RegisteredResources,
): PlannedCluster | undefined {
  const namespaces = namespacesIn(workload);
  if (namespaces.includes(UNKNOWN)) return undefined;
  const provider = workload.provider ?? "";
  const pods = podSpecs(workload).map(({ metadata }) => propertyAt(metadata, "labels"));
  const keys = [...namespaces.map((name) => keyOf(provider, name)), keyOf(provider, undefined)];
  const decisive = keys
    .flatMap((key) => registered.withKey(decidingKeys, key))
    .filter((one) => pods.some((labels) => mayDecide(one, labels)));
  const resources = [...registered.ofTypes(ROOT), ...decisive, workload];
  return clusterModels(resources).find(({ objects }) =>
    objects.some(({ resource }) => resource === workload),
  );
}

const DECIDING = /^kubernetes:[^:]+:(?:\w*NetworkPolicy|Namespace|ConfigMap|CiliumCIDRGroup)(?:Patch|List)?$/;

/** Clusters, and the namespaces in them, that a resource decides about. */
function decidingKeys(resource: Resource): readonly string[] {
  const { type, props, provider = "" } = resource;
  if (type === HELM_RELEASE) return [keyOf(provider, undefined)];
  if (!DECIDING.test(type)) return [];
  const name = propertyAt(props, "metadata", "name");
  if (type.endsWith(":ConfigMap"))
    return name === CILIUM_CONFIG_MAP || name === UNKNOWN ? [keyOf(provider, undefined)] : [];
  if (type.endsWith(":Namespace")) return [keyOf(provider, typeof name === "string" ? name : undefined)];
  if (/Clusterwide|AdminNetworkPolicy|CIDRGroup/.test(type)) return [keyOf(provider, undefined)];
  return namespacesIn(resource).map((namespace) =>
    keyOf(provider, typeof namespace === "string" ? namespace : undefined),
  );
}

/** @param namespace absent for all of them */
function keyOf(provider: string, namespace: PropertyValue): string {
  return typeof namespace === "string" ? `${provider} ${namespace}` : provider;
}

/** The namespaces of a resource, or of the items of a list. */
function namespacesIn({ type, props }: Resource): readonly PropertyValue[] {
  const objects = type.endsWith("List") ? listItems(propertyAt(props, "items")) : [props];
  return objects.map((object) => propertyAt(object, "metadata", "namespace") ?? "default");
}

/** Cilium's own labels, which a pod's metadata does not have. */
const DERIVED = /^(?:[\w-]+:)?io\.(?:kubernetes|cilium)\./;

/** Whether a resource may decide about a pod: all but a policy whose labels are others than the pod's. */
function mayDecide({ props }: Resource, pod: PropertyValue): boolean {
  const spec = propertyAt(props, "spec");
  const selector = propertyAt(spec, "endpointSelector") ?? propertyAt(spec, "podSelector");
  const wanted = propertyAt(selector, "matchLabels");
  if (!isProperties(wanted) || !isProperties(pod) || propertyAt(props, "specs") !== undefined) return true;
  return Object.entries(wanted).every(([key, value]) => {
    const found = propertyAt(pod, key.replace(/^(?:k8s|any):/, ""));
    const isKnown = typeof value === "string" && found !== UNKNOWN && !DERIVED.test(key);
    return !isKnown || found === value;
  });
}
