import { isUnknownValue, isSecretValue } from "./engine-values.ts";
import { type Properties, type Resource, UNKNOWN, type PropertyValue } from "@attested-fhir/stack-model";
import type { ObservedResource } from "./observation.ts";
import { urnName } from "./urn.ts";

const planned = new WeakMap<readonly ObservedResource[], readonly Resource[]>();

/**
 * The resources that there are after the update, as guardrails see them; of what they depend on the engine tells nothing.
 * The same list for the same observation: what is found out about it is found out once.
 */
export function plannedResources(seen: readonly ObservedResource[]): readonly Resource[] {
  const known = planned.get(seen);
  if (known !== undefined) return known;
  const resources = seen
    .filter(({ operation }) => operation !== "delete")
    .map((resource) => toResource(resource, resource.inputs));
  planned.set(seen, resources);
  return resources;
}

/** The resources that the state has, as guardrails see them; none where there is no state. */
export function baselineResources(seen: readonly ObservedResource[]): readonly Resource[] {
  return seen.flatMap((resource) =>
    resource.before === undefined ? [] : [toResource(resource, resource.before)],
  );
}

function toResource(
  { urn, type, parent, provider }: ObservedResource,
  inputs: ObservedResource["inputs"],
): Resource {
  return {
    urn,
    type,
    name: urnName(urn),
    props: toProperties(inputs),
    ...(parent !== undefined && { parent }),
    ...(provider !== undefined && { provider }),
  };
}

function toProperties(inputs: Readonly<Record<string, unknown>>): Properties {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, toPropertyValue(value)]));
}

function toPropertyValue(raw: unknown): PropertyValue {
  if (isUnknownValue(raw) || isSecretValue(raw)) return UNKNOWN;
  if (Array.isArray(raw)) return raw.map(toPropertyValue);
  if (typeof raw === "object" && raw !== null) return toProperties(raw as Readonly<Record<string, unknown>>);
  return raw as PropertyValue;
}
