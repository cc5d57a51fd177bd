import type { Resource } from "./resource.ts";
import { imagesInValues } from "./helm-values.ts";
import { containersOf, podsOf } from "./pods.ts";
import { HELM_RELEASE } from "./token.ts";
import { at, said, type Value } from "./value.ts";

/** An image that a resource runs, and what a message calls the place that names it. */
export interface RunningImage {
  /** `container "adapter"`, or `values.hubble.relay.image.override`. */
  readonly called: string;
  readonly image: Value;
}

/** The images that a resource runs: those of its pods, and for a Helm release those in its values. */
export function runningImagesOf(resource: Resource): readonly RunningImage[] {
  if (resource.type === HELM_RELEASE) return imagesInValues(at(resource.props, "values"));
  return podsOf(resource).flatMap((pod) =>
    containersOf(pod)
      .map(({ called, props }): RunningImage => ({ called, image: at(props, "image") }))
      // A patch that names no image leaves it as it is.
      .filter(({ image }) => image !== undefined || !pod.patch),
  );
}

/** Says in one sentence each why not all images that a resource runs can be seen; nothing where they can. */
export function hiddenImagesOf(resource: Resource): readonly string[] {
  if (resource.type !== HELM_RELEASE) {
    return podsOf(resource)
      .filter((pod) => containersOf(pod).length === 0 && !pod.patch)
      .map(() => `the pod's containers are ${said(undefined)}: name them`);
  }
  const unnamed =
    runningImagesOf(resource).length === 0
      ? [
          "the values name no image, so the chart's images cannot be checked: name every image of the chart, by digest",
        ]
      : [];
  return [
    ...unnamed,
    ...Object.entries(HIDING).flatMap(([input, why]) =>
      isGiven(at(resource.props, input)) ? [`${input} ${why}`] : [],
    ),
  ];
}

/** The inputs of a Helm release that get images past its values. */
const HIDING = {
  valueYamlFiles: "may name images that cannot be checked: pass their content as values",
  postrender: "may name other images than the values do: leave it out",
};

/** The provider gives some inputs that are not set an empty value. */
function isGiven(value: Value): boolean {
  return (
    value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0)
  );
}
