import { propertyAt, mapEntries, isProperties, UNKNOWN, type PropertyValue } from "./property-value.ts";

/**
 * The images that the values of a Helm release name. Charts have no rule for it, but a custom: a key `image`, or one
 * that ends in `Image`, with the reference as a text, or with its parts.
 *
 * Sources: Helm documentation, "Best Practices: Pods and PodTemplates"; the values of Cilium's chart, whose
 * `image.override` stands in for all parts at once, and whose `useDigest: false` leaves the digest out.
 */

/** An image by the path that the values have it at, `values.hubble.relay.image.override`. */
export interface ImageInValues {
  readonly called: string;
  readonly image: PropertyValue;
}

const IMAGE = /^(?:image|\w+Image)$/;

/** The images in the values; none where they name none, and an unknown one for unknown values. */
export function imagesInValues(values: PropertyValue, path = "values"): readonly ImageInValues[] {
  return values === UNKNOWN ? [{ called: path, image: UNKNOWN }] : imagesIn(values, path);
}

function imagesIn(value: PropertyValue, path: string): readonly ImageInValues[] {
  if (Array.isArray(value))
    return (value as readonly PropertyValue[]).flatMap((item, index) => imagesIn(item, `${path}[${index}]`));
  if (!isProperties(value)) return [];
  return mapEntries(value).flatMap(([key, below]) => {
    const called = `${path}.${key}`;
    return [...(IMAGE.test(key) ? imageAt(below, called) : []), ...imagesIn(below, called)];
  });
}

function imageAt(value: PropertyValue, path: string): readonly ImageInValues[] {
  if (value === UNKNOWN) return [{ called: path, image: UNKNOWN }];
  if (typeof value === "string") return value === "" ? [] : [{ called: path, image: value }];
  const override = part(propertyAt(value, "override"));
  if (override !== undefined) return [{ called: `${path}.override`, image: override }];
  const image = composed(value);
  return image === undefined ? [] : [{ called: path, image }];
}

/** The reference that the parts make, `REGISTRY/REPOSITORY:TAG@DIGEST`; nothing where there are none. */
function composed(value: PropertyValue): PropertyValue {
  const [registry, repository, tag, digest] = ["registry", "repository", "tag", "digest"].map((name) =>
    part(propertyAt(value, name)),
  );
  const used = (propertyAt(value, "useDigest") ?? true) === true ? digest : undefined;
  const parts = [registry, repository, tag, used];
  if (parts.includes(UNKNOWN)) return UNKNOWN;
  if (parts.every((one) => one === undefined)) return undefined;
  const name = [registry, repository].filter((one) => one !== undefined).join("/");
  return name + (tag === undefined ? "" : `:${String(tag)}`) + (used === undefined ? "" : `@${String(used)}`);
}

/** A part of a reference: YAML reads some tags as numbers, and an empty text is none. */
function part(value: PropertyValue): string | typeof UNKNOWN | undefined {
  if (value === UNKNOWN) return UNKNOWN;
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text !== "" ? text : undefined;
}
