import { InternalError } from "../internal-error.ts";
import type { Layer } from "./schema/projects.ts";
import type { StackConfig } from "./stack-config.ts";

/** The configuration of each layer, with the keys that the layer requires. */

/** A stack's configuration in which some keys are given. */
type Given<K extends keyof StackConfig> = StackConfig & {
  readonly [P in K]-?: NonNullable<StackConfig[P]>;
};

/** The keys that a layer requires, besides those that depend on others. */
export const REQUIRED_KEYS = {
  signing: ["note", "attestor", "signer"],
  runtime: ["deployerCluster", "hl7v2Store", "mllpAdapter"],
  fhir: ["fhirCluster", "fhirServer"],
} as const satisfies Readonly<Record<Layer, readonly (keyof StackConfig)[]>>;

/** The configuration of a layer that the stack builds. */
export type LayerConfig<L extends Layer> = Given<(typeof REQUIRED_KEYS)[L][number]>;

/**
 * The configuration of a layer; undefined where the stack does not build it.
 *
 * @throws InternalError where a required key is missing, which validation excludes
 */
export function layerConfig<L extends Layer>(config: StackConfig, layer: L): LayerConfig<L> | undefined {
  if (!config.layers.includes(layer)) return undefined;
  const missing = REQUIRED_KEYS[layer].find((key) => config[key] === undefined);
  if (missing !== undefined)
    throw new InternalError(`${missing} is missing, which the layer ${layer} requires`);
  return config as LayerConfig<L>;
}
