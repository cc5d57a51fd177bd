import type { Group } from "./grouping.ts";
import type { ReportResource } from "./report.ts";

/** A location, and what changes there. */
export interface TreeSection {
  readonly heading: string;
  /** The resources that change in this location. */
  readonly members: readonly ReportResource[];
  /** The members below their components, each with its depth. */
  readonly lines: readonly TreeLine[];
}

/** A resource and its depth in the tree. */
export interface TreeLine {
  readonly resource: ReportResource;
  readonly depth: number;
}

/**
 * Arranges the changing resources by location. A component is the heading of its descendants in each location; one that
 * changes alone is listed elsewhere. A component that contains everything is omitted, like the stack.
 */
export function resourceTree(resources: readonly ReportResource[]): TreeSection[] {
  const ancestry = new Ancestry(resources);
  const changing = resources.filter(({ kind, operation }) => kind !== "stack" && operation !== "same");
  const holders = ancestry.above(changing.filter(({ kind }) => kind !== "component"));
  const members = changing.filter(({ kind, urn }) => kind !== "component" || !holders.has(urn));
  const root = ancestry.aboveAll(members);
  return [...Map.groupBy(members, sectionHeading)].map(([heading, those]) => {
    const above = ancestry.above(those);
    const own = new Set(those.map(({ urn }) => urn));
    const isHolder = ({ urn, kind }: ReportResource) =>
      kind === "component" && above.has(urn) && !root.has(urn);
    const shown = resources.filter((resource) => own.has(resource.urn) || isHolder(resource));
    return { heading, members: those, lines: ancestry.tree(shown) };
  });
}

function sectionHeading({ group, kind }: ReportResource): string {
  return groupHeading(group) ?? (kind === "provider" ? "Providers" : "Elsewhere");
}

function groupHeading(group: Group): string | undefined {
  if (group.kind === "project") return `Project ${group.name}`;
  return group.kind === "cluster" ? `Kubernetes ${group.name}` : undefined;
}

/** The ancestors of resources. */
class Ancestry {
  readonly #parents: ReadonlyMap<string, string | null>;

  constructor(resources: readonly ReportResource[]) {
    this.#parents = new Map(resources.map(({ urn, parent }) => [urn, parent]));
  }

  /** URNs of the ancestors of any of the resources. */
  above(resources: readonly ReportResource[]): ReadonlySet<string> {
    return new Set(resources.flatMap((resource) => this.#lineage(resource)));
  }

  /** URNs of the common ancestors of all resources. */
  aboveAll(resources: readonly ReportResource[]): ReadonlySet<string> {
    const above = resources.map((resource) => new Set(this.#lineage(resource)));
    return new Set([...(above[0] ?? [])].filter((urn) => above.every((lineage) => lineage.has(urn))));
  }

  /** Arranges each resource below its nearest shown ancestor. */
  tree(shown: readonly ReportResource[]): TreeLine[] {
    const isShown = new Set(shown.map(({ urn }) => urn));
    const below = Map.groupBy(shown, (resource) => this.#lineage(resource).find((urn) => isShown.has(urn)));
    const walk = (urn: string | undefined, depth: number): TreeLine[] =>
      (below.get(urn) ?? [])
        .toSorted(byName)
        .flatMap((resource) => [{ resource, depth }, ...walk(resource.urn, depth + 1)]);
    return walk(undefined, 0);
  }

  /** URNs of the ancestors, nearest first. */
  #lineage({ parent }: ReportResource): string[] {
    const lineage: string[] = [];
    for (let urn = parent; urn !== null; urn = this.#parents.get(urn) ?? null) lineage.push(urn);
    return lineage;
  }
}

function byName(a: ReportResource, b: ReportResource): number {
  return a.name < b.name ? -1 : Number(a.name > b.name);
}
