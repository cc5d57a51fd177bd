import fc from "fast-check";
import {
  type Observation,
  type ObservedResource,
  type ObservedViolation,
  type Operation,
  SEVERITIES,
} from "../../preview/report/observation.ts";
import type { Resource } from "../../packages/stack-model/resource.ts";
import { changesIn } from "../../preview/report/property-changes.ts";

/** What a preview might have seen, to be told by hand or made up by fast-check. */

export const STACK = "urn:pulumi:dev::app::pulumi:pulumi:Stack::app-dev";

/** The URN of a resource in these observations. */
export function urn(type: string, name: string): string {
  return `urn:pulumi:dev::app::${type}::${name}`;
}

export const GOOGLE = urn("pulumi:providers:gcp", "google");
export const CLUSTER = urn("pulumi:providers:kubernetes", "cluster");

/** A resource of the Google Cloud provider right below the stack, unless told otherwise. */
export function resource(name: string, more: Partial<ObservedResource> = {}): ObservedResource {
  const type = more.type ?? "gcp:kms/keyRing:KeyRing";
  return {
    urn: urn(type, name),
    type,
    parent: STACK,
    provider: GOOGLE,
    operation: "create",
    changes: [],
    replacedFor: [],
    retained: false,
    inputs: {},
    ...more,
  };
}

/** Resources that a policy pack sees, as a preview that makes all of them has them. */
export function allCreated(resources: readonly Resource[]): ObservedResource[] {
  return resources.map(({ urn, type, provider, props }) => ({
    urn,
    type,
    ...(provider !== undefined && { provider }),
    operation: "create",
    changes: [],
    replacedFor: [],
    retained: false,
    inputs: props,
  }));
}

/** What an update from one set of resources to another comes to, as the engine tells it. */
export function updated(before: readonly Resource[], after: readonly Resource[]): ObservedResource[] {
  const old = new Map(allCreated(before).map((one) => [one.urn, one]));
  const planned = allCreated(after).map((one): ObservedResource => {
    const state = old.get(one.urn);
    if (state === undefined) return one;
    const changes = changesIn({ old: state, new: one });
    const operation = changes.length === 0 ? "same" : "update";
    return { ...one, operation, changes, before: state.inputs };
  });
  const kept = new Set(planned.map(({ urn }) => urn));
  const deleted = [...old.values()].filter(({ urn }) => !kept.has(urn));
  return [
    ...planned,
    ...deleted.map((one): ObservedResource => ({ ...one, operation: "delete", before: one.inputs })),
  ];
}

/** A component right below the stack, unless told otherwise. */
export function component(name: string, more: Partial<ObservedResource> = {}): ObservedResource {
  return without("provider", resource(name, { type: "app:index:Part", ...more }));
}

/** A provider, or the stack, which has no parent. */
export function root(of: string, type: string, inputs: ObservedResource["inputs"] = {}): ObservedResource {
  const made = component("", { urn: of, type, inputs });
  return of === STACK ? without("parent", made) : made;
}

function without(key: keyof ObservedResource, of: ObservedResource): ObservedResource {
  return Object.fromEntries(
    Object.entries(of).filter(([name]) => name !== key),
  ) as unknown as ObservedResource;
}

export const stack = root(STACK, "pulumi:pulumi:Stack");

/** An observation of these resources and nothing else. */
export function observation(...resources: ObservedResource[]): Observation {
  return { resources, violations: [], warnings: [] };
}

const operation = fc.constantFrom<Operation>(
  "create",
  "update",
  "replace",
  "delete",
  "import",
  "read",
  "same",
);
const project = fc.constantFrom("alpha-project", "beta-project");
const sort = fc.constantFrom<"component" | "google" | "cluster">("component", "google", "cluster");

/** A stack of up to 25 resources below each other in any way, some of them components, in projects and a cluster. */
const resources: fc.Arbitrary<ObservedResource[]> = fc
  .array(fc.record({ sort, operation, project: fc.option(project), above: fc.nat() }), { maxLength: 25 })
  .map((drafts) => {
    const made = [stack, root(GOOGLE, "pulumi:providers:gcp"), root(CLUSTER, "pulumi:providers:kubernetes")];
    for (const [index, draft] of drafts.entries()) {
      const name = `resource-${index}`;
      const { urn: parent } = made[draft.above % made.length] ?? stack;
      const inputs = draft.project === null ? {} : { project: draft.project };
      const more = { parent, operation: draft.operation, inputs };
      if (draft.sort === "component") made.push(component(name, more));
      else made.push(resource(name, { ...more, provider: draft.sort === "google" ? GOOGLE : CLUSTER }));
    }
    return made;
  });

const violation: fc.Arbitrary<ObservedViolation> = fc.record(
  {
    guardrail: fc.constantFrom("one", "two"),
    urn: fc.constantFrom(GOOGLE, CLUSTER, STACK),
    enforcement: fc.constantFrom("mandatory", "advisory"),
    message: fc.string(),
    severity: fc.constantFrom(...SEVERITIES),
  },
  { requiredKeys: ["guardrail", "enforcement", "message"] },
);

export const observations: fc.Arbitrary<Observation> = fc.record({
  resources,
  violations: fc.array(violation, { maxLength: 8 }),
  warnings: fc.array(fc.record({ message: fc.stringMatching(/^[a-z ]+$/) }), { maxLength: 3 }),
});
