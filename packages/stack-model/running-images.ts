import type { Resource } from "./resource.ts";
import { imagesInValues } from "./helm-images.ts";
import { type Pod, podContainers, podSpecs } from "./pod-specs.ts";
import { HELM_RELEASE } from "./type-tokens.ts";
import { CUSTOM_RESOURCE } from "./kubernetes-types.ts";
import { propertyAt, formatValue, listItems, type PropertyValue, UNKNOWN } from "./property-value.ts";

/** An image that a resource runs, and what a message calls the place that names it. */
export interface RunningImage {
  /** `container "adapter"`, or `values.hubble.relay.image.override`. */
  readonly called: string;
  readonly image: PropertyValue;
}

/** The images that a resource runs: those of its pods, and for a Helm release those in its values. */
export function runningImages(resource: Resource): readonly RunningImage[] {
  if (resource.type === HELM_RELEASE) return imagesInValues(propertyAt(resource.props, "values"));
  if (CUSTOM_RESOURCE.test(resource.type)) return imagesInSpec(propertyAt(resource.props, "spec"));
  return podSpecs(resource).flatMap((pod) => [
    ...podContainers(pod)
      .map(({ called, props }): RunningImage => ({ called, image: propertyAt(props, "image") }))
      // A patch that names no image leaves it as it is.
      .filter(({ image }) => image !== undefined || !pod.patch),
    ...imageVolumes(pod),
  ]);
}

/** The images that a pod mounts as volumes, whose files its containers may run. */
function imageVolumes({ spec }: Pod): readonly RunningImage[] {
  return listItems(propertyAt(spec, "volumes")).flatMap((volume) => {
    const name = propertyAt(volume, "name");
    const image = volume === UNKNOWN ? undefined : propertyAt(volume, "image", "reference");
    const called = typeof name === "string" ? `volume "${name}"` : "volume of an unknown name";
    return image === undefined ? [] : [{ called, image }];
  });
}

/** The images of a custom resource, which its controller may run; in a spec that is not known there may be none. */
function imagesInSpec(spec: PropertyValue): readonly RunningImage[] {
  return spec === UNKNOWN ? [] : imagesInValues(spec, "spec");
}

/** Says in one sentence each why not all images that a resource runs can be seen; nothing where they can. */
export function hiddenImages(resource: Resource): readonly string[] {
  if (resource.type !== HELM_RELEASE) {
    return podSpecs(resource)
      .filter((pod) => podContainers(pod).length === 0 && !pod.patch)
      .map(() => `the pod's containers are ${formatValue(undefined)}: name them`);
  }
  const unnamed =
    runningImages(resource).length === 0
      ? [
          "the values name no image, so the chart's images cannot be checked: name every image of the chart, by digest",
        ]
      : [];
  return [
    ...unnamed,
    ...Object.entries(HIDING).flatMap(([input, why]) =>
      isGiven(propertyAt(resource.props, input)) ? [`${input} ${why}`] : [],
    ),
  ];
}

/** The inputs of a Helm release that get images past its values. */
const HIDING = {
  valueYamlFiles: "may name images that cannot be checked: pass their content as values",
  postrender: "may name other images than the values do: leave it out",
};

/** The provider gives some inputs that are not set an empty value. */
function isGiven(value: PropertyValue): boolean {
  return (
    value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0)
  );
}
