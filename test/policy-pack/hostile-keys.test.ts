import assert from "node:assert/strict";
import fc from "fast-check";
import type { Resource } from "../../packages/stack-model/resource.ts";
import { guardrails } from "../../policy-pack/list.ts";
import {
  isProperties,
  type Properties,
  type PropertyValue,
} from "../../packages/stack-model/property-value.ts";
import { fhirStack } from "./fhir-stack.ts";
import { judge } from "./judge.ts";
import {
  attestor,
  cluster,
  deployment,
  nodePool,
  occurrence,
  policy,
  release,
  resource,
  root,
} from "./resources.ts";

/** Keys that every JavaScript object inherits from its prototype. */
const HOSTILE = [
  "constructor",
  "__proto__",
  "toString",
  "hasOwnProperty",
  "valueOf",
  "isPrototypeOf",
  "__defineGetter__",
];

const key = fc.constantFrom(...HOSTILE);
const value: fc.Arbitrary<PropertyValue> = fc.oneof(
  fc.constantFrom("", "x", 1, true, null),
  fc.constant([]),
  fc.constant({}),
);
const additions = fc.array(fc.tuple(key, value), { minLength: 1, maxLength: 4 });

/** An object with additional keys, each an own property: a plain assignment to `__proto__` would not create one. */
function withKeys(props: Properties, more: readonly (readonly [string, PropertyValue])[]): Properties {
  const result = { ...props };
  for (const [name, own] of more) {
    Object.defineProperty(result, name, { value: own, enumerable: true, configurable: true, writable: true });
  }
  return result;
}

/** A value with additional keys in every object that it contains. */
function everywhere(
  found: PropertyValue,
  more: readonly (readonly [string, PropertyValue])[],
): PropertyValue {
  if (Array.isArray(found)) return found.map((item: PropertyValue) => everywhere(item, more));
  if (!isProperties(found)) return found;
  const inside = Object.entries(found).map(([name, part]) => [name, everywhere(part, more)] as const);
  return withKeys(Object.fromEntries(inside), more);
}

const hostile = (one: Resource, more: readonly (readonly [string, PropertyValue])[]): Resource => ({
  ...one,
  props: everywhere(one.props, more) as Properties,
});

const CONFIG_MAP = resource(
  "kubernetes:core/v1:ConfigMap",
  { metadata: { name: "cilium-config", namespace: "kube-system" }, data: { "enable-policy": "default" } },
  { name: "cilium-config" },
);

describe("Keys that JavaScript objects inherit from their prototype", () => {
  let stacks: readonly (readonly Resource[])[];

  before(async () => {
    const google = [
      root(),
      policy(),
      cluster(),
      nodePool(),
      deployment(),
      release({}),
      attestor([]),
      occurrence(),
      CONFIG_MAP,
    ];
    const name = { name: "fhir", namespace: "records" };
    const patch = resource(
      "kubernetes:core/v1:ServicePatch",
      { metadata: name, spec: { type: "NodePort", ports: [{ port: 52773 }] } },
      { name: "patch" },
    );
    const patched = resource("kubernetes:core/v1:Service", { metadata: name, spec: {} }, { name: "service" });
    const { spec = {} } = deployment().props;
    const custom = resource(
      "kubernetes:argoproj.io/v1alpha1:Rollout",
      { metadata: name, spec },
      { name: "custom" },
    );
    stacks = [
      [...(await fhirStack()), CONFIG_MAP],
      [...google, patch, patched, custom],
    ];
  });

  it("are ordinary keys to every guardrail, in every object of every resource", function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(additions, (more) => {
        for (const stack of stacks) {
          const resources = stack.map((one) => hostile(one, more));
          for (const guardrail of guardrails) {
            assert.doesNotThrow(() => judge(guardrail, ...resources), guardrail.name);
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});
