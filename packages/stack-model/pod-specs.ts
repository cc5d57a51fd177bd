import type { Resource } from "./resource.ts";
import { propertyAt, listItems, type PropertyValue } from "./property-value.ts";

/** Where pods are found among Kubernetes resources, and containers within pods. */

/** Types of the Kubernetes resources that bear pods, and of the patches and lists of them. */
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

/** The pod templates of a workload; none for other resources. */
export function podSpecs(resource: Resource): readonly Pod[] {
  // Before the properties are read, which takes time where there are many.
  if (!WORKLOAD_TYPES.test(resource.type)) return [];
  const { type, props } = resource;
  const [, kind = "", suffix] = /([A-Z][A-Za-z]*?)(Patch|List)?$/.exec(type) ?? [];
  const workloads = suffix === "List" ? listItems(propertyAt(props, "items")) : [props];
  return workloads.map((workload) => {
    const pod = propertyAt(workload, ...(PATHS.get(kind) ?? ["spec", "template"]));
    return {
      metadata: propertyAt(pod, "metadata"),
      spec: propertyAt(pod, "spec"),
      patch: suffix === "Patch",
    };
  });
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
