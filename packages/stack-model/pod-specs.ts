import type { Resource } from "./resource.ts";
import { CUSTOM_RESOURCE } from "./kubernetes-types.ts";
import { propertyAt, isProperties, listItems, mapEntries, type PropertyValue } from "./property-value.ts";

/** Where pods are found among Kubernetes resources, and containers within pods. */

/** Types of the Kubernetes resources that make pods, and of the patches and lists of them. */
export const WORKLOAD_TYPES =
  /^kubernetes:[^:]+:(?:Pod|PodTemplate|Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController|Job|CronJob)(?:Patch|List)?$/;

/** Path from a resource to its pod, where it is not the usual one of a controller. */
const PATHS: ReadonlyMap<string, readonly string[]> = new Map([
  ["Pod", []],
  ["PodTemplate", ["template"]],
  ["CronJob", ["spec", "jobTemplate", "spec", "template"]],
]);

const CONTAINERS = [
  ["containers", "container"],
  ["initContainers", "init container"],
  ["ephemeralContainers", "ephemeral container"],
] as const;

/** A pod, or the template of one. */
export interface Pod {
  readonly metadata: PropertyValue;
  readonly spec: PropertyValue;
  /** Whether this changes parts of a pod that is described elsewhere, so that absent parts say nothing. */
  readonly patch: boolean;
}

/** A container, by what a message calls it: `container "adapter"`. */
export interface Container {
  readonly called: string;
  readonly props: PropertyValue;
}

/** The pods that a resource makes, or has made by the controller of a custom resource; none for other resources. */
export function podSpecs(resource: Resource): readonly Pod[] {
  // Before the properties are read, which takes time where there are many.
  if (!WORKLOAD_TYPES.test(resource.type))
    return CUSTOM_RESOURCE.test(resource.type) ? podsWithin(resource.props, undefined) : [];
  const { type, props } = resource;
  const [, kind = "", suffix] = /([A-Z][A-Za-z]*?)(Patch|List)?$/.exec(type) ?? [];
  const objects = suffix === "List" ? listItems(propertyAt(props, "items")) : [props];
  return objects.map((object) => {
    const pod = propertyAt(object, ...(PATHS.get(kind) ?? ["spec", "template"]));
    return {
      metadata: propertyAt(pod, "metadata"),
      spec: propertyAt(pod, "spec"),
      patch: suffix === "Patch",
    };
  });
}

/** The pods at any depth of a custom resource, which are known by their list of containers. */
function podsWithin(value: PropertyValue, metadata: PropertyValue): readonly Pod[] {
  if (Array.isArray(value)) return value.flatMap((item: PropertyValue) => podsWithin(item, undefined));
  if (!isProperties(value)) return [];
  const isPod = listItems(propertyAt(value, "containers")).some(
    (container) => propertyAt(container, "image") !== undefined,
  );
  if (isPod) return [{ metadata, spec: value, patch: false }];
  return mapEntries(value).flatMap(([key, below]) =>
    podsWithin(below, key === "spec" ? propertyAt(value, "metadata") : undefined),
  );
}

/** The containers of a pod, of every sort; one unknown container for an unknown pod. */
export function podContainers({ spec }: Pod): readonly Container[] {
  return CONTAINERS.flatMap(([field, sort]) =>
    listItems(propertyAt(spec, field)).map((props) => {
      const name = propertyAt(props, "name");
      return { called: typeof name === "string" ? `${sort} "${name}"` : `${sort} of an unknown name`, props };
    }),
  );
}
