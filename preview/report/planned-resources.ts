import { isUnknownValue, isSecretValue } from "./engine-values.ts";
import { type Properties, type Resource, UNKNOWN, type PropertyValue } from "@attested-fhir/stack-model";
import type { ObservedResource } from "./observation.ts";
import { urnName } from "./urn.ts";

const planned = new WeakMap<readonly ObservedResource[], readonly Resource[]>();

/**
 * The resources after the update, as guardrails see them, without dependencies, which the engine does not report. The
 * result is cached by observation, so that whatever is derived from it can be cached too.
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

/** The resources in the state, as guardrails see them; empty without a state. */
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
