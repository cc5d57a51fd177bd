import {
  propertyAt,
  podContainers,
  listItems,
  podSpecs,
  type RegisteredResources,
  type Resource,
  formatValue,
  UNKNOWN,
  type PropertyValue,
} from "@attested-fhir/stack-model";

/** Who reaches a port of a pod through Services: the cluster, its network, or any address. */

export const SERVICE = /^kubernetes:core\/v1:Service(?:Patch)?$/;

/** The annotation that keeps GKE's load balancer within the network, with the value `Internal`. */
export const INTERNAL = "networking.gke.io/load-balancer-type";

/** The Services that lead to a port, or may: by its number, or by a name that a container port has. */
export function servicesTo(port: number, resources: readonly Resource[]): readonly Resource[] {
  const named = portNames(port, resources);
  return resources.filter((resource) => SERVICE.test(resource.type) && exposes(resource, port, named));
}

/** What decides with a Service or a workload about who reaches a port: Services and pods that name the same port. */
export function sharingPortNames(resource: Resource, registered: RegisteredResources): readonly Resource[] {
  return [...new Set(portNamesIn(resource).flatMap((name) => registered.withKey(portNamesIn, name)))];
}

function portNamesIn(resource: Resource): readonly string[] {
  const ports = SERVICE.test(resource.type)
    ? listItems(propertyAt(resource.props, "spec", "ports")).flatMap((port) => [
        propertyAt(port, "port"),
        propertyAt(port, "targetPort"),
      ])
    : podSpecs(resource)
        .flatMap(podContainers)
        .flatMap(({ props }) => listItems(propertyAt(props, "ports")))
        .map((port) => propertyAt(port, "name"));
  return ports.filter((name) => typeof name === "string");
}

/** The names of container ports with the number, which a Service may point to instead. */
function portNames(number: number, resources: readonly Resource[]): readonly PropertyValue[] {
  return resources
    .flatMap(podSpecs)
    .flatMap(podContainers)
    .flatMap(({ props }) => listItems(propertyAt(props, "ports")))
    .filter((port) => propertyAt(port, "containerPort") === number)
    .flatMap((port) => propertyAt(port, "name") ?? []);
}

function exposes({ props }: Resource, number: number, named: readonly PropertyValue[]): boolean {
  return listItems(propertyAt(props, "spec", "ports")).some((port) => {
    const ends: readonly PropertyValue[] = [propertyAt(port, "port"), propertyAt(port, "targetPort")];
    return ends.some((end) => end === UNKNOWN || end === number || named.includes(end));
  });
}

/** Says in one sentence each what opens a Service to more than its cluster and network. */
export function openings({ props }: Resource): readonly string[] {
  const external =
    listItems(propertyAt(props, "spec", "externalIPs")).length > 0
      ? ["externalIPs exposes the Service on these addresses to any client: remove it"]
      : [];
  const type = propertyAt(props, "spec", "type");
  if (type === undefined || type === "ClusterIP") return external;
  if (type !== "LoadBalancer")
    return [...external, `type is ${formatValue(type)}, not ClusterIP or LoadBalancer`];
  const internal = propertyAt(props, "metadata", "annotations", INTERNAL);
  return internal === "Internal"
    ? external
    : [...external, `the annotation ${INTERNAL} is ${formatValue(internal)}, not Internal`];
}
