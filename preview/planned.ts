import type { Resource } from "../policy-pack/guardrail.ts";
import { type Properties, UNKNOWN, type Value } from "../policy-pack/value.ts";
import type { ObservedResource } from "./observation.ts";
import { nameOf } from "./urn.ts";

/** What stands for an unknown value in the engine's events, by its type (sdk/go/common/resource/plugin/rpc.go). */
const UNKNOWNS: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Whether a value of the engine's events stands for one that is not known before the update. */
export function isUnknownValue(value: unknown): boolean {
  return UNKNOWNS.has(value);
}

/** Whether a value of the engine's events stands for a secret, which the engine does not show. */
export function isSecretValue(value: unknown): boolean {
  return value === "[secret]";
}

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
    .map((resource) => resourceWith(resource, resource.inputs));
  planned.set(seen, resources);
  return resources;
}

/** The resources that the state has, as guardrails see them; none where there is no state. */
export function baselineResources(seen: readonly ObservedResource[]): readonly Resource[] {
  return seen.flatMap((resource) =>
    resource.before === undefined ? [] : [resourceWith(resource, resource.before)],
  );
}

function resourceWith(
  { urn, type, parent, provider }: ObservedResource,
  inputs: ObservedResource["inputs"],
): Resource {
  return {
    urn,
    type,
    name: nameOf(urn),
    props: propertiesOf(inputs),
    ...(parent !== undefined && { parent }),
    ...(provider !== undefined && { provider }),
  };
}

function propertiesOf(inputs: Readonly<Record<string, unknown>>): Properties {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, valueOf(value)]));
}

function valueOf(raw: unknown): Value {
  if (isUnknownValue(raw) || isSecretValue(raw)) return UNKNOWN;
  if (Array.isArray(raw)) return raw.map(valueOf);
  if (typeof raw === "object" && raw !== null) return propertiesOf(raw as Readonly<Record<string, unknown>>);
  return raw as Value;
}
