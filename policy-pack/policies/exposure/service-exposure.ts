import {
  hasDeclaration,
  withPatchesApplied,
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

/** Services, and patches of them. */
export const SERVICE = /^kubernetes:core\/v1:Service(?:Patch)?$/;

/** The annotation that keeps GKE's load balancer within the network, with the value `Internal`. */
export const INTERNAL = "networking.gke.io/load-balancer-type";

/** A port by its number, and whether the number alone says which protocol it serves. */
export interface ServedPort {
  readonly number: number;
  readonly distinct: boolean;
}

/**
 * The Services that lead to a port, or may: by its number, or by a name that a container port has. Where neither the
 * declaration nor a pod says that the stack serves it, only a distinct number does, and no port that is not known.
 */
export function servicesTo(
  { number, distinct }: ServedPort,
  resources: readonly Resource[],
): readonly Resource[] {
  const ports = podPorts(number, resources);
  const isServed = hasDeclaration(resources) || ports.length > 0;
  if (!isServed && !distinct) return [];
  const unknown: readonly PropertyValue[] = isServed ? [UNKNOWN] : [];
  const ends: readonly PropertyValue[] = [
    number,
    ...unknown,
    ...ports.map((port) => propertyAt(port, "name")).filter((name) => name !== undefined),
  ];
  return withPatchesApplied(resources).filter(
    (resource) => SERVICE.test(resource.type) && exposes(resource, ends),
  );
}

/** What decides with a Service or a workload about who reaches a port: those that name the same port, or have it. */
export function sharingPorts(
  { number }: ServedPort,
  resource: Resource,
  registered: RegisteredResources,
): readonly Resource[] {
  const keys = portsIn(resource).filter((port) => typeof port === "string" || port === number);
  return [...new Set(keys.flatMap((key) => registered.withKey(portKeys, String(key))))];
}

function portKeys(resource: Resource): readonly string[] {
  return portsIn(resource).map(String);
}

function portsIn(resource: Resource): readonly (string | number)[] {
  const isService = SERVICE.test(resource.type);
  const ports = isService
    ? listItems(propertyAt(resource.props, "spec", "ports"))
    : podSpecs(resource)
        .flatMap(podContainers)
        .flatMap(({ props }) => listItems(propertyAt(props, "ports")));
  const fields = isService ? ["port", "targetPort"] : ["name", "containerPort"];
  return ports
    .flatMap((port) => fields.map((field) => propertyAt(port, field)))
    .filter((value) => typeof value === "string" || typeof value === "number");
}

/** The container ports with the number. */
function podPorts(number: number, resources: readonly Resource[]): readonly PropertyValue[] {
  return resources
    .flatMap(podSpecs)
    .flatMap(podContainers)
    .flatMap(({ props }) => listItems(propertyAt(props, "ports")))
    .filter((port) => propertyAt(port, "containerPort") === number);
}

function exposes({ props }: Resource, ends: readonly PropertyValue[]): boolean {
  return listItems(propertyAt(props, "spec", "ports")).some(
    (port) => ends.includes(propertyAt(port, "port")) || ends.includes(propertyAt(port, "targetPort")),
  );
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
