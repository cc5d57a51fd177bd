import type { ObservedResource } from "./observation.ts";
import { urnName, urnType } from "./urn.ts";

/** Where a resource lives: in a Google project, in a Kubernetes cluster (by its provider's name), or in neither. */
export type Group =
  | { readonly kind: "project"; readonly name: string }
  | { readonly kind: "cluster"; readonly name: string }
  | { readonly kind: "elsewhere" };

const ELSEWHERE: Group = { kind: "elsewhere" };

/**
 * Finds where each resource lives. Kubernetes resources go by their provider. For others the first of these that is
 * known names the project: the resource's input `project`, another input that begins with `projects/ID/`, the only
 * project that is named in the nearest component around it, its provider's project. Components, providers and the stack
 * live nowhere.
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

/** The project in a full resource name: `projects/ID/…`, also with a service in front. */
function projectInName(value: unknown): string | undefined {
  return typeof value === "string"
    ? /^(?:\/\/[^/]+\/)?projects\/([^/]+)(?:\/|$)/.exec(value)?.[1]
    : undefined;
}

/** The projects that are named within each component, at any depth, in its own inputs too. */
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
