import { layerConfig } from "../../infra/config/layer-configs.ts";
import { AttestedFhir, stackDeclaration } from "../../infra/root-component.ts";
import { fhir } from "../../infra/layers/fhir/index.ts";
import { createProviders } from "../../infra/providers.ts";
import { createProjects } from "../../infra/projects.ts";
import { runtime } from "../../infra/layers/runtime.ts";
import { signing } from "../../infra/layers/signing.ts";
import type { Options, Registration } from "../components/mocks.ts";
import { type Data, NOW, parsed, stack } from "./stacks.ts";

/** The program of a stack, layer by layer, for the mocks. */

/** The root, providers and projects of a stack, which every layer needs. */
export function ground(data: Data, { transformations }: Options) {
  const config = parsed(data);
  const parent = new AttestedFhir("attested-fhir", stackDeclaration(config), { transformations });
  const identity = createProviders(config, parent);
  return { config, parent, identity, project: createProjects(config, identity, parent), now: NOW };
}

/** All layers that a stack builds, as the program builds them. */
export const layers = (data: Data) => (options: Options) => {
  const context = ground(data, options);
  const signs = layerConfig(context.config, "signing");
  const runs = layerConfig(context.config, "runtime");
  const serves = layerConfig(context.config, "fhir");
  const signed = signs && signing({ ...context, config: signs });
  return {
    signed,
    running: runs && runtime({ ...context, config: runs }, signed),
    serving: serves && fhir({ ...context, config: serves }, signed),
  };
};

/** The layers of a stack of the repository. */
export const layersOf = (name: string) => layers(stack(name));

/** The resources of each provider, by the providers' names. */
export function byProvider(all: readonly Registration[]): Record<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { name, provider } of all) {
    if (provider) names.set(provider, [...(names.get(provider) ?? []), name]);
  }
  return Object.fromEntries([...names].map(([provider, resources]) => [provider, resources.sort()]));
}
