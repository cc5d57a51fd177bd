import type { ReportResource } from "./report.ts";

/** A place, and what changes there. */
export interface Section {
  readonly heading: string;
  /** What changes in this place. */
  readonly members: readonly ReportResource[];
  /** The members below the components that hold them, each with its depth. */
  readonly lines: readonly Line[];
}

/** A resource and how deep it stands. */
export interface Line {
  readonly resource: ReportResource;
  readonly depth: number;
}

/**
 * Arranges the resources that change by where they live. A component stands over its own in each place where it has
 * some; one that changes without anything in it changing has a line elsewhere.
 */
export function outline(resources: readonly ReportResource[]): Section[] {
  const family = new Family(resources);
  const changing = resources.filter(({ kind, operation }) => kind !== "stack" && operation !== "same");
  const holders = family.above(changing.filter(({ kind }) => kind !== "component"));
  const members = changing.filter(({ kind, urn }) => kind !== "component" || !holders.has(urn));
  return [...Map.groupBy(members, headingOf)].map(([heading, those]) => {
    const above = family.above(those);
    const own = new Set(those.map(({ urn }) => urn));
    const shown = resources.filter(
      ({ urn, kind }) => own.has(urn) || (kind === "component" && above.has(urn)),
    );
    return { heading, members: those, lines: family.tree(shown) };
  });
}

function headingOf({ group, kind }: ReportResource): string {
  if (group.kind === "project") return `Project ${group.name}`;
  if (group.kind === "cluster") return `Kubernetes ${group.name}`;
  return kind === "provider" ? "Providers" : "Elsewhere";
}

/** Who is whose child. */
class Family {
  readonly #parents: ReadonlyMap<string, string | null>;

  constructor(resources: readonly ReportResource[]) {
    this.#parents = new Map(resources.map(({ urn, parent }) => [urn, parent]));
  }

  /** URNs of everything above any of these. */
  above(resources: readonly ReportResource[]): ReadonlySet<string> {
    const found = new Set<string>();
    for (const { parent } of resources) {
      for (let urn = parent; urn !== null && !found.has(urn); urn = this.#parents.get(urn) ?? null)
        found.add(urn);
    }
    return found;
  }

  /** Each resource below the nearest one above it that is shown too. */
  tree(shown: readonly ReportResource[]): Line[] {
    const isShown = new Set(shown.map(({ urn }) => urn));
    const below = Map.groupBy(shown, ({ parent }) => {
      let urn = parent;
      while (urn !== null && !isShown.has(urn)) urn = this.#parents.get(urn) ?? null;
      return urn;
    });
    const walk = (urn: string | null, depth: number): Line[] =>
      (below.get(urn) ?? []).flatMap((resource) => [{ resource, depth }, ...walk(resource.urn, depth + 1)]);
    return walk(null, 0);
  }
}
