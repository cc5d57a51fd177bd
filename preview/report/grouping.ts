import type { ObservedResource } from "./observation.ts";
import { urnName, urnType } from "./urn.ts";

/** The location of a resource: a Google project, a Kubernetes cluster (by its provider's name), or neither. */
export type Group =
  | { readonly kind: "project"; readonly name: string }
  | { readonly kind: "cluster"; readonly name: string }
  | { readonly kind: "elsewhere" };

const ELSEWHERE: Group = { kind: "elsewhere" };

/**
 * Groups resources by location: Kubernetes resources by their provider, others by project. The project is the first known
 * of: the input `project`, another input that starts with `projects/ID/`, the only project in the nearest enclosing
 * component, the provider's project. Components, providers and the stack have no location.
 *
 * @returns the group of each URN
 */
export function groupResources(resources: readonly ObservedResource[]): ReadonlyMap<string, Group> {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const own = new Map(resources.map((resource) => [resource.urn, projectInInputs(resource)]));
  const around = projectsWithin(resources, byUrn, own);
  const findProject = ({ urn, parent, provider }: ObservedResource) =>
    own.get(urn) ?? onlyProjectAround(parent, byUrn, around) ?? (provider && own.get(provider));
  return new Map(resources.map((resource) => [resource.urn, resourceGroup(resource, findProject)]));
}

function resourceGroup(
  resource: ObservedResource,
  findProject: (resource: ObservedResource) => string | undefined,
): Group {
  if (resource.provider === undefined) return ELSEWHERE;
  if (urnType(resource.provider) === "pulumi:providers:kubernetes") {
    return { kind: "cluster", name: urnName(resource.provider) };
  }
  const name = findProject(resource);
  return name === undefined ? ELSEWHERE : { kind: "project", name };
}

function projectInInputs({ inputs }: ObservedResource): string | undefined {
  for (const key of ["project", "projectId"]) {
    const value = inputs[key];
    if (typeof value === "string" && value !== "") return value.replace(/^projects\//, "");
  }
  const named = Object.values(inputs)
    .map((value) => projectInName(value))
    .filter((id) => id !== undefined);
  return only(new Set(named));
}

/** The project in a full resource name: `projects/ID/…`, with or without a service prefix. */
function projectInName(value: unknown): string | undefined {
  return typeof value === "string"
    ? /^(?:\/\/[^/]+\/)?projects\/([^/]+)(?:\/|$)/.exec(value)?.[1]
    : undefined;
}

/** The projects of each component: in its own inputs and in its descendants'. */
function projectsWithin(
  resources: readonly ObservedResource[],
  byUrn: ReadonlyMap<string, ObservedResource>,
  own: ReadonlyMap<string, string | undefined>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const within = new Map<string, Set<string>>();
  for (const resource of resources) {
    const project = own.get(resource.urn);
    if (project === undefined) continue;
    for (const urn of [resource.urn, ...ancestors(resource, byUrn)]) {
      within.set(urn, (within.get(urn) ?? new Set()).add(project));
    }
  }
  return within;
}

function onlyProjectAround(
  parent: string | undefined,
  byUrn: ReadonlyMap<string, ObservedResource>,
  within: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  const nearest = parent === undefined ? undefined : byUrn.get(parent);
  if (nearest === undefined || nearest.type === "pulumi:pulumi:Stack") return undefined;
  const projects = within.get(nearest.urn);
  return projects === undefined ? onlyProjectAround(nearest.parent, byUrn, within) : only(projects);
}

function ancestors({ parent }: ObservedResource, byUrn: ReadonlyMap<string, ObservedResource>): string[] {
  const next = parent === undefined ? undefined : byUrn.get(parent);
  return next === undefined ? [] : [next.urn, ...ancestors(next, byUrn)];
}

function only<T>(values: ReadonlySet<T>): T | undefined {
  return values.size === 1 ? [...values][0] : undefined;
}
