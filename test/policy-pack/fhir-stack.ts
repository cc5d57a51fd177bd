import type { Resource } from "../../packages/stack-model/resource.ts";
import type { Properties } from "../../packages/stack-model/property-value.ts";
import { declared } from "../components/mocks.ts";
import { layers } from "../infra/layers.ts";
import { changed, type Data, stack } from "../infra/stacks.ts";
import { resource } from "./resources.ts";

/** The resources of the stack `kind`, as the program declares them: a compliant stack that each test changes in one point. */

/** The stack with some configuration keys changed, in the form that `changed` takes. */
export async function fhirStack(changes: Data = {}): Promise<readonly Resource[]> {
  const { all } = await declared(layers(changed(stack("kind"), changes)));
  return all
    .filter(({ name }) => name !== "given")
    .map(({ type, name, inputs, provider }) =>
      resource(type, inputs as Properties, { name, ...(provider !== undefined && { provider }) }),
    );
}

/** The cluster of those resources. */
export const CLUSTER = "fhir-kubernetes";

/** Another policy of that cluster, in the namespace of the FHIR server. */
export function networkPolicy(spec: Properties, metadata: Properties = {}): Resource {
  return resource(
    "kubernetes:cilium.io/v2:CiliumNetworkPolicy",
    { metadata: { name: "other", namespace: "galactic-fhir", ...metadata }, spec },
    { name: "other", provider: CLUSTER },
  );
}

/** A clusterwide policy of that cluster. */
export function clusterwidePolicy(spec: Properties): Resource {
  return resource(
    "kubernetes:cilium.io/v2:CiliumClusterwideNetworkPolicy",
    { metadata: { name: "other" }, spec },
    { name: "other", provider: CLUSTER },
  );
}

/** The resources, with one of them changed. */
export function replaced(
  resources: readonly Resource[],
  name: string,
  change: (props: Properties) => Properties,
): readonly Resource[] {
  const found = resources.find((one) => one.name === name);
  if (found === undefined)
    throw new Error(`there is no ${name} among ${resources.map((one) => one.name).join(", ")}`);
  return resources.map((one) => (one === found ? { ...one, props: change(one.props) } : one));
}

/** The resources without one of them. */
export function without(resources: readonly Resource[], name: string): readonly Resource[] {
  if (!resources.some((one) => one.name === name)) throw new Error(`there is no ${name}`);
  return resources.filter((one) => one.name !== name);
}

/** A copy of properties with another value at a path, whose steps are names and indices. */
export function withValue(props: Properties, path: readonly (string | number)[], value: unknown): Properties {
  const copy = structuredCopy(props) as Record<string | number, unknown>;
  const last = path.at(-1) ?? "";
  let holder = copy;
  for (const step of path.slice(0, -1)) holder = holder[step] as Record<string | number, unknown>;
  holder[last] = value;
  return copy as Properties;
}

/** `structuredClone` cannot copy symbols such as UNKNOWN. */
function structuredCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structuredCopy);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, structuredCopy(one)]));
}
