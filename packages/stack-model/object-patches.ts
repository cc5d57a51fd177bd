import { isProperties, propertyAt, type PropertyValue, UNKNOWN } from "./property-value.ts";
import type { Resource } from "./resource.ts";

/** Patches of objects, as the objects that they lead to. */

/** Keys by which the API server merges the items of a list, the first that an item has. */
const MERGE_KEYS = ["name", "containerPort", "port", "ip"];

/**
 * The resources with each patch as the object that it leads to: what the stack has of the object, and the patch over it.
 * A patch of an object that the stack does not have is left as it is.
 */
export function withPatchesApplied(resources: readonly Resource[]): readonly Resource[] {
  return resources.map((resource) => {
    if (!/^kubernetes:.*Patch$/.test(resource.type)) return resource;
    const type = resource.type.replace(/Patch$/, "");
    const object = resources.find((one) => one.type === type && patches(resource, one));
    if (object === undefined) return resource;
    return { ...resource, type, props: merged(object.props, resource.props) as Resource["props"] };
  });
}

function patches(patch: Resource, object: Resource): boolean {
  if (patch.provider !== object.provider) return false;
  const [name, own] = [
    propertyAt(patch.props, "metadata", "name"),
    propertyAt(object.props, "metadata", "name"),
  ];
  // A name that Pulumi makes up is known to depend on the object, and no more.
  if (typeof name !== "string") return patch.dependencies?.includes(object.urn) ?? false;
  return name === own && namespaceIn(patch) === namespaceIn(object);
}

function namespaceIn({ props }: Resource): PropertyValue {
  return propertyAt(props, "metadata", "namespace") ?? "default";
}

function merged(object: PropertyValue, patch: PropertyValue): PropertyValue {
  if (patch === undefined) return object;
  if (Array.isArray(object) && Array.isArray(patch)) return mergedLists(object, patch);
  if (!isProperties(object) || !isProperties(patch)) return patch;
  const keys = new Set([...Object.keys(object), ...Object.keys(patch)]);
  return Object.fromEntries(
    [...keys].map((key) => [key, merged(propertyAt(object, key), propertyAt(patch, key))]),
  );
}

function mergedLists(object: readonly PropertyValue[], patch: readonly PropertyValue[]): PropertyValue {
  const rest = [...patch];
  const items = object.map((item) => {
    const at = rest.findIndex((one) => isSameItem(item, one));
    return at < 0 ? item : merged(item, rest.splice(at, 1)[0]);
  });
  return [...items, ...rest];
}

function isSameItem(one: PropertyValue, other: PropertyValue): boolean {
  const key = MERGE_KEYS.find((name) => propertyAt(one, name) !== undefined);
  if (key === undefined) return false;
  const value = propertyAt(one, key);
  return value !== UNKNOWN && value === propertyAt(other, key);
}
