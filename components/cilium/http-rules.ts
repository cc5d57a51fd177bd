import type { Grant, Interaction } from "./grant.ts";
import { type PathPattern, toRe2 } from "./path-pattern.ts";

/** What a Cilium HTTP rule matches: both are regular expressions that must match the whole value. */
export interface GrantHttpRule {
  readonly method: string;
  readonly path: string;
}

/** The requests of an interaction: their methods, and their path. */
interface Shape {
  readonly methods: readonly string[];
  readonly pathOf: (record: string, type: string, id: string) => PathPattern;
}

const text = (literal: string): PathPattern => ({ literal, versionId: false });

/** Cilium does not treat HEAD as GET (cilium#13280). */
const READING = ["GET", "HEAD"];

/**
 * FHIR R5, RESTful API. A path is exactly the record's: a trailing slash, `?_format=json`, `/_history` where
 * only reading is granted, `/$everything`, another record: all are denied. A search finds the one record by its
 * id and has no further parameter, because `_include`, `_revinclude` and a second id would return other records.
 */
const SHAPES: Readonly<Record<Interaction, Shape>> = {
  read: { methods: READING, pathOf: (record) => text(record) },
  vread: {
    methods: READING,
    pathOf: (record) => ({ literal: `${record}/_history/`, versionId: true }),
  },
  history: { methods: READING, pathOf: (record) => text(`${record}/_history`) },
  search: { methods: READING, pathOf: (_record, type, id) => text(`${type}?_id=${id}`) },
  update: { methods: ["PUT"], pathOf: (record) => text(record) },
};

/** The path that an interaction of a grant has. */
export function interactionPath(grant: Grant, interaction: Interaction, basePath: string): PathPattern {
  const type = `${basePath}/${grant.resourceType}`;
  return SHAPES[interaction].pathOf(`${type}/${grant.id}`, type, grant.id);
}

/** The rules that allow exactly the requests of the grants, without duplicates, in a stable order. */
export function grantHttpRules(grants: readonly Grant[], basePath: string): GrantHttpRule[] {
  const rules = grants.flatMap((grant) =>
    grant.interactions.flatMap((interaction) => {
      const path = toRe2(interactionPath(grant, interaction, basePath));
      return SHAPES[interaction].methods.map((method) => ({ method, path }));
    }),
  );
  const byRequest = new Map(rules.map((rule) => [`${rule.path} ${rule.method}`, rule]));
  return [...byRequest].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, rule]) => rule);
}
