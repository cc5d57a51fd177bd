import { propertyAt, type PropertyValue } from "./property-value.ts";
import type { Resource } from "./resource.ts";

/** Where a resource of Google Cloud is made: as it says itself, or as its provider does. */

/** The project of a resource: its own, or its provider's; undefined where neither names one. */
export function googleProject({ props, providerInputs }: Resource): PropertyValue {
  return propertyAt(props, "project") ?? propertyAt(providerInputs, "project");
}

/** The location of a resource: its own, or the zone or region of its provider; undefined where neither names one. */
export function googleLocation({ props, providerInputs }: Resource): PropertyValue {
  return (
    propertyAt(props, "location") ??
    propertyAt(providerInputs, "zone") ??
    propertyAt(providerInputs, "region")
  );
}
