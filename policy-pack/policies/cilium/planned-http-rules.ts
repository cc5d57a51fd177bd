import {
  propertyAt,
  CILIUM_POLICY,
  listItems,
  type Resource,
  UNKNOWN,
  type PropertyValue,
} from "@attested-fhir/stack-model";

/** The HTTP rules of Cilium's policies, as a stack has them: also those that are not known yet. */

/** One rule, and where it stands: `spec.ingress[0].toPorts[0].rules.http[1]`. */
export interface PlannedHttpRule {
  readonly resource: Resource;
  readonly at: string;
  readonly rule: PropertyValue;
}

/** All HTTP rules of all policies; one that is not known for each part that is not. */
export function plannedHttpRules(resources: readonly Resource[]): readonly PlannedHttpRule[] {
  return resources
    .filter(({ type }) => CILIUM_POLICY.test(type))
    .flatMap((resource) =>
      listedPolicies(resource).flatMap((policy) =>
        SECTIONS.reduce<readonly Place[]>(below, [{ at: "", value: policy }]).map(({ at: path, value }) => ({
          resource,
          at: path,
          rule: value,
        })),
      ),
    );
}

/** The policies that a resource stands for: itself, or the items of a list. */
export function listedPolicies({ type, props }: Resource): readonly PropertyValue[] {
  return type.endsWith("List") ? listItems(propertyAt(props, "items")) : [props];
}

interface Place {
  readonly at: string;
  readonly value: PropertyValue;
}

/** What leads to a policy's HTTP rules, step by step: one of several keys, each with a list of items or one value. */
const SECTIONS: readonly (readonly string[])[] = [
  ["spec", "specs"],
  ["ingress", "egress"],
  ["toPorts"],
  ["rules"],
  ["http"],
];

function below(places: readonly Place[], keys: readonly string[]): readonly Place[] {
  return places.flatMap(({ at: path, value }) => {
    if (value === UNKNOWN) return [{ at: path, value }];
    return keys.flatMap((key) => {
      const found = propertyAt(value, key);
      const here = path === "" ? key : `${path}.${key}`;
      const isList = Array.isArray(found);
      return listItems(found).map((item, index) => ({
        at: isList ? `${here}[${index}]` : here,
        value: item,
      }));
    });
  });
}
